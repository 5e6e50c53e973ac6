"""People moved to another unit, many at once, and back."""

from typing import Any

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import Agency, Official, OfficialRecord, PeopleMove, Status
from accounts.services import moving
from common.audit.models import AuditEvent
from common.changes.models import ChangeMark, Kind
from common.errors import ConflictError, RegistryError
from tests.factories import AgencyFactory, OfficialFactory
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    """A province with two departments, another province, and people in them."""
    return make_country()


def now_in(agency: Agency) -> Any:
    return OfficialRecord.objects.current().filter(agency=agency)


def place_of(official: Official) -> Agency:
    return OfficialRecord.objects.current().get(official=official).agency


def test_move_people_changes_their_unit_and_nothing_else(country: Country):
    before = now_in(country.health).get()
    ChangeMark.objects.all().delete()
    done = services.move_people(people=now_in(country.health), to=country.culture, by=country.hr_province)
    after = OfficialRecord.objects.current().get(official=country.lan)
    kept = (
        "full_name",
        "sort_key",
        "search_key",
        "category",
        "position",
        "work_email",
        "employed_since",
        "status",
    )
    assert after.agency == country.culture
    assert all(getattr(after, name) == getattr(before, name) for name in kept)
    assert (after.recorded_by, after.recorded_from) == (country.hr_province, done.moved_at)
    before.refresh_from_db()
    assert before.recorded_until == done.moved_at
    assert (done.people, done.came_from, done.agency) == (1, [country.health.pk], country.culture)
    assert ChangeMark.objects.filter(kind=Kind.OFFICIAL, subject_id=country.lan.pk).exists()
    event = AuditEvent.objects.get(act="official.many_moved")
    assert (event.actor_id, event.subject_id) == (country.hr_province.pk, country.culture.pk)


def test_move_people_leaves_out_who_is_there_gone_or_of_another_body(country: Country):
    gone = OfficialFactory.create(agency=country.health, status=Status.LEFT)
    foreign = OfficialFactory.create(agency=country.elsewhere)
    there = OfficialFactory.create(agency=country.culture)
    everybody = OfficialRecord.objects.current()
    done = services.move_people(people=everybody, to=country.culture, by=None)
    assert done.people == 1
    assert place_of(country.lan) == country.culture
    assert place_of(gone) == country.health
    assert place_of(foreign) == country.elsewhere
    assert OfficialRecord.objects.filter(official=there).count() == 1


def test_move_people_too_many_moves_nobody(country: Country, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(moving, "MOST", 1)
    OfficialFactory.create(agency=country.health)
    with pytest.raises(RegistryError) as refused:
        services.move_people(people=now_in(country.health), to=country.culture, by=None)
    assert refused.value.code == "too_many"
    assert now_in(country.health).count() == 2
    assert not PeopleMove.objects.exists()


def test_move_people_tells_how_many_have_moved(country: Country, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(moving, "_AT_ONCE", 2)
    for _number in range(2):
        OfficialFactory.create(agency=country.health)
    told: list[int] = []
    done = services.move_people(people=now_in(country.health), to=country.culture, by=None, tell=told.append)
    assert told == [2, 3]
    assert done.people == 3


def test_move_people_nobody_is_refused(country: Country):
    with pytest.raises(RegistryError) as refused:
        services.move_people(people=now_in(country.culture), to=country.health, by=None)
    assert refused.value.code == "nobody"


def test_move_people_into_a_unit_that_ends_is_refused(country: Country):
    services.amend_agency(agency=country.culture, by=None, dissolved_on=timezone.localdate())
    with pytest.raises(ConflictError) as refused:
        services.move_people(people=now_in(country.health), to=country.culture, by=None)
    assert refused.value.code == "unit_ended"


def test_undo_move_brings_everybody_back(country: Country):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Một", kind="unit")
    other = OfficialFactory.create(agency=ward)
    people = OfficialRecord.objects.current().filter(official__in=[country.lan, other])
    done = services.move_people(people=people, to=country.culture, by=None)
    assert done.came_from == sorted([country.health.pk, ward.pk])
    services.undo_move(move=done, by=country.hr_province)
    assert (place_of(country.lan), place_of(other)) == (country.health, ward)
    assert OfficialRecord.objects.filter(official=country.lan).count() == 3
    done.refresh_from_db()
    assert done.undone_by == country.hr_province
    with pytest.raises(ConflictError) as refused:
        services.undo_move(move=done, by=country.hr_province)
    assert refused.value.code == "stale"


def test_undo_move_after_somebody_was_changed_is_refused_as_a_whole(country: Country):
    other = OfficialFactory.create(agency=country.health)
    done = services.move_people(people=now_in(country.health), to=country.culture, by=None)
    services.amend_official(official=other, by=None, position="Trưởng phòng")
    with pytest.raises(ConflictError) as refused:
        services.undo_move(move=done, by=None)
    assert refused.value.code == "built_upon"
    assert place_of(country.lan) == country.culture
    done.refresh_from_db()
    assert done.undone_at is None


def test_undo_move_into_a_unit_that_ended_meanwhile_is_refused(country: Country):
    done = services.move_people(people=now_in(country.health), to=country.culture, by=None)
    services.amend_agency(agency=country.health, by=None, dissolved_on=timezone.localdate())
    with pytest.raises(ConflictError) as refused:
        services.undo_move(move=done, by=None)
    assert refused.value.code == "built_upon"
