"""Comparisons follow every change of their inputs, and a rebuild of what stands finds no difference."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from accounts import services
from accounts.comparison import refresh_accounts, refresh_marked, refresh_officials
from accounts.comparison.verdicts import judge_disclaimer
from accounts.models import (
    Account,
    Agency,
    AgencyVerdict,
    Comparison,
    DisclaimerVerdict,
    Official,
    OfficialComparison,
    OwnerStatus,
    PhotoVerdict,
    Standing,
    StandingCode,
    Status,
)
from accounts.names import NameVerdict
from accounts.platforms import recognise
from accounts.services.seeding import load_agencies

pytestmark = pytest.mark.django_db

NOTICE = "Trang cá nhân, không đại diện cho cơ quan nơi tôi công tác."


@pytest.fixture
def agency() -> Agency:
    load_agencies(["T34-42"])
    return Agency.objects.get(code="T34-42-NV")


@pytest.fixture
def official(agency: Agency) -> Official:
    return services.record_official(
        agency=agency, staff_code="42-1", full_name="Trần Thị Hoa", by=None, category="cong_chuc"
    )


def declare(official: Official, handle: str = "tranthihoa", **statement: str) -> Account:
    account = services.account_for(link=recognise(f"https://facebook.com/{handle}"), by=None)
    said = {"name_shown": "Tran Thi Hoa", "agency_shown": "Sở Nội vụ", "disclaimer": NOTICE} | statement
    facts = services.state_facts(account=account, official=official, by=None, **said)  # type: ignore[arg-type]
    services.enter(facts=facts, standing=Standing.UNCONFIRMED, by=None)
    return account


def settle() -> None:
    with transaction.atomic():
        while refresh_marked():
            pass


def test_a_new_entry_is_compared(official: Official):
    account = declare(official)
    settle()
    row = Comparison.objects.get(account=account)
    assert row.standing == StandingCode.UNCONFIRMED
    assert row.name_verdict == NameVerdict.SAME
    assert row.agency_verdict == AgencyVerdict.CURRENT
    assert row.disclaimer_verdict == DisclaimerVerdict.FULL
    assert row.photo_verdict == PhotoVerdict.MISSING
    assert row.owner_status == OwnerStatus.IN_POST
    assert OfficialComparison.objects.get(official=official).accounts == 1


def test_a_change_of_the_hr_record_is_compared_again(official: Official):
    account = declare(official)
    settle()
    services.amend_official(official=official, by=None, full_name="Trần Thị Hòa", status=Status.LEFT)
    settle()
    row = Comparison.objects.get(account=account)
    assert row.owner_status == OwnerStatus.LEFT
    assert row.name_verdict == NameVerdict.SAME  # shown without any diacritics
    services.amend_official(official=official, by=None, full_name="Lê Thị Bưởi")
    settle()
    row.refresh_from_db()
    assert row.name_verdict == NameVerdict.DIFFERENT


def test_a_dissolved_agency_reaches_whoever_shows_it(official: Official):
    account = declare(official, agency_shown="Sở Tư pháp")
    settle()
    assert Comparison.objects.get(account=account).agency_verdict == AgencyVerdict.OTHER
    shown = Agency.objects.get(code="T34-42-TP")
    services.amend_agency(agency=shown, by=None, dissolved_on=date(2026, 1, 1))
    settle()
    row = Comparison.objects.get(account=account)
    assert row.agency_shown_until == date(2026, 1, 1)
    assert [row.agency_on(date(2025, 12, 31)), row.agency_on(date(2026, 1, 1))] == [
        AgencyVerdict.OTHER, AgencyVerdict.FORMER,
    ]  # fmt: skip


def test_a_new_agency_reaches_whoever_showed_an_unknown_name(official: Official):
    account = declare(official, agency_shown="Sở Vũ trụ")
    settle()
    assert Comparison.objects.get(account=account).agency_verdict == AgencyVerdict.UNKNOWN
    services.create_agency(
        code="T34-42-VT",
        name="Sở Vũ trụ",
        kind="department",
        parent=Agency.objects.get(code="T34-42"),
        by=None,
    )
    settle()
    assert Comparison.objects.get(account=account).agency_verdict == AgencyVerdict.OTHER


def test_a_regulation_sets_due_dates_in_its_branch(official: Official):
    settle()
    assert OfficialComparison.objects.get(official=official).declare_due_on is None
    services.record_regulation(
        agency=Agency.objects.get(code="T34-42"),
        number="01/QĐ-UBND",
        by=None,
        issued_on=date(2030, 1, 1),
        in_force_from=date(2030, 1, 10),
        obliges_declaration=True,
        days_to_declare=30,
    )
    settle()
    assert OfficialComparison.objects.get(official=official).declare_due_on == date(2030, 2, 9)


def order(agency: Agency, number: str, year: int, **facts: Any) -> None:
    services.record_regulation(
        agency=agency, number=number, by=None, issued_on=date(year, 1, 1), in_force_from=date(year, 1, 1),
        **{"obliges_declaration": True, "days_to_declare": 30} | facts,
    )  # fmt: skip


def due(official: Official) -> tuple[date | None, date | None]:
    settle()
    row = OfficialComparison.objects.get(official=official)
    return row.declare_due_on, row.declare_until


def test_a_regulation_of_next_year_does_not_suspend_this_years(official: Official, agency: Agency):
    services.amend_official(official=official, by=None, employed_since=date(2020, 1, 1))
    order(agency, "1", 2025)
    order(agency, "2", 2099)
    assert due(official) == (date(2025, 1, 31), None)


def test_a_regulation_that_has_ended_does_not_hide_the_one_above(official: Official, agency: Agency):
    services.amend_official(official=official, by=None, employed_since=date(2019, 1, 1))
    order(Agency.objects.get(code="T34-42"), "1", 2025)
    order(agency, "2", 2020, in_force_until=date(2021, 1, 1))
    assert due(official) == (date(2025, 1, 31), None)


def test_a_regulation_on_other_matters_does_not_hide_the_one_above(official: Official, agency: Agency):
    services.amend_official(official=official, by=None, employed_since=date(2019, 1, 1))
    order(Agency.objects.get(code="T34-42"), "1", 2025)
    order(agency, "2", 2025, obliges_declaration=False, days_to_declare=None, days_between_confirmations=365)
    assert due(official) == (date(2025, 1, 31), None)


def test_a_regulation_that_has_ended_binds_nobody_who_came_later(official: Official, agency: Agency):
    services.amend_official(official=official, by=None, employed_since=date(2022, 1, 1))
    order(agency, "1", 2020, in_force_until=date(2021, 1, 1))
    assert due(official) == (None, None)


def test_a_child_of_the_same_name_reaches_whoever_shows_its_parent(official: Official, agency: Agency):
    account = declare(official, agency_shown="Sở Nội vụ")
    settle()
    services.create_agency(code="CHILD", name="Sở Nội vụ", kind="unit", parent=agency, by=None)
    settle()
    before = Comparison.objects.get(account=account).agency_verdict
    with transaction.atomic():
        assert refresh_accounts([account.pk]) == 0
    assert before == AgencyVerdict.UNKNOWN


def test_a_namesake_reaches_whoever_showed_the_other_one(official: Official):
    gone = Agency.objects.get(code="T34-42-YT")
    services.amend_agency(agency=gone, by=None, former_names=["Trung tâm Giám định"])
    account = declare(official, agency_shown="Trung tâm Giám định")
    settle()
    assert Comparison.objects.get(account=account).agency_verdict == AgencyVerdict.FORMER
    services.create_agency(
        code="NAMESAKE", name="Trung tâm Giám định", kind="unit", by=None,
        parent=Agency.objects.get(code="T34-42-TC"),
    )  # fmt: skip
    settle()
    assert Comparison.objects.get(account=account).agency_verdict == AgencyVerdict.UNKNOWN


def test_a_profile_is_inherited_down_the_branch(official: Official):
    account = declare(official)
    services.amend_agency(agency=Agency.objects.get(code="T34-42"), by=None, profile=5)
    settle()
    assert Comparison.objects.get(account=account).profile == 5
    assert OfficialComparison.objects.get(official=official).profile == 5


def test_a_draft_under_review_is_compared_beside_the_entry(official: Official):
    account = declare(official)
    facts = services.state_facts(account=account, official=official, by=None, name_shown="Mẹ Bắp")
    services.propose(facts=facts)
    settle()
    draft = Comparison.objects.get(account=account, standing=StandingCode.DRAFT)
    assert draft.name_verdict == NameVerdict.DIFFERENT
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    settle()
    row = Comparison.objects.get(account=account)
    assert (row.standing, row.name_verdict) == (StandingCode.CONFIRMED, NameVerdict.DIFFERENT)


def test_a_rival_claim_shows_on_the_account_claimed(official: Official, agency: Agency):
    account = declare(official)
    rival = services.record_official(
        agency=agency, staff_code="42-2", full_name="Lê Văn Bé", by=None, category="cong_chuc"
    )
    facts = services.state_facts(account=account, official=rival, by=None)
    services.propose(facts=facts)
    settle()
    live = Comparison.objects.get(account=account, standing__gt=0)
    assert live.rival_claims == 1
    services.withdraw_proposal(facts=facts)
    settle()
    live.refresh_from_db()
    assert live.rival_claims == 0
    assert not Comparison.objects.filter(facts=facts).exists()


def test_a_closed_account_is_compared_no_more(official: Official):
    account = declare(official)
    settle()
    services.close(account=account, by=None)
    settle()
    assert not Comparison.objects.filter(account=account).exists()
    assert OfficialComparison.objects.get(official=official).accounts == 0


def test_a_rebuild_of_what_stands_finds_no_difference(official: Official):
    accounts = [declare(official, handle=f"tranthihoa{number}").pk for number in range(5)]
    settle()
    with transaction.atomic():
        assert refresh_accounts(accounts) == 0
        assert refresh_officials([official.pk]) == 0
        Comparison.objects.filter(account=accounts[0]).update(name_verdict=NameVerdict.DIFFERENT)
        assert refresh_accounts(accounts) == 1


def test_marks_stand_when_the_work_rolls_back(official: Official):
    account = declare(official)

    def work_and_fail() -> None:
        with transaction.atomic():
            refresh_marked()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work_and_fail()
    assert not Comparison.objects.filter(account=account).exists()
    settle()
    assert Comparison.objects.filter(account=account).exists()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("", DisclaimerVerdict.MISSING),
        ("   ", DisclaimerVerdict.MISSING),
        (NOTICE, DisclaimerVerdict.FULL),
        (NOTICE.upper(), DisclaimerVerdict.FULL),
        ("Trang ca nhan, khong dai dien cho co quan", DisclaimerVerdict.FULL),
        ("Đây là trang cá nhân", DisclaimerVerdict.PERSONAL_ONLY),
        ("Không đại diện cho cơ quan", DisclaimerVerdict.NOT_REPRESENTING_ONLY),
        ("Xin chào", DisclaimerVerdict.NEITHER),
    ],
)
def test_judge_disclaimer(text: str, verdict: DisclaimerVerdict):
    assert judge_disclaimer(text) == verdict


def test_a_renamed_agency_is_read_anew_only_where_it_may_be_meant(official: Official):
    """A text that reads as an agency of the reader's own province stays that, whoever else bears the name."""
    load_agencies(["T34-42", "T34-40"])
    near = declare(official)
    far = services.record_official(
        agency=Agency.objects.get(code="T34-40-NV"), staff_code="40-1", full_name="Lê Văn Tám", by=None,
        category="cong_chuc",
    )  # fmt: skip
    stranger = declare(far, handle="levantam", agency_shown="Sở Nội vụ tỉnh Hà Tĩnh")
    settle()
    other = Agency.objects.get(code="T34-40-NV")
    services.amend_agency(agency=other, by=None, aliases=["Sở Nội vụ tỉnh Hà Tĩnh"])
    read_again: set[int] = set()
    with transaction.atomic():
        while taken := refresh_marked():
            read_again |= set(taken.account_ids)

    assert read_again == {stranger.pk}
    assert Comparison.objects.get(account=near).agency_verdict == AgencyVerdict.CURRENT
    assert Comparison.objects.get(account=stranger).agency_verdict == AgencyVerdict.ALIAS
