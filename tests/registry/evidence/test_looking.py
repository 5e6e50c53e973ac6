"""Looking at agencies' pages: a real register, real servers; and nobody's own account, ever."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts import services as book
from accounts.models import Account
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotFoundError
from registry.declarations import services as declarations
from registry.evidence import looking, queue, services
from registry.evidence.causes import Cause
from registry.evidence.models import Direction, How, Result, Sighting, Watch
from registry.evidence.selectors import history, last_seen
from registry.settings.schedule import SCHEDULE
from tests.factories import AccountFactory, EntryFactory, OfficialFactory
from tests.registry.evidence.world import Answer, World, answer, moved
from tests.registry.pages import put_forward, said
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db

PORTAL = ("soyte.tinhmot.gov.vn", "/mang-xa-hoi")
PAGE = ("t.me", "/soytetinhmot")
LINK = "https://t.me/SoYteTinhMot"
TO_PAGE = answer('<a href="tg://x"></a><a rel="me" href="https://telegram.me/soytetinhmot">Telegram</a>')
TO_PORTAL = answer('<p>Sở Y tế</p><a href="http://www.soyte.tinhmot.gov.vn/">soyte.tinhmot.gov.vn</a>')


@pytest.fixture
def country() -> Country:
    return make_country()


def enter(country: Country, link: str = LINK, **changes: Any) -> Account:
    """An agency's page, declared by one officer and approved by another."""
    what = said(responsible=None, administrators=[], responsible_role="", **changes)
    declared = put_forward(country.health, what, by=country.hr, link=link)
    declarations.approve_page(declaration=declared, by=country.hr2)
    return declared.account


@pytest.fixture
def page(country: Country, world: World) -> Account:
    """A page and its portal, each linking to the other."""
    world.pages[PORTAL] = TO_PAGE
    world.pages[PAGE] = TO_PORTAL
    return enter(country)


def seen(page: Account, direction: Direction = Direction.FROM_PORTAL) -> Sighting:
    """What was last seen."""
    last = last_seen([page.pk])[page.pk][direction].last
    assert last is not None
    return last


def look_again() -> None:
    Watch.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    services.look()


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


# --- the queue


def test_claim_goes_to_one_worker_and_comes_back_when_that_dies(page: Account):
    queue.enrol()
    first = queue.claim()
    assert first is not None
    assert queue.claim() is None
    Watch.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = queue.claim(page.pk)
    assert second is not None
    assert (second.account, second.attempts) == (page.pk, 2)
    assert not queue.finish(first, [])  # the late worker is a stranger
    assert Watch.objects.get().token == second.token


def test_look_at_a_page_that_breaks_workers_is_told_at_last(page: Account, world: World):
    queue.enrol()
    Watch.objects.update(attempts=queue.MAX_ATTEMPTS)
    services.look()
    assert {seen(page, each).cause for each in Direction} == {Cause.BROKE_OFF}
    assert world.asked == []
    assert Watch.objects.get().attempts == 0


def test_look_goes_on_after_a_fault_of_its_own(
    country: Country, page: Account, monkeypatch: pytest.MonkeyPatch
):
    other = enter(country, "https://t.me/soytetinhmot2", portal_url="")
    real = looking.look_both_ways

    def faulty(pair: Any) -> list[Sighting]:
        if pair.account == page.pk:
            raise ZeroDivisionError
        return real(pair)

    monkeypatch.setattr(services, "look_both_ways", faulty)
    assert services.look() == 2
    assert history(other.pk).count() == 2
    assert not history(page.pk).exists()
    assert Watch.objects.get(account=page).attempts == 1


def test_look_at_page_closed_meanwhile_keeps_nothing(
    page: Account, country: Country, monkeypatch: pytest.MonkeyPatch
):
    real = looking.look_both_ways

    def slow(pair: Any) -> list[Sighting]:
        found = real(pair)
        closing = declarations.ask_to_close_page(account=page, by=country.hr)
        declarations.approve_page(declaration=closing, by=country.hr2)
        return found

    monkeypatch.setattr(services, "look_both_ways", slow)
    services.look()
    assert not history(page.pk).exists()
    services.look()
    assert not Watch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_look_by_two_workers_looks_once(page: Account, world: World):
    def work() -> None:
        try:
            services.look()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _each in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert history(page.pk).count() == 2
    assert world.asked.count(PORTAL) == 1


# --- nobody's own account


def canary(country: Country, link: str) -> Account:
    """A staff member's account, entered and confirmed."""
    official = OfficialFactory.create(agency=country.health)
    account = AccountFactory.create(url=link)
    EntryFactory.create(facts__account=account, facts__official=official)
    assert account.ownerships.get().official == official
    return account


