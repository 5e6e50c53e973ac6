"""Who is at work on an import, and what becomes of it when they are gone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from accounts.models import OfficialRecord
from accounts.services import bulk
from common.holding import held
from registry.intake import copying, services, staff_plan
from registry.intake.holding import LOCK
from registry.intake.models import Headway, Import, Kind, StaffRow, State
from registry.intake.selectors import headway_of
from registry.intake.services import planning, waiting
from tests.registry.intake.offices import Province, people, province, staff_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db: None) -> Province:
    """A province with two departments."""
    del transactional_db
    return province()


def received(tmp_path: Path, office: Province, rows: int = 2) -> Import:
    """A list that waits to be read."""
    file = staff_file(tmp_path, people(rows))
    job = services.receive(kind=Kind.STAFF, source=file, agency=office.province, by=None)
    services.start(job)
    return job


@contextmanager
def another_worker(job: Import) -> Iterator[Callable[[], None]]:
    """A worker on a connection of its own has the import, until it ends or is killed."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s), pg_backend_pid()", [LOCK, job.pk])
            pid = cursor.fetchone()[1]

        def kill() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])

        yield kill
        with suppress(OperationalError), own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")  # closing alone is seen a moment later
    finally:
        own.close()


def test_resume_waiting_rings_only_for_what_nobody_is_at(tmp_path: Path, office: Province):
    lost, taken = received(tmp_path, office), received(tmp_path, office)
    with another_worker(taken):
        assert held(LOCK) == {taken.pk}
        assert services.resume_waiting() == 1
        services.work(taken.pk)
    taken.refresh_from_db()
    assert taken.state == State.RECEIVED
    assert services.resume_waiting() == 2
    services.work(lost.pk)
    assert held(LOCK) == set()
    assert services.resume_waiting() == 1


def test_work_of_a_killed_worker_is_taken_over_at_once(tmp_path: Path, office: Province):
    job = received(tmp_path, office)
    with another_worker(job) as kill:
        assert headway_of(job)[1]
        kill()
        assert not headway_of(job)[1]
        services.work(job.pk)
    job.refresh_from_db()
    assert job.state == State.PLANNED


def test_work_that_breaks_off_is_tried_again_and_then_told(
    tmp_path: Path, office: Province, monkeypatch: pytest.MonkeyPatch
):
    job = received(tmp_path, office)

    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setitem(planning._PLANS, Kind.STAFF, broken)
        for _time in range(waiting.MOST_ATTEMPTS):
            with pytest.raises(ZeroDivisionError):
                services.work(job.pk)
            job.refresh_from_db()
            assert job.state == State.RECEIVED
            assert held(LOCK) == set()
        services.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (State.FAILED, "broke_off")


def test_progress_of_a_transaction_is_seen_before_it_ends(
    tmp_path: Path, office: Province, monkeypatch: pytest.MonkeyPatch
):
    """How far the writing has come is seen from outside while nothing of it is."""
    job = received(tmp_path, office, rows=6)
    services.work(job.pk)
    services.start_apply(job=job, by=None)
    monkeypatch.setattr(copying, "MANY", 1)
    seen: list[tuple[str, int, int, int]] = []
    real = bulk.record_officials
    outside = connection.copy()

    def watched(**facts: Any) -> int:
        written = real(**facts)
        with outside.cursor() as cursor:
            cursor.execute("SELECT step, done, total FROM intake_headway WHERE job_id = %s", [job.pk])
            step = cursor.fetchone()
            cursor.execute("SELECT count(*) FROM accounts_officialrecord")
            seen.append((*step, cursor.fetchone()[0]))
        return written

    monkeypatch.setattr(bulk, "record_officials", watched)
    try:
        services.work(job.pk)
    finally:
        outside.close()
    assert seen == [("new", 0, 6, 0)]
    assert OfficialRecord.objects.count() == 6
    assert (headway := Headway.objects.get(job=job)).step == "closing"
    assert headway.done == 6


def test_progress_of_reading_is_noted_in_rows(
    tmp_path: Path, office: Province, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(copying, "_EVERY", 0)
    monkeypatch.setattr("registry.intake.staff_reading.CHUNK", 2)
    job = received(tmp_path, office, rows=5)
    services.work(job.pk)
    assert (headway := Headway.objects.get(job=job)).done == 4
    assert headway.total >= 4  # what the sheet says of its height is about right


def test_undo_that_is_refused_is_told_on_the_import(tmp_path: Path, office: Province):
    job = received(tmp_path, office)
    services.work(job.pk)
    services.start_apply(job=job, by=None)
    services.work(job.pk)
    later = services.plan_staff(
        source=staff_file(tmp_path, people(2, position="Trưởng phòng")), agency=office.province, by=None
    )
    services.apply(job=later, by=None)
    services.start_undo(job=job, by=None)
    services.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (State.APPLIED, "built_upon")


def test_list_given_up_while_it_is_read_leaves_no_plan(
    tmp_path: Path, office: Province, monkeypatch: pytest.MonkeyPatch
):
    job = received(tmp_path, office)
    real = staff_plan._count

    def given_up(held: Import, *rest: Any) -> staff_plan.Counts:
        services.discard(job=held, by=None)
        return real(held, *rest)

    monkeypatch.setattr(staff_plan, "_count", given_up)
    services.work(job.pk)
    job.refresh_from_db()
    assert job.state == State.DISCARDED
    assert not StaffRow.objects.exists()
