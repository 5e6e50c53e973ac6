import datetime as dt
import time
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts import names, services
from accounts.agency_names import agency_names
from accounts.models import (
    Agency,
    AgencyRecord,
    Official,
    OfficialRecord,
    Regulation,
    Reorganisation,
    Status,
    Succession,
    UnitsGo,
)
from common.audit.models import AuditEvent
from common.changes.models import ChangeMark, Kind
from common.errors import ConflictError, RegistryError
from tests.factories import AgencyFactory, OfficialFactory, RegulationFactory, UserFactory
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db

DECIDED: dict[str, Any] = {"number": "12/QĐ-UBND", "decided_on": dt.date(2026, 1, 5)}


@pytest.fixture
def country() -> Country:
    """A province with two departments, another province, and people in them."""
    return make_country()


def merge(country: Country, **facts: object) -> Reorganisation:
    """Merge the health department into the culture department, today."""
    said: dict[str, Any] = {
        "agency": country.health, "successor": country.culture, "on": timezone.localdate(),
        "by": country.hr_province, **DECIDED, **facts,
    }  # fmt: skip
    return services.merge_agency(**said)


def now_of(agency: Agency) -> AgencyRecord:
    return AgencyRecord.objects.current().get(agency=agency)


def place_of(official: Official) -> Agency:
    return OfficialRecord.objects.current().get(official=official).agency


def test_merge_agency_moves_the_people_in_post_and_ends_the_unit(country: Country):
    gone = OfficialFactory.create(agency=country.health, status=Status.LEFT)
    there = OfficialFactory.create(agency=country.culture)
    before = OfficialRecord.objects.current().get(official=country.lan)
    done = merge(country)
    record = OfficialRecord.objects.current().get(official=country.lan)
    kept = ("full_name", "position", "category", "work_email", "employed_since", "status", "search_key")
    assert record.agency == country.culture
    assert all(getattr(record, name) == getattr(before, name) for name in kept)
    assert record.recorded_by == country.hr_province
    assert place_of(gone) == country.health
    assert place_of(there) == country.culture
    assert now_of(country.health).dissolved_on == timezone.localdate()
    succession = Succession.objects.get()
    assert (succession.predecessor, succession.successor) == (country.health, country.culture)
    assert succession.legal_basis == "12/QĐ-UBND (05/01/2026)"
    assert (done.state, done.people) == (Reorganisation.State.DONE, 1)


def test_merge_agency_keeps_what_the_register_held_before(country: Country):
    before = timezone.now()
    merge(country)
    then = OfficialRecord.objects.as_of(before).get(official=country.lan)
    assert then.agency == country.health
    assert AgencyRecord.objects.as_of(before).get(agency=country.health).dissolved_on is None


def test_merge_agency_is_one_act_in_the_trail_and_marks_whom_it_touches(country: Country):
    ChangeMark.objects.all().delete()
    before = AuditEvent.objects.count()
    merge(country)
    event = AuditEvent.objects.latest("pk")
    assert AuditEvent.objects.count() == before + 1
    assert event.act == "agency.merged"
    assert event.payload["people"] == 1
    marks = set(ChangeMark.objects.values_list("kind", "subject_id"))
    assert (Kind.OFFICIAL, country.lan.pk) in marks
    assert {(Kind.AGENCY, country.health.pk), (Kind.AGENCY_NAMES, country.health.pk)} <= marks


@pytest.mark.parametrize(
    ("units", "parent", "ends"),
    [
        (UnitsGo.UNDER, "culture", False),
        (UnitsGo.ABOVE, "province", False),
        (UnitsGo.INTO, "health", True),
    ],
)
def test_merge_agency_does_with_its_units_as_chosen(country: Country, units: str, parent: str, *, ends: bool):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Nghiệp vụ", kind="unit")
    desk = AgencyFactory.create(parent=ward, name="Tổ Một", kind="unit")
    old = AgencyFactory.create(parent=country.health, name="Phòng Cũ", dissolved_on=dt.date(2020, 1, 1))
    clerk = OfficialFactory.create(agency=desk)
    merge(country, units=units)
    above = now_of(getattr(country, parent))
    assert now_of(ward).path == f"{above.path}{ward.pk}/"
    assert now_of(desk).path == f"{now_of(ward).path}{desk.pk}/"
    assert now_of(ward).parent == getattr(country, parent)
    assert (now_of(desk).dissolved_on is not None) == ends
    assert place_of(clerk) == (country.culture if ends else desk)
    assert now_of(old).parent == country.health
    assert now_of(old).dissolved_on == dt.date(2020, 1, 1)
    assert Succession.objects.count() == (3 if ends else 1)


