"""Looking at agencies' pages: a real register, real servers; and nobody's own account, ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts import services as book
from accounts.models import Account
from registry.evidence import services
from registry.evidence.causes import Cause
from registry.evidence.models import Direction, How, Result, Watch
from registry.evidence.selectors import history, last_seen
from registry.settings.schedule import SCHEDULE
from tests.registry.evidence.looked import PAGE, PORTAL, TO_PAGE, TO_PORTAL, enter, look_again, seen
from tests.registry.evidence.world import Answer, World, answer, moved
from tests.registry.people import Country

pytestmark = pytest.mark.django_db


def test_look_sees_the_links_both_ways(page: Account, world: World):
    assert services.look() == 1
    portal, own = seen(page), seen(page, Direction.FROM_PAGE)
    assert (portal.result, portal.how, portal.cause) == (Result.LINKED, How.REL_ME, "")
    assert portal.found == "https://telegram.me/soytetinhmot"
    assert (portal.asked_url, portal.final_url) == ("https://soyte.tinhmot.gov.vn/mang-xa-hoi",) * 2
    assert (portal.final_address, portal.status) == ("127.0.0.1", 200)
    assert (own.result, own.how) == (Result.LINKED, How.LINK)
    assert own.final_url == "https://t.me/soytetinhmot"
    assert services.look() == 0  # not due again for days
    assert Watch.objects.get().due_at > timezone.now() + timedelta(days=6)
    assert {host for host, _path in world.asked} == {"soyte.tinhmot.gov.vn", "t.me"}


def test_look_says_not_linked_only_of_a_page_it_read(page: Account, world: World):
    world.pages[PORTAL] = answer('<a href="https://t.me/soytetinhmot_official">')
    services.look()
    assert (seen(page).result, seen(page).cause) == (Result.NOT_LINKED, "")


@pytest.mark.parametrize(
    ("shown", "cause"),
    [
        (answer("", status=401), Cause.LOGIN_WALL),
        (answer("", status=403), Cause.BLOCKED),
        (answer("", status=429), Cause.BLOCKED),
        (answer("", status=999), Cause.BLOCKED),
        (answer("", status=404), Cause.NOT_FOUND),
        (answer("", status=410), Cause.NOT_FOUND),
        (answer("", status=503), Cause.SITE_FAULT),
        (answer("%PDF", Content_Type="application/pdf"), Cause.NOT_A_PAGE),
        (answer("<div id=app></div><script src=/a.js></script>"), Cause.NEEDS_SCRIPT),
        (answer("x" * 3_000_000), Cause.TOO_BIG),
        (answer("x", Content_Encoding="br"), Cause.UNREADABLE),
        (moved("https://soyte.tinhmot.gov.vn:8443/"), Cause.BAD_ADDRESS),
        (moved("http://169.254.169.254/latest/meta-data/"), Cause.ADDRESS_REFUSED),
        (moved("/mang-xa-hoi"), Cause.REDIRECTS),
        (moved("https://t.me/login?next=x"), Cause.LOGIN_WALL),
    ],
)
def test_look_could_not_check_and_why(page: Account, world: World, shown: Answer, cause: Cause):
    world.pages[PORTAL] = shown
    world.pages["t.me", "/login?next=x"] = answer("<input type=password>")
    services.look()
    assert (seen(page).result, seen(page).cause) == (Result.COULD_NOT_CHECK, cause)
    assert (
        seen(page, Direction.FROM_PAGE).result == Result.LINKED
    )  # one direction is none of the other's affair


def test_look_says_nothing_of_another_site_a_portal_was_passed_on_to(page: Account, world: World):
    """A name given up, a portal taken over: whoever has it now is not the agency."""
    world.pages[PORTAL] = moved("http://quang-cao.com/")
    world.pages["quang-cao.com", "/"] = TO_PAGE
    world.pages[PAGE] = moved("http://quang-cao.com/b")
    world.pages["quang-cao.com", "/b"] = TO_PORTAL
    services.look()
    assert {seen(page, each).cause for each in Direction} == {Cause.ELSEWHERE}
    assert seen(page).final_url == "http://quang-cao.com/"


def test_look_portal_passed_on_within_the_states_domains_is_read(page: Account, world: World):
    world.pages[PORTAL] = moved("https://tinhmot.gov.vn/soyte")
    world.pages["tinhmot.gov.vn", "/soyte"] = TO_PAGE
    services.look()
    assert seen(page).result == Result.LINKED


def test_look_login_wall_of_a_platform_without_a_redirect(page: Account, world: World):
    world.pages[PAGE] = answer('<form><input type="password"></form><a href="/help">help</a>')
    services.look()
    assert seen(page, Direction.FROM_PAGE).cause == Cause.LOGIN_WALL


def test_look_portal_with_a_sign_in_of_its_own_is_read(page: Account, world: World):
    world.pages[PORTAL] = answer('<form><input type="password"></form><a href="/tin">tin</a>')
    services.look()
    assert seen(page).result == Result.NOT_LINKED


def test_look_facebook_is_one_direction(country: Country, world: World):
    world.pages[PORTAL] = answer('<a href="https://fb.com/soyte.tinhmot">')
    world.pages["www.facebook.com", "/robots.txt"] = answer(
        "User-agent: *\nDisallow: /", Content_Type="text/plain"
    )
    page = enter(country, "https://www.facebook.com/soyte.tinhmot")
    services.look()
    assert seen(page).result == Result.LINKED
    assert (seen(page, Direction.FROM_PAGE).result, seen(page, Direction.FROM_PAGE).cause) == (
        Result.COULD_NOT_CHECK, Cause.ROBOTS
    )  # fmt: skip
    assert [path for host, path in world.asked if host == "www.facebook.com"] == ["/robots.txt"]


def test_look_could_not_check_leaves_what_is_known_standing_with_its_age(page: Account, world: World):
    services.look()
    first = seen(page)
    world.pages[PORTAL] = answer("", status=503)
    look_again()
    both = last_seen([page.pk])[page.pk][Direction.FROM_PORTAL]
    assert both.known == first
    assert both.last is not None
    assert both.last.cause == Cause.SITE_FAULT
    assert both.last.seen_at > first.seen_at
    assert history(page.pk).count() == 4
    assert Watch.objects.get().due_at < timezone.now() + timedelta(days=2)  # tried again soon


def test_look_without_a_portal_opens_nothing(country: Country, world: World):
    page = enter(country, portal_url="")
    services.look()
    assert {seen(page, each).cause for each in Direction} == {Cause.NO_PORTAL}
    assert world.asked == []


def test_look_takes_the_portal_of_the_agency_where_the_page_names_none(country: Country, world: World):
    book.amend_agency(agency=country.health, by=None, portal_url="soyte.tinhmot.gov.vn")
    world.pages["soyte.tinhmot.gov.vn", "/"] = TO_PAGE
    page = enter(country, portal_url="")
    services.look()
    assert seen(page).result == Result.LINKED


def test_look_portal_of_somebody_else_says_nothing(country: Country, world: World):
    """What was the agency's portal when the page was declared, and is anybody's now, is no portal."""
    book.amend_agency(agency=country.health, by=None, portal_url="https://soyte-tinhmot.com/")
    page = enter(country, portal_url="https://soyte-tinhmot.com/")
    book.amend_agency(agency=country.health, by=None, portal_url="https://soyte.tinhmot.gov.vn/")
    services.look()
    assert {seen(page, each).cause for each in Direction} == {Cause.FOREIGN_PORTAL}
    assert world.asked == []


def test_look_portal_of_another_agency_says_nothing_though_it_is_the_states(country: Country, world: World):
    """Only the agency's own portal, or one of those above it, can say which pages are the agency's."""
    page = enter(country, portal_url="https://tinhhai.gov.vn/mang-xa-hoi")
    services.look()
    assert {seen(page, each).cause for each in Direction} == {Cause.FOREIGN_PORTAL}
    assert world.asked == []
    book.amend_agency(agency=country.health, by=None, portal_url="https://tinhhai.gov.vn/")
    world.pages["tinhhai.gov.vn", "/mang-xa-hoi"] = TO_PAGE
    look_again()
    assert seen(page).result == Result.LINKED


def test_look_page_on_the_portal_itself_has_no_two_sides(country: Country, world: World):
    page = enter(country, "https://soyte.tinhmot.gov.vn/", portal_url="https://www.soyte.tinhmot.gov.vn/a")
    services.look()
    assert {seen(page, each).cause for each in Direction} == {Cause.SAME_SITE}
    assert world.asked == []


def test_look_sends_nothing_without_a_contact(page: Account, world: World, settings: Any):
    settings.OUTGOING_CONTACT = ""
    assert services.look() == 0
    assert not services.look_at(account_id=page.pk)
    assert world.asked == []


def test_look_is_bounded_per_run(country: Country, world: World):
    for number in range(3):
        enter(country, f"https://t.me/soytetinhmot{number}", portal_url="")
    assert services.look(limit=2) == 2
    assert services.look(seconds=0) == 0
    assert services.look() == 1
    assert world.asked == []


def test_look_puts_off_what_is_busy(page: Account, world: World):
    world.pages["t.me", "/robots.txt"] = answer("User-agent: *\nCrawl-delay: 25", Content_Type="text/plain")
    services.look()
    look_again()
    watch = Watch.objects.get()
    assert watch.token is None
    assert timezone.now() < watch.due_at < timezone.now() + timedelta(minutes=2)
    assert history(page.pk).count() == 2  # of the first look; the second wrote nothing


def test_look_is_in_the_schedule():
    assert SCHEDULE["pages-looked-at"]["task"] == "evidence.look"
