"""Pages compared with the agency, its people and its regulation; kept true by marks alone."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from accounts import services
from accounts.comparison import pages_between, refresh_marked, refresh_pages
from accounts.models import (
    Account,
    Agency,
    AgencyVerdict,
    Badge,
    BadgeFrom,
    BadgeVerdict,
    PageComparison,
    PageContact,
    PortalVerdict,
    ResponsibleVerdict,
    Standing,
    StandingCode,
    Status,
)
from accounts.platforms import recognise
from tests.factories import AgencyFactory, OfficialFactory, RegulationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Agency:
    return AgencyFactory.create(name="UBND tỉnh Một", kind="province")


@pytest.fixture
def agency(province: Agency) -> Agency:
    return AgencyFactory.create(name="Sở Y tế", parent=province)


@pytest.fixture
def account() -> Account:
    return services.account_for(link=recognise("https://www.facebook.com/soyte.mot"), by=None)


def say(account: Account, agency: Agency, name: str = "Sở Y tế", **said: Any) -> None:
    administrators = said.pop("administrators", [])
    facts = services.state_page(
        account=account, agency=agency, name_shown=name, administrators=administrators, by=None, **said
    )
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)


def compared(account: Account) -> PageComparison:
    """As the marks alone keep it; making it afresh finds no difference."""
    with transaction.atomic():
        while refresh_marked():
            pass
        assert refresh_pages([account.pk]) == 0
    return PageComparison.objects.get(account=account)


def test_page_without_anything_said_of_it(account: Account, agency: Agency):
    say(account, agency, name="")
    row = compared(account)
    assert (row.name_verdict, row.responsible, row.contact, row.badge, row.portal) == (
        AgencyVerdict.MISSING,
        ResponsibleVerdict.MISSING,
        PageContact.MISSING,
        BadgeVerdict.MISSING,
        PortalVerdict.MISSING,
    )
    assert not any((row.decision, row.authorised, row.data_notice, row.feedback, row.administrators))
    assert row.standing == StandingCode.CONFIRMED


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"badge": Badge.NONE}, BadgeVerdict.INCOMPLETE),
        ({"badge": Badge.NONE, "badge_seen_on": date(2026, 1, 1)}, BadgeVerdict.RECORDED),
        ({"badge": Badge.BLUE, "badge_seen_on": date(2026, 1, 1)}, BadgeVerdict.INCOMPLETE),
        (
            {
                "badge": Badge.BLUE,
                "badge_seen_on": date(2026, 1, 1),
                "badge_from": BadgeFrom.BOUGHT,
                "badge_evidence": "Meta Verified",
            },
            BadgeVerdict.RECORDED,
        ),
    ],
)
def test_badge_is_recorded_with_its_day_origin_and_evidence(
    account: Account, agency: Agency, said: dict[str, Any], verdict: BadgeVerdict
):
    say(account, agency, **said)
    assert compared(account).badge == verdict


def test_people_in_the_agency_below_or_above_it_belong_and_others_do_not(
    account: Account, agency: Agency, province: Agency
):
    below = OfficialFactory.create(agency=AgencyFactory.create(parent=agency))
    above = OfficialFactory.create(agency=province)
    beside = OfficialFactory.create(agency=AgencyFactory.create(parent=province))
    say(account, agency, responsible=beside, responsible_role="head", administrators=[below, above, beside])
    row = compared(account)
    assert (row.responsible, row.administrators, row.administrators_gone) == (
        ResponsibleVerdict.ELSEWHERE,
        2,
        1,
    )


def test_page_is_compared_again_when_somebody_of_it_leaves_or_comes_back(account: Account, agency: Agency):
    head, runs = OfficialFactory.create_batch(2, agency=agency)
    say(account, agency, responsible=head, responsible_role="head", administrators=[runs])
    assert compared(account).administrators_gone == 0
    services.amend_official(official=runs, by=None, status=Status.LEFT)
    services.amend_official(official=head, by=None, status=Status.MOVED)
    row = compared(account)
    assert (row.responsible, row.administrators, row.administrators_gone) == (ResponsibleVerdict.GONE, 0, 1)
    services.amend_official(official=runs, by=None, status=Status.IN_POST)
    assert compared(account).administrators_gone == 0


@pytest.mark.parametrize(
    ("role", "number", "authorised"),
    [("head", "", True), ("spokesperson", "", False), ("spokesperson", "3/QĐ", True)],
)
def test_a_spokesperson_is_authorised_by_a_document_and_a_head_needs_none(
    account: Account, agency: Agency, role: str, number: str, authorised: int
):
    who = OfficialFactory.create(agency=agency)
    on = date(2026, 1, 1) if number else None
    say(account, agency, responsible=who, responsible_role=role, authorised_number=number, authorised_on=on)
    assert compared(account).authorised == bool(authorised)


def test_the_minimum_is_the_nearest_regulation_s(account: Account, agency: Agency, province: Agency):
    say(account, agency, administrators=OfficialFactory.create_batch(2, agency=agency))
    assert compared(account).enough is None
    RegulationFactory.create(
        agency=province, minimum_administrators=3, issued_on=date(2026, 1, 1), in_force_from=date(2026, 2, 1)
    )
    row = compared(account)
    assert (row.minimum, row.enough, row.minimum_from) == (3, False, date(2026, 2, 1))
    RegulationFactory.create(
        agency=agency, minimum_administrators=2, issued_on=date(2026, 1, 1), in_force_from=date(2026, 3, 1)
    )
    row = compared(account)
    assert (row.minimum, row.enough, row.minimum_from) == (2, True, date(2026, 3, 1))


def test_a_portal_recorded_above_makes_its_domain_official(
    account: Account, agency: Agency, province: Agency
):
    say(account, agency, contact_email="a@tinhmot.vn", portal_url="https://soyte.tinhmot.vn/mxh")
    row = compared(account)
    assert (row.contact, row.portal) == (PageContact.EMAIL_ELSEWHERE, PortalVerdict.ELSEWHERE)
    services.amend_agency(agency=province, by=None, portal_url="https://www.tinhmot.vn")
    row = compared(account)
    assert (row.contact, row.portal) == (PageContact.GIVEN, PortalVerdict.RECORDED)


def test_the_name_follows_what_the_agency_is_called(account: Account, agency: Agency):
    say(account, agency)
    assert compared(account).name_verdict == AgencyVerdict.CURRENT
    services.amend_agency(agency=agency, by=None, name="Sở Sức khỏe", former_names=["Sở Y tế"])
    assert compared(account).name_verdict == AgencyVerdict.FORMER
    services.amend_agency(agency=agency, by=None, aliases=["Sở Y tế"], former_names=[])
    assert compared(account).name_verdict == AgencyVerdict.ALIAS


def test_a_page_under_review_has_a_row_of_its_own(account: Account, agency: Agency):
    say(account, agency)
    facts = services.state_page(account=account, agency=agency, name_shown="Mới", administrators=[], by=None)
    services.propose(facts=facts)
    with transaction.atomic():
        while refresh_marked():
            pass
    rows = PageComparison.objects.filter(account=account).order_by("standing")
    assert [row.standing for row in rows] == [StandingCode.DRAFT, StandingCode.CONFIRMED]
    assert pages_between(account.pk, account.pk + 1) == {account.pk}


def test_what_is_no_page_any_more_has_no_row(account: Account, agency: Agency):
    say(account, agency)
    compared(account)
    services.close(account=account, by=None)
    with transaction.atomic():
        while refresh_marked():
            pass
    assert not PageComparison.objects.exists()
    person = services.account_for(link=recognise("https://www.tiktok.com/@nguoi"), by=None)
    facts = services.state_facts(account=person, official=OfficialFactory.create(), by=None)
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    with transaction.atomic():
        assert refresh_pages([person.pk]) == 0
