"""Undoing a merger gives pages back that the successor took over, unless it has gone on with them."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import (
    Account,
    Agency,
    Entry,
    Ownership,
    Reorganisation,
    Standing,
    UnitsGo,
)
from accounts.platforms import recognise
from accounts.public_pages import public_pages
from accounts.services.given_back import Stays
from common.audit.models import AuditEvent
from tests.factories import AgencyFactory, OfficialFactory
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return make_country()


def say(account: Account, agency: Agency, name: str) -> Entry:
    """What an agency says of its page, entered."""
    facts = services.state_page(account=account, agency=agency, name_shown=name, administrators=[], by=None)
    return services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)


def page_of(
    agency: Agency, name: str = "Sở Y tế", link: str = "https://www.facebook.com/soyte.tinhmot"
) -> Account:
    account = services.account_for(link=recognise(link), by=None)
    say(account, agency, name)
    return account


def merge(country: Country, units: str = UnitsGo.UNDER) -> Reorganisation:
    today = timezone.localdate()
    return services.merge_agency(
        agency=country.health, successor=country.culture, on=today, number="9/NQ", decided_on=today,
        by=country.hr_province, units=units,
    )  # fmt: skip


def take_over(account: Account, country: Country, name: str = "Sở Văn hóa và Y tế") -> Entry:
    services.transfer(account=account, to=country.culture, by=country.hr_culture)
    return say(account, country.culture, name)


def undo(one: Reorganisation, country: Country) -> None:
    services.undo_merger(reorganisation=one, by=country.hr_province)


def owner_of(account: Account) -> Agency | None:
    return Ownership.objects.current().get(account=account).agency


def test_undo_merger_gives_a_page_back_as_it_stood(country: Country):
    page = page_of(country.health)
    before = Entry.objects.current().get(account=page)
    done = merge(country)
    taken = take_over(page, country)
    (shown,) = services.pages_taken_over(done)
    assert (shown.account, shown.name_shown, shown.former_agency, shown.stays) == (
        page, "Sở Văn hóa và Y tế", country.health.pk, None,
    )  # fmt: skip
    undo(done, country)
    now = Entry.objects.current().get(account=page)
    assert owner_of(page) == country.health
    assert (now.facts, now.standing, now.confirmed_at) == (before.facts, before.standing, before.confirmed_at)
    taken.refresh_from_db()
    assert taken.recorded_until is not None  # what the successor said stays in the history
    (row,) = public_pages()
    assert (row["agency"], row["name_shown"]) == (country.health.pk, "Sở Y tế")
    event = AuditEvent.objects.get(act="account.given_back")
    assert (event.subject_id, event.payload) == (page.pk, {"to_agency": country.health.pk})
    assert AuditEvent.objects.get(act="agency.merger_undone").payload["pages"] == 1
    assert services.pages_taken_over(done) == []


def test_undo_merger_gives_a_page_back_that_was_only_confirmed_since(country: Country):
    page = page_of(country.health)
    done = merge(country)
    services.confirm(entry=take_over(page, country), by=country.hr_culture)
    undo(done, country)
    assert owner_of(page) == country.health


def changed(page: Account, country: Country) -> None:
    say(page, country.culture, "Sở Văn hóa, Y tế và Du lịch")


def under_way(page: Account, country: Country) -> None:
    services.propose(
        facts=services.state_page(
            account=page, agency=country.culture, name_shown="Sở Văn hóa", administrators=[], by=None
        )
    )


@pytest.mark.parametrize(("act", "why"), [(changed, Stays.CHANGED), (under_way, Stays.UNDER_WAY)])
def test_undo_merger_leaves_a_page_the_successor_went_on_with(
    country: Country, act: Callable[[Account, Country], None], why: Stays
):
    page = page_of(country.health)
    other = page_of(country.health, link="https://www.tiktok.com/@soyte.tinhmot")
    done = merge(country)
    take_over(page, country)
    take_over(other, country)
    act(page, country)
    stays = {shown.account: shown.stays for shown in services.pages_taken_over(done)}
    assert stays == {page: why, other: None}
    undo(done, country)
    assert (owner_of(page), owner_of(other)) == (country.culture, country.health)


def test_undo_merger_leaves_what_was_not_taken_over_from_it(country: Country):
    own = page_of(country.culture, link="https://www.facebook.com/sovanhoa")  # the successor's before
    left = page_of(country.health)  # never taken over
    away = page_of(country.health, link="https://www.facebook.com/soyte.khac")
    early = page_of(country.health, link="https://www.facebook.com/soyte.som")
    services.transfer(account=early, to=country.culture, by=None)  # given before the merger
    say(early, country.culture, "Sở Văn hóa")
    done = merge(country)
    services.transfer(account=away, to=country.province, by=None)  # to somebody else
    say(away, country.province, "UBND tỉnh")
    closed = page_of(country.culture, link="https://www.facebook.com/soyte.dong")
    services.close(account=closed, by=None)
    assert services.pages_taken_over(done) == []
    undo(done, country)
    owners = {own: country.culture, left: country.health, away: country.province, early: country.culture}
    assert {page: owner_of(page) for page in owners} == owners


def test_undo_merger_gives_pages_of_units_that_ended_with_it_back_to_them(country: Country):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Một", kind="unit")
    OfficialFactory.create(agency=ward)
    page = page_of(ward, "Phòng Một")
    done = merge(country, UnitsGo.INTO)
    take_over(page, country)
    undo(done, country)
    assert owner_of(page) == ward
