"""Looks at agencies' pages are claimed, asked for and kept; of nobody's own account, ever."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Account
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotFoundError
from registry.declarations import services as declarations
from registry.evidence import looking, queue, services
from registry.evidence.causes import Cause
from registry.evidence.models import Direction, How, Result, Sighting, Watch
from registry.evidence.selectors import history, last_seen
from tests.factories import AccountFactory, EntryFactory, OfficialFactory
from tests.registry.evidence.looked import PORTAL, enter, seen
from tests.registry.evidence.world import World, answer
from tests.registry.people import Country

pytestmark = pytest.mark.django_db


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