def test_merge_agency_ends_its_own_regulations(country: Country):
    stands = RegulationFactory.create(agency=country.health, issued_on=dt.date(2025, 1, 1))
    RegulationFactory.create(
        agency=country.health, issued_on=dt.date(2025, 1, 1), in_force_from=dt.date(2030, 1, 1)
    )
    merge(country)
    left = Regulation.objects.current().get(agency=country.health)
    assert (left.number, left.in_force_until) == (stands.number, timezone.localdate())


def test_merge_agency_decided_ahead_takes_effect_on_its_day(country: Country):
    day = timezone.localdate() + dt.timedelta(days=10)
    done = merge(country, on=day)
    assert done.state is Reorganisation.State.PLANNED
    assert place_of(country.lan) == country.health
    assert not Succession.objects.exists()
    assert services.carry_out_due() == 0
    late = OfficialFactory.create(agency=country.health)  # came meanwhile
    with time_machine.travel(dt.datetime.combine(day, dt.time(0, 1), tzinfo=timezone.get_current_timezone())):
        assert services.carry_out_due() == 1
        assert services.carry_out_due() == 0
    done.refresh_from_db()
    assert (done.state, done.people) == (Reorganisation.State.DONE, 2)
    assert place_of(late) == place_of(country.lan) == country.culture
    assert now_of(country.health).dissolved_on == day


def test_carry_out_due_of_what_has_become_impossible_says_why(country: Country):
    day = timezone.localdate() + dt.timedelta(days=1)
    done = merge(country, on=day)
    services.amend_agency(agency=country.culture, by=None, dissolved_on=timezone.localdate())
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert services.carry_out_due() == 0
        assert services.carry_out_due() == 0
    done.refresh_from_db()
    assert (done.state, done.trouble) == (Reorganisation.State.PLANNED, "successor_ends")
    assert place_of(country.lan) == country.health


def test_cancel_merger_leaves_everything_as_it_is(country: Country):
    day = timezone.localdate() + dt.timedelta(days=1)
    done = merge(country, on=day)
    services.cancel_merger(reorganisation=done, by=country.hr_province)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert services.carry_out_due() == 0
    done.refresh_from_db()
    assert done.state is Reorganisation.State.CANCELLED
    with pytest.raises(ConflictError):
        services.cancel_merger(reorganisation=done, by=country.hr_province)
    assert merge(country).state is Reorganisation.State.DONE


def test_undo_merger_lets_what_stood_before_stand_again(country: Country):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Nghiệp vụ", kind="unit")
    clerk = OfficialFactory.create(agency=ward)
    order = RegulationFactory.create(agency=country.health, issued_on=dt.date(2025, 1, 1))
    path = now_of(ward).path
    done = merge(country)
    services.undo_merger(reorganisation=done, by=country.hr_province)
    assert place_of(country.lan) == country.health
    assert place_of(clerk) == ward
    assert (now_of(ward).path, now_of(country.health).dissolved_on) == (path, None)
    assert Regulation.objects.current().get(number=order.number).in_force_until is None
    assert not Succession.objects.current().exists()
    assert Succession.objects.get().recorded_until is not None
    assert AuditEvent.objects.latest("pk").act == "agency.merger_undone"
    done.refresh_from_db()
    assert done.state is Reorganisation.State.UNDONE
    with pytest.raises(ConflictError):
        services.undo_merger(reorganisation=done, by=country.hr_province)
    assert merge(country).state is Reorganisation.State.DONE  # and it can be done again


def test_undo_merger_of_units_that_ended_with_it(country: Country):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Nghiệp vụ", kind="unit")
    clerk = OfficialFactory.create(agency=ward)
    done = merge(country, units=UnitsGo.INTO)
    services.undo_merger(reorganisation=done, by=country.hr_province)
    assert place_of(clerk) == ward
    assert now_of(ward).dissolved_on is None


