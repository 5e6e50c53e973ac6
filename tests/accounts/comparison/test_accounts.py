"""What the further rules read of an account follows the book and its dates; a rebuild finds no difference."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import services
from accounts.commitments import BITS, CURRENT, VERSION
from accounts.comparison import refresh_accounts, refresh_marked
from accounts.models import (
    Account,
    Agency,
    AgencyKind,
    AgencyVerdict,
    Comparison,
    EmployerNamed,
    LinkVerdict,
    Official,
    Photo,
    Standing,
    StandingCode,
)
from accounts.names import NameFlag
from accounts.platforms import recognise
from accounts.services.seeding import load_agencies
from registry.findings.services import Answer, verdicts
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
NOTICE = "Trang cá nhân, không đại diện cho cơ quan nơi tôi công tác."


@pytest.fixture
def army() -> Agency:
    """The ministry of defence of the book, with one unit below it."""
    load_agencies([])
    ministry = Agency.objects.get(code="TW-BQP")
    return services.create_agency(
        code="D2", name="Tiểu đoàn 2", short_name="D2", kind="unit", parent=ministry, by=None,
        aliases=["Tiểu đoàn Thông tin"],
    )  # fmt: skip


def soldier(agency: Agency, full_name: str = "Trần Văn Bình", code: str = "1") -> Official:
    return services.record_official(
        agency=agency, staff_code=code, full_name=full_name, by=None, category="luc_luong_vu_trang"
    )


def declare(
    official: Official, handle: str = "binh.tran", standing: Standing = Standing.CONFIRMED, **said: Any
) -> Account:
    account = services.account_for(link=recognise(f"https://www.tiktok.com/@{handle}"), by=None)
    facts = services.state_facts(
        account=account, official=official, by=None,
        **{"name_shown": "Trần Văn Bình", "disclaimer": NOTICE} | said,
    )  # fmt: skip
    services.enter(facts=facts, standing=standing, by=None)
    return account


def row(account: Account) -> Comparison:
    with transaction.atomic():
        while refresh_marked():
            pass
        assert refresh_accounts([account.pk]) == 0
    return Comparison.objects.get(account=account, standing__gt=StandingCode.DRAFT)


def faults(account: Account) -> set[str]:
    return {each.rule.code for each in verdicts(row(account), TODAY) if each.answer == Answer.NOT_IN_LINE}


def test_one_account_is_faulty_for_hiding_its_unit_and_under_defence_for_showing_it(army: Agency):
    """Opposite polarity: what the draft of 2018 asks for, the army forbids."""
    person = soldier(army)
    hiding, showing = declare(person), declare(person, "binh.hai", agency_shown="Tiểu đoàn 2")
    assert {"ACC-06", "ACC-16"} & faults(hiding) == {"ACC-06"}
    assert {"ACC-06", "ACC-16"} & faults(showing) == set()
    services.amend_agency(agency=Agency.objects.get(code="TW-BQP"), by=None, profile=5)
    assert {"ACC-06", "ACC-16"} & faults(hiding) == set()
    assert {"ACC-06", "ACC-16"} & faults(showing) == {"ACC-16"}


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ({}, EmployerNamed.NOWHERE),
        ({"name_shown": "Bình D2"}, EmployerNamed.NAME),
        ({"name_shown": "Bình - Bộ Quốc phòng"}, EmployerNamed.NAME),  # above the unit
        ({"name_shown": "Bình BQP"}, EmployerNamed.NAME),
        ({"name_shown": "Bình Quân đội"}, EmployerNamed.NAME),  # the sector's own words
        ({"name_shown": "Bình Quân"}, EmployerNamed.NOWHERE),
        ({"name_shown": "Bình - Sở Y tế"}, EmployerNamed.NOWHERE),
        ({"handle": "binh.tieudoan2"}, EmployerNamed.HANDLE),
        ({"handle": "d2.binh"}, EmployerNamed.HANDLE),
        ({"handle": "binhd2x"}, EmployerNamed.NOWHERE),
        ({"handle": "binh.tieudoanthongtin"}, EmployerNamed.HANDLE),
        ({"handle": "bqp.binh"}, EmployerNamed.HANDLE),
        ({"disclaimer": "Không đại diện cho Tiểu đoàn Thông tin"}, EmployerNamed.DISCLAIMER),
        ({"agency_shown": "Bộ Quốc phòng"}, EmployerNamed.AGENCY_FIELD),
        ({"agency_shown": "lính của D2"}, EmployerNamed.AGENCY_FIELD),
        ({"agency_shown": "Bộ Tài chính"}, EmployerNamed.NOWHERE),
    ],
)
def test_employer_named_is_the_unit_and_what_is_above_it(
    army: Agency, said: dict[str, Any], places: EmployerNamed
):
    services.amend_agency(agency=Agency.objects.get(code="TW-BQP"), by=None, profile=5)
    assert row(declare(soldier(army), **said)).employer_named == places


def test_employer_named_follows_a_new_name_of_the_unit(army: Agency):
    services.amend_agency(agency=Agency.objects.get(code="TW-BQP"), by=None, profile=5)
    account = declare(soldier(army), name_shown="Bình Sao Đỏ")
    assert row(account).employer_named == EmployerNamed.NOWHERE
    services.amend_agency(agency=army, by=None, aliases=["Sao Đỏ"])
    assert row(account).employer_named == EmployerNamed.NAME


def test_employer_named_is_looked_for_only_where_a_profile_is_attached(army: Agency):
    account = declare(soldier(army), name_shown="Bình D2", agency_shown="D2")
    assert row(account).employer_named == EmployerNamed.NOWHERE
    services.amend_agency(agency=army, by=None, profile=5)
    assert row(account).employer_named == EmployerNamed.NAME | EmployerNamed.AGENCY_FIELD


def test_employer_named_stops_at_the_agency_the_profile_is_attached_to(army: Agency):
    account = declare(soldier(army), name_shown="Bình BQP")
    services.amend_agency(agency=army, by=None, profile=5)
    assert row(account).employer_named == EmployerNamed.NOWHERE
    services.amend_agency(agency=Agency.objects.get(code="TW-BQP"), by=None, profile=5)
    services.amend_agency(agency=army, by=None, profile=None)
    assert row(account).employer_named == EmployerNamed.NAME


def test_name_flags_press_words_are_free_to_people_of_a_press_body(army: Agency):
    load_agencies([])
    television = Agency.objects.get(code="TW-VTV")
    unit = services.create_agency(code="VTV24", name="Ban Thời sự", kind="unit", parent=television, by=None)
    theirs = declare(soldier(unit, code="2"), "vtv24", name_shown="Tin tức VTV24")
    other = declare(soldier(army), name_shown="Tin tức VTV24")
    assert row(theirs).name_flags & NameFlag.PRESS_LIKE == 0
    assert row(other).name_flags & NameFlag.PRESS_LIKE
    assert {"ACC-14"} & (faults(theirs) | faults(other)) == {"ACC-14"}
    services.amend_agency(agency=television, by=None, kind=AgencyKind.GOVERNMENT_ATTACHED_AGENCY)
    assert row(theirs).name_flags & NameFlag.PRESS_LIKE


@pytest.mark.parametrize(
    ("shown", "full_name", "is_flagged"),
    [
        ("UBND xã Kỳ Hoa", "Trần Văn Bình", True),
        ("Bộ Tài chính", "Trần Văn Bình", True),
        ("BQP", "Trần Văn Bình", True),
        ("Tiểu đoàn Thông tin", "Trần Văn Bình", True),  # an agency of the book
        ("Trần Văn Bình - Bộ Quốc phòng", "Trần Văn Bình", False),  # a person, with the agency beside
        ("Nguyễn Công An", "Nguyễn Công An", False),
        ("Nguyễn Công An", "Trần Văn Bình", False),
        ("Trường Giang", "Trần Văn Bình", False),
        ("Mẹ Bắp", "Trần Văn Bình", False),
        ("", "Trần Văn Bình", False),
    ],
)
def test_name_flags_what_passes_for_a_state_body(
    army: Agency, *, shown: str, full_name: str, is_flagged: bool
):
    account = declare(soldier(army, full_name), name_shown=shown)
    assert bool(row(account).name_flags & NameFlag.AGENCY_LIKE) is is_flagged


def test_agency_shown_is_judged_as_standing_until_the_day_a_dissolution_counts(army: Agency):
    account = declare(soldier(army), agency_shown="Tiểu đoàn 2")
    services.amend_agency(agency=army, by=None, dissolved_on=TODAY + timedelta(days=1))
    found = row(account)
    assert (found.agency_verdict, found.agency_shown_until) == (AgencyVerdict.CURRENT, date(2026, 11, 23))
    assert {"ACC-06", "ACC-07", "ACC-08"} & faults(account) == set()
    services.amend_agency(agency=army, by=None, dissolved_on=TODAY)
    assert {"ACC-06", "ACC-07", "ACC-08"} & faults(account) == {"ACC-08"}


def test_agency_of_the_same_name_dissolved_later_is_meant_before_one_dissolved_earlier(army: Agency):
    ministry = Agency.objects.get(code="TW-BQP")
    for code, gone in (("OLD", date(2020, 1, 1)), ("LATER", TODAY + timedelta(days=30))):
        services.create_agency(
            code=code, name="Đoàn Văn công", kind="unit", parent=ministry, by=None, dissolved_on=gone
        )
    found = row(declare(soldier(army), agency_shown="Đoàn Văn công"))
    assert found.agency_shown_id == Agency.objects.get(code="LATER").pk
    assert found.agency_on(TODAY) == AgencyVerdict.OTHER


def picture() -> Photo:
    return factories.PhotoFactory.create()


def test_photo_on_is_the_day_this_photo_was_first_declared_for_this_account(army: Agency):
    person, photo = soldier(army), picture()
    account = declare(person, photo=photo, declared_on=date(2024, 3, 1))
    assert row(account).photo_on == date(2024, 3, 1)
    declare(person, photo=photo, name_shown="Bình", declared_on=date(2026, 3, 1))
    assert row(account).photo_on == date(2024, 3, 1)
    other = declare(person, "binh.hai", photo=photo)
    assert row(other).photo_on == timezone.localdate()
    assert row(declare(person, "binh.ba")).photo_on is None


def test_photo_on_is_no_matter_of_what_is_said_later(army: Agency):
    person, photo = soldier(army), picture()
    account = declare(person, photo=photo, declared_on=date(2024, 3, 1))
    services.state_facts(account=account, official=person, by=None, photo=photo, declared_on=date(2020, 1, 1))
    assert row(account).photo_on == date(2024, 3, 1)


def test_photo_due_on_follows_the_unit_s_own_regulation(army: Agency):
    account = declare(soldier(army), photo=picture(), declared_on=date(2024, 3, 1))
    assert row(account).photo_due_on is None
    services.record_regulation(
        agency=army, number="1", by=None, issued_on=date(2025, 1, 1), in_force_from=date(2025, 1, 1),
        in_force_until=date(2027, 1, 1), photo_max_age_days=365,
    )  # fmt: skip
    found = row(account)
    assert (found.photo_due_on, found.photo_due_until) == (date(2025, 3, 1), date(2027, 1, 1))
    assert "ACC-18" in faults(account)


def test_commitments_count_in_the_wording_of_today_only(army: Agency):
    person = soldier(army)
    now = declare(person, commitments=["no_lending", "answer"], commitments_version=VERSION)
    assert row(now).commitments == BITS["no_lending"] + BITS["answer"]
    before = declare(person, "cu", commitments=["truthful"], commitments_version="2026-1")
    assert row(before).commitments == 0
    assert BITS.keys() == CURRENT.keys()
    assert sum(BITS.values()) == 2 ** len(BITS) - 1


def test_link_verdict_of_a_declared_account_is_well_formed(army: Agency):
    assert row(declare(soldier(army))).link_verdict == LinkVerdict.WELL_FORMED


def test_changed_on_is_when_hr_registered_otherwise_than_the_person_had_confirmed(army: Agency):
    person = soldier(army)
    account = declare(person)
    assert row(account).changed_on is None
    declare(person, standing=Standing.UNCONFIRMED)  # the same facts again
    assert row(account).changed_on is None
    declare(person, standing=Standing.UNCONFIRMED, name_shown="Mẹ Bắp")
    assert row(account).changed_on == timezone.localdate()
    services.confirm(entry=account.entries.current().get(), by=None)
    assert row(account).changed_on is None


def test_changed_on_of_what_nobody_ever_confirmed_is_none(army: Agency):
    person = soldier(army)
    account = declare(person, standing=Standing.UNCONFIRMED)
    declare(person, standing=Standing.UNCONFIRMED, name_shown="Mẹ Bắp")
    assert row(account).changed_on is None


def test_changed_on_does_not_compare_with_what_another_owner_confirmed(army: Agency):
    first, second = soldier(army), soldier(army, "Lê Văn Bé", "2")
    account = declare(first)
    services.close(account=account, by=None)
    declare(second, standing=Standing.UNCONFIRMED, name_shown="Lê Văn Bé")
    assert row(account).changed_on is None
