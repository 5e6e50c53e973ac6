"""What HR reads of the looks at the portal and the page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account
from registry.declarations.services import approve_page
from registry.evidence.causes import Cause
from registry.evidence.models import Direction, How, Result, Sighting, Watch
from registry.users.models import User
from tests.registry.pages import put_forward, said
from tests.registry.people import Country

PORTAL = "https://soyte.tinhmot.gov.vn/mang-xa-hoi"


@pytest.fixture
def page(country: Country) -> Account:
    """A page that stands."""
    what = said(responsible=country.lan, administrators=[country.lan])
    return approve_page(declaration=put_forward(country.health, what, by=country.hr), by=country.hr2).account


@pytest.fixture
def hr(country: Country, signed_in: Callable[[User], Client]) -> Client:
    """The officer's browser, in English."""
    browser = signed_in(country.hr)
    browser.cookies["django_language"] = "en"
    return browser


def saw(page: Account, direction: Direction, result: Result, *, days_ago: int = 0, **facts: Any) -> Sighting:
    """A look of some days ago."""
    seen_at = timezone.now() - timedelta(days=days_ago)
    asked = {"asked_url": PORTAL, "final_url": PORTAL, "status": 200} | facts
    return Sighting.objects.create(account=page, direction=direction, result=result, seen_at=seen_at, **asked)


def shown(browser: Client, page: Account) -> str:
    answer = browser.get(reverse("reviewer:page_seen", args=[page.public_id]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_seen_before_anybody_looked(hr: Client, page: Account):
    told = shown(hr, page)
    assert told.count("No look so far") == 2
    assert "Nobody has looked yet" in told


def test_seen_says_what_was_seen_where_and_how_old_it_is(hr: Client, page: Account):
    link = "https://facebook.com/soyte.tinhmot"
    saw(page, Direction.FROM_PORTAL, Result.LINKED, days_ago=3, how=How.REL_ME, found=link)
    told = shown(hr, page)
    assert "Linked" in told
    assert "3 days ago" in told
    assert PORTAL in told
    assert link in told
    assert "rel=me" in told


def test_seen_could_not_check_leaves_the_last_result_with_its_age(hr: Client, page: Account):
    link = "https://facebook.com/soyte.tinhmot"
    saw(page, Direction.FROM_PORTAL, Result.LINKED, days_ago=9, how=How.LINK, found=link)
    saw(page, Direction.FROM_PORTAL, Result.COULD_NOT_CHECK, days_ago=2, cause=Cause.TIMEOUT)
    saw(page, Direction.FROM_PAGE, Result.COULD_NOT_CHECK, days_ago=2, cause=Cause.LOGIN_WALL)
    told = shown(hr, page)
    assert "9 days ago" in told
    assert "2 days ago: The site did not answer in time" in told
    assert "The page is shown only to people who sign in" in told
    assert told.count("That says nothing against the page.") == 2
    assert "No link found" not in told


def test_seen_not_linked_says_what_to_do(hr: Client, page: Account):
    saw(page, Direction.FROM_PORTAL, Result.NOT_LINKED)
    saw(page, Direction.FROM_PAGE, Result.NOT_LINKED)
    told = shown(hr, page)
    assert "Have the portal&#x27;s editors put a link" in told or "Have the portal's editors" in told
    assert "into the page&#x27;s introduction" in told or "into the page's introduction" in told


def test_seen_never_draws_what_a_portal_wrote_as_html(hr: Client, page: Account):
    link = "https://facebook.com/soyte.tinhmot?<script>alert(1)</script>"
    saw(page, Direction.FROM_PORTAL, Result.LINKED, how=How.LINK, found=link)
    assert "<script>alert" not in shown(hr, page)


def test_seen_history_is_paged(hr: Client, page: Account):
    for _each in range(25):
        saw(page, Direction.FROM_PORTAL, Result.NOT_LINKED)
    told = shown(hr, page)
    assert told.count("HTTP 200") == 20
    assert "Next page" in told


def test_seen_asks_the_same_number_of_questions_however_long_the_history(
    hr: Client, page: Account, django_assert_max_num_queries: Any
):
    address = reverse("reviewer:page_seen", args=[page.public_id])
    hr.get(address)
    for _each in range(15):
        saw(page, Direction.FROM_PORTAL, Result.NOT_LINKED)
    with django_assert_max_num_queries(15):
        hr.get(address)


def test_look_asks_and_a_second_time_is_refused(hr: Client, page: Account):
    address = reverse("reviewer:page_look", args=[page.public_id])
    assert "within a minute or two" in hr.post(address, follow=True).content.decode()
    assert Watch.objects.get().asked_at is not None
    assert "less than ten minutes ago" in hr.post(address, follow=True).content.decode()


def test_look_where_nothing_is_sent_says_so(hr: Client, page: Account, settings: Any):
    settings.OUTGOING_CONTACT = ""
    answer = hr.post(reverse("reviewer:page_look", args=[page.public_id]), follow=True)
    assert "opens no outside pages" in answer.content.decode()


def test_look_at_a_page_of_another_branch_is_not_there(
    country: Country, page: Account, signed_in: Callable[[User], Client]
):
    other = signed_in(country.hr_elsewhere)
    assert other.get(reverse("reviewer:page_seen", args=[page.public_id])).status_code == 404
    assert other.post(reverse("reviewer:page_look", args=[page.public_id])).status_code == 404
    assert not Watch.objects.exists()