@pytest.mark.parametrize("change", ["person", "unit", "successor"])
def test_undo_merger_somebody_has_gone_on_from_is_refused(country: Country, change: str):
    done = merge(country)
    if change == "person":
        services.amend_official(official=country.lan, by=None, position="Trưởng phòng")
    elif change == "unit":
        services.amend_agency(agency=country.health, by=None, contact_phone="0239")
    else:
        services.amend_agency(agency=country.culture, by=None, dissolved_on=timezone.localdate())
    with pytest.raises(ConflictError) as refused:
        services.undo_merger(reorganisation=done, by=country.hr_province)
    assert refused.value.code == "built_upon"
    assert place_of(country.lan) == country.culture


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"successor": "health"}, "same_agency"),
        ({"agency": "province"}, "circle"),
        ({"successor": "elsewhere"}, "other_branch"),
        ({"decided_on": dt.date(2999, 1, 1)}, "decided_later"),
        ({"on": dt.date(2999, 1, 1)}, "too_far_ahead"),
    ],
)
def test_merge_agency_impossible_is_refused(country: Country, facts: dict[str, object], code: str):
    named = {key: getattr(country, str(value), value) for key, value in facts.items()}
    with pytest.raises(RegistryError) as refused:
        merge(country, **named)
    assert refused.value.code == code
    assert not Reorganisation.objects.exists()


def test_merge_agency_established_later_is_refused(country: Country):
    services.amend_agency(agency=country.health, by=None, established_on=timezone.localdate())
    with pytest.raises(RegistryError) as refused:
        merge(country)
    assert refused.value.code == "ends_before_it_begins"


def test_merge_agency_without_a_body_above_cannot_hang_its_units_there():
    first, second = AgencyFactory.create(), AgencyFactory.create()
    with pytest.raises(RegistryError):
        services.merge_agency(
            agency=first, successor=second, on=timezone.localdate(), by=None, units=UnitsGo.ABOVE, **DECIDED
        )


def test_merge_agency_twice_is_done_once(country: Country):
    merge(country)
    with pytest.raises(ConflictError) as refused:
        merge(country)
    assert refused.value.code == "dissolved_already"
    assert Reorganisation.objects.count() == 1


def test_merge_agency_decided_already_is_refused(country: Country):
    day = timezone.localdate() + dt.timedelta(days=3)
    merge(country, on=day)
    with pytest.raises(ConflictError) as refused:
        merge(country, on=day)
    assert refused.value.code == "decided_before"


def test_merge_agency_into_one_that_is_to_merge_into_it_is_refused(country: Country):
    third = AgencyFactory.create(parent=country.province, name="Sở Du lịch")
    day = timezone.localdate() + dt.timedelta(days=3)
    merge(country, agency=country.culture, successor=third, on=day)
    merge(country, agency=third, successor=country.health, on=day)
    with pytest.raises(RegistryError) as refused:
        merge(country)
    assert refused.value.code == "circle"


def test_merge_agency_into_one_that_ends_is_refused(country: Country):
    services.amend_agency(agency=country.culture, by=None, dissolved_on=timezone.localdate())
    with pytest.raises(RegistryError) as refused:
        merge(country)
    assert refused.value.code == "successor_ends"


def test_merge_agency_of_other_people_than_were_shown_is_refused(country: Country):
    with pytest.raises(ConflictError) as refused:
        merge(country, expected=2)
    assert refused.value.code == "stale"
    assert merge(country, expected=1).people == 1


def test_merge_agency_is_known_to_whoever_reads_names(country: Country):
    merge(country)
    assert [one.agency_id for one in agency_names().successors(country.health.pk)] == [country.culture.pk]


def test_merge_agency_of_ten_thousand_people_takes_seconds(country: Country):
    codes = [f"M{number:05}" for number in range(10_000)]
    people = Official.objects.bulk_create(
        Official(branch=country.province, staff_code=code) for code in codes
    )
    OfficialRecord.objects.bulk_create(
        OfficialRecord(
            official=one, agency=country.health, full_name="Lê Văn An", category="cong_chuc",
            sort_key=names.sort_key("Lê Văn An"), search_key=names.search_key("Lê Văn An"),
            recorded_from=timezone.now(),
        )
        for one in people
    )  # fmt: skip
    began = time.monotonic()
    done = merge(country)
    took = time.monotonic() - began
    assert done.people == 10_001
    assert took < 10  # about one second on two processors; seconds, not minutes, wherever it runs
    services.undo_merger(reorganisation=done, by=UserFactory.create())
    at_home = OfficialRecord.objects.current().filter(agency=country.health)
    assert at_home.count() == 10_001
