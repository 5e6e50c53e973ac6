"""A staff list applied by mistake, and one given up: undone, purged, discarded."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts import services as book
from accounts.models import OfficialRecord
from common.errors import ConflictError, NotAllowedError, NotFoundError
from registry.intake import files, services
from registry.intake.models import StaffRow
from registry.users.models import Role
from tests.registry.intake.offices import (
    Province,
    counts,
    load,
    officer,
    people,
    person,
    province,
    record,
    staff_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Province:
    return province()


def test_undo_lets_what_stood_before_stand_again(tmp_path: Path, office: Province):
    load(tmp_path, office.province, people(4))
    facts = ("official__staff_code", "position", "status", "agency")
    before = set(OfficialRecord.objects.current().values_list(*facts))
    rows = [*people(3, position="Trưởng phòng"), person("HT-900", "Mới Đến Đây")]
    job = load(tmp_path, office.province, rows)
    during = set(OfficialRecord.objects.current().values_list(*facts))
    moment = timezone.now()
    services.undo(job=job, by=None)
    assert set(OfficialRecord.objects.current().values_list(*facts)) == before
    assert set(OfficialRecord.objects.as_of(moment).values_list(*facts)) == during != before
    assert counts(load(tmp_path, office.province, rows)) == counts(job)


def test_undo_is_refused_once_something_was_built_on_it(tmp_path: Path, office: Province):
    job = load(tmp_path, office.province, people(2))
    book.amend_official(official=record("HT-000").official, by=None, position="Phó phòng")
    book.record_nil(official=record("HT-001").official, by=None)
    with pytest.raises(ConflictError) as refusal:
        services.undo(job=job, by=None)
    assert refusal.value.code == "built_upon"
    assert refusal.value.extra == {"records": 1, "statements": 1}
    assert OfficialRecord.objects.current().count() == 2


def test_undo_is_too_late_after_purge(tmp_path: Path, office: Province):
    job = load(tmp_path, office.province, people(2))
    long_ago = timezone.now() - dt.timedelta(days=91)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE intake_import SET applied_at = %s WHERE id = %s", [long_ago, job.pk])
    assert services.purge() == 1
    assert not StaffRow.objects.filter(import_id=job.pk).exists()
    with pytest.raises(ConflictError) as refusal:
        services.undo(job=job, by=None)
    assert refusal.value.code == "too_late"


def test_discard_erases_the_plan_and_the_file(
    tmp_path: Path, office: Province, django_capture_on_commit_callbacks: Any
):
    job = services.plan_staff(source=staff_file(tmp_path, people(2)), agency=office.province, by=None)
    file = files.kept(job.file)
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(job=job, by=None)
    assert not file.exists()
    assert not StaffRow.objects.filter(import_id=job.pk).exists()
    with pytest.raises(ConflictError):
        services.apply(job=job, by=None)


def test_discard_is_for_the_officers_of_the_agency(tmp_path: Path, office: Province):
    job = services.plan_staff(source=staff_file(tmp_path, people(2)), agency=office.home, by=None)
    with pytest.raises(NotFoundError):
        services.discard(job=job, by=officer(office.finance))
    with pytest.raises(NotAllowedError):
        services.discard(job=job, by=officer(office.home, Role.AUDITOR))
    assert StaffRow.objects.filter(import_id=job.pk).count() == 2
    services.discard(job=job, by=officer(office.home))
    assert not StaffRow.objects.filter(import_id=job.pk).exists()