def test_look_never_opens_a_persons_account(country: Country, page: Account, world: World):
    canaries = [canary(country, f"https://t.me/canbo_canary{number}") for number in range(3)]
    world.pages[PORTAL] = answer('<a href="https://t.me/canbo_canary1">lãnh đạo</a>')
    services.look()
    for each in canaries:
        assert not services.look_at(account_id=each.pk)
        with pytest.raises(NotFoundError):
            services.ask(account=each, by=country.hr)
    assert [path for _host, path in world.asked if "canary" in path] == []
    assert set(Watch.objects.values_list("account", flat=True)) == {page.pk}
    assert set(Sighting.objects.values_list("account", flat=True)) == {page.pk}
    assert not Sighting.objects.filter(found__contains="canary").exists()
    assert "canary" not in str(list(Sighting.objects.values()))


def test_database_refuses_rows_about_a_persons_account(country: Country):
    account = canary(country, "https://t.me/canbo_canary")
    facts = {"direction": Direction.FROM_PAGE, "result": Result.COULD_NOT_CHECK, "cause": Cause.TIMEOUT}
    for make in (
        lambda: Watch.objects.create(account=account),
        lambda: Sighting.objects.create(account=account, **facts),
    ):
        with pytest.raises(IntegrityError, match="only pages that agencies own"), transaction.atomic():
            make()


def test_watch_of_a_page_that_became_a_persons_is_left(page: Account, country: Country, world: World):
    """The queue may still hold it; what is opened is decided by whose it is now."""
    queue.enrol()
    closing = declarations.ask_to_close_page(account=page, by=country.hr)
    declarations.approve_page(declaration=closing, by=country.hr2)
    page.ownerships.create(official=country.lan, recorded_from=timezone.now())
    assert not services.look_at(account_id=page.pk)
    assert world.asked == []
    assert not Watch.objects.exists()


@pytest.mark.usefixtures("page")
def test_sighting_is_never_rewritten():
    services.look()
    for act in (
        lambda: Sighting.objects.update(result=Result.LINKED),
        lambda: Sighting.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize(
    "facts",
    [
        {"result": Result.COULD_NOT_CHECK, "cause": ""},
        {"result": Result.NOT_LINKED, "cause": Cause.TIMEOUT, "final_url": "https://t.me/x"},
        {"result": Result.LINKED, "how": "", "found": "", "final_url": "https://t.me/x"},
        {"result": Result.NOT_LINKED, "how": How.LINK, "found": "x", "final_url": "https://t.me/x"},
        {"result": Result.NOT_LINKED, "final_url": ""},
    ],
)
def test_sighting_that_contradicts_itself_is_refused(page: Account, facts: dict[str, Any]):
    with pytest.raises(IntegrityError), transaction.atomic():
        Sighting.objects.create(account=page, direction=Direction.FROM_PAGE, **facts)


# --- asking


def test_ask_makes_it_due_rings_and_is_written_down(
    page: Account, country: Country, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
):
    services.look()
    rung: list[Any] = []
    monkeypatch.setattr(
        "common.bell.current_app.send_task", lambda task, args, **_options: rung.append((task, args))
    )
    with django_capture_on_commit_callbacks(execute=True):
        services.ask(account=page, by=country.hr)
        assert rung == []
    assert rung == [("evidence.look_at", (page.pk,))]
    event = AuditEvent.objects.get(act="page.look_asked")
    assert (event.actor_id, event.subject_id) == (country.hr.pk, page.pk)
    assert services.look_at(account_id=page.pk)
    assert history(page.pk).count() == 4


def test_ask_again_too_soon_is_refused(page: Account, country: Country):
    services.ask(account=page, by=country.hr)
    with pytest.raises(ConflictError) as caught:
        services.ask(account=page, by=country.hr2)
    assert caught.value.code == "asked_lately"
    Watch.objects.update(asked_at=timezone.now() - services.ASK_AGAIN)
    services.ask(account=page, by=country.hr2)


def test_ask_where_nothing_is_sent_says_so(page: Account, country: Country, settings: Any):
    settings.OUTGOING_CONTACT = ""
    with pytest.raises(ConflictError) as caught:
        services.ask(account=page, by=country.hr)
    assert caught.value.code == "nothing_sent"
    assert not Watch.objects.exists()


def test_last_seen_asks_twice_however_many_pages(
    country: Country, page: Account, django_assert_num_queries: Any
):
    others = [enter(country, f"https://t.me/soytetinhmot{number}", portal_url="") for number in range(3)]
    services.look()
    with django_assert_num_queries(2):
        found = last_seen([page.pk, *(each.pk for each in others)])
    assert found[page.pk][Direction.FROM_PORTAL].known is not None
    assert found[others[0].pk][Direction.FROM_PORTAL].known is None
