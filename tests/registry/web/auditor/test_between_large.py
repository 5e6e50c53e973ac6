"""Two days of a large branch: asked for, counted by a worker in pieces, told meanwhile, kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from registry.exports.selectors import branches_at, instant_of
from registry.findings import between, comparing
from registry.findings.models import DaysCompared
from registry.findings.selectors import Compared, Sides, compare_instants, is_large
from registry.findings.services import compare, erase_comparisons, resume_comparisons
from registry.users.models import Role, User
from tests.factories import AgencyFactory, OfficialFactory, RoleGrantFactory, UserFactory
from tests.registry.exports.conftest import Audited, judge

pytestmark = pytest.mark.django_db

ADDRESS, COUNT = reverse("auditor:between"), reverse("auditor:between_count")
DAY = timedelta(days=1)
State = DaysCompared.State


@pytest.fixture
def large(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> Audited:
    """Whoever has more than one person or agency is large, and counted agency by agency."""
    monkeypatch.setattr(between, "PIECE", 1)
    for number in range(3):
        ward = AgencyFactory.create(parent=audited.health, name=f"Trạm {number}", code=f"TRAM-{number}")
        OfficialFactory.create(agency=ward, full_name=f"Lê {number}")
    judge()
    return audited


def sides_of(audited: Audited, then: object, now: object) -> Sides:
    path = [audited.health.records.current().get().path]
    return Sides(branches_at(path, then), branches_at(path, now), then, now, audited.health.pk)  # type: ignore[arg-type]


def days(first: int = 30, second: int = 0) -> dict[str, str]:
    """So many days ago."""
    today = timezone.localdate()
    return {"first": (today - first * DAY).isoformat(), "second": (today - second * DAY).isoformat()}


@contextmanager
def another_worker(comparison: DaysCompared) -> Iterator[None]:
    """A worker on a connection of its own has it."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [comparing.LOCK, comparison.pk])
            yield
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [comparing.LOCK, comparison.pk])
    finally:
        own.close()


def test_pieces_cut_the_branch_and_add_up_to_the_whole(large: Audited):
    with time_machine.travel(timezone.now() + DAY):
        book.amend_official(official=large.lan, by=None, full_name="Mẹ Bắp")
        judge()
    sides = sides_of(large, timezone.now(), timezone.now() + 2 * DAY)
    size, cuts = between.pieces(sides)
    assert size == 4 + 6
    assert len(cuts) == 3
    assert is_large(sides)
    whole = compare_instants(sides)
    parts = [
        compare_instants(sides, after=after, before=before)
        for after, before in zip(["", *cuts], [*cuts, ""], strict=True)
    ]
    assert sum(parts, Compared()) == whole
    assert whole.together.resolved > 0
    assert sum(bool(part.together) for part in parts) == 4


@pytest.mark.usefixtures("large")
def test_page_of_a_large_branch_offers_to_count_and_counts_nothing(auditor: Client):
    answer = auditor.get(ADDRESS)
    page = answer.content.decode()
    assert "compared" not in answer.context
    assert f'action="{COUNT}"' in page
    assert not DaysCompared.objects.exists()


@pytest.mark.usefixtures("large")
def test_page_of_a_small_unit_of_it_counts_at_once(auditor: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(between, "PIECE", 2)
    assert auditor.get(ADDRESS, {"agency": "TRAM-1"}).context["compared"].together.now > 0
    assert "compared" not in auditor.get(ADDRESS).context


def test_two_days_asked_for_are_told_while_they_wait_and_shown_when_made(large: Audited, auditor: Client):
    answer = auditor.post(COUNT, days())
    assert answer.status_code == 302
    page = auditor.get(answer["Location"])
    kept = DaysCompared.objects.get()
    assert (page.context["progress"].percent, len(kept.cuts)) == (0, 3)
    assert "<progress" in page.content.decode()
    piece = auditor.get(answer["Location"], headers={"HX-Request": "true"})
    assert "HX-Refresh" not in piece.headers
    assert "<h1" not in piece.content.decode()

    compare(kept.pk)
    compare(kept.pk)  # nothing more happens
    kept.refresh_from_db()
    assert (kept.state, kept.done, kept.attempts) == (State.MADE, 4, 1)
    assert auditor.get(answer["Location"], headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = auditor.get(answer["Location"])
    assert page.context["compared"] == compare_instants(sides_of(large, kept.then, kept.now))
    assert page.context["compared"].together.now > 0
    assert len(page.context["units"]) == 4
    assert page.context["now"] == kept.now
    assert f'action="{COUNT}"' in page.content.decode()  # today goes on


def test_days_that_are_over_are_counted_once_and_for_all(large: Audited, signed_in: Callable[[User], Client]):
    with time_machine.travel(timezone.now() + 2 * DAY):
        browser = signed_in(large.auditor)
        asked = days(second=1)
        browser.post(COUNT, asked)
        kept = DaysCompared.objects.get()
        assert kept.now == instant_of(timezone.localdate() - DAY)
        compare(kept.pk)
        page = browser.get(ADDRESS, asked)
        assert page.context["is_over"]
        assert page.context["compared"].together.now > 0
        assert f'action="{COUNT}"' not in page.content.decode()
        assert "compared" not in browser.get(ADDRESS, days(first=29, second=1)).context  # another pair
    with time_machine.travel(timezone.now() + 9 * DAY):
        browser = signed_in(large.auditor)
        assert browser.get(ADDRESS, asked).context["compared"] == page.context["compared"]


def test_what_was_counted_during_a_day_does_not_stand_for_its_end(
    large: Audited, signed_in: Callable[[User], Client]
):
    asked = days()
    signed_in(large.auditor).post(COUNT, asked)
    compare(DaysCompared.objects.get().pk)
    with time_machine.travel(timezone.now() + DAY):
        assert "compared" not in signed_in(large.auditor).get(ADDRESS, asked).context


@pytest.mark.usefixtures("large")
def test_who_asks_while_others_wait_waits_with_them(auditor: Client):
    auditor.post(COUNT, days())
    auditor.post(COUNT, days())
    auditor.post(COUNT, days(second=1))
    assert DaysCompared.objects.count() == 2
    compare(DaysCompared.objects.earliest("pk").pk)
    auditor.post(COUNT, days())  # again, when it is made
    assert DaysCompared.objects.count() == 3


@pytest.mark.usefixtures("large")
def test_one_comparison_waits_at_a_time(auditor: Client):
    auditor.post(COUNT, days())
    row = DaysCompared.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="dayscompared_once"), transaction.atomic():
        row.save(force_insert=True)


def test_what_one_sees_is_of_ones_own_branches(large: Audited, signed_in: Callable[[User], Client]):
    signed_in(large.auditor).post(COUNT, days())
    compare(DaysCompared.objects.get().pk)
    above = UserFactory.create(username="thanhtra.tinh")
    RoleGrantFactory.create(user=above, role=Role.AUDITOR, agency=large.province)
    browser = signed_in(above)
    assert browser.get(ADDRESS, {"agency": "TINH-1-YT", **days()}).context["compared"].together.now > 0
    assert "compared" not in browser.get(ADDRESS, days()).context  # the province is another branch
    foreign = signed_in(large.stranger)
    assert foreign.post(COUNT, {"agency": "TINH-1-YT", **days()}).status_code == 404
    assert foreign.get(ADDRESS, {"agency": "TINH-1-YT", **days()}).status_code == 404
    assert DaysCompared.objects.count() == 1


def test_compare_goes_on_where_a_worker_broke_off(
    large: Audited, auditor: Client, monkeypatch: pytest.MonkeyPatch
):
    auditor.post(COUNT, days())
    kept = DaysCompared.objects.get()
    begun: list[str] = []

    def breaks(sides: Sides, *, after: str = "", before: str = "") -> Compared:
        begun.append(after)
        if len(begun) == 3:
            raise ZeroDivisionError
        return compare_instants(sides, after=after, before=before)

    monkeypatch.setattr(comparing, "compare_instants", breaks)
    with pytest.raises(ZeroDivisionError):
        compare(kept.pk)
    kept.refresh_from_db()
    assert (kept.state, kept.done) == (State.WAITING, 2)
    assert auditor.get(ADDRESS).context["progress"].percent == 50
    assert resume_comparisons() == 1
    compare(kept.pk)
    kept.refresh_from_db()
    assert (kept.state, kept.done, kept.attempts) == (State.MADE, 4, 2)
    assert begun == ["", *kept.cuts[:2], *kept.cuts[1:]]  # no piece twice, but the one it broke off in
    assert comparing.compared_of(kept) == compare_instants(sides_of(large, kept.then, kept.now))


@pytest.mark.usefixtures("large")
def test_compare_that_breaks_off_again_and_again_is_given_up_and_told(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
):
    auditor.post(COUNT, days())
    kept = DaysCompared.objects.get()

    def broken(*_sides: object, **_piece: str) -> Compared:
        raise ZeroDivisionError

    monkeypatch.setattr(comparing, "compare_instants", broken)
    for _time in range(comparing.MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            compare(kept.pk)
    compare(kept.pk)
    kept.refresh_from_db()
    assert kept.state == State.FAILED
    assert resume_comparisons() == 0
    page = auditor.get(ADDRESS)
    assert 'role="alert"' in page.content.decode()
    assert f'action="{COUNT}"' in page.content.decode()  # ask again


@pytest.mark.usefixtures("large")
def test_compare_leaves_what_another_worker_has(auditor: Client):
    auditor.post(COUNT, days())
    kept = DaysCompared.objects.get()
    with another_worker(kept):
        compare(kept.pk)
        assert resume_comparisons() == 0
        assert comparing.is_being_counted(kept)
    kept.refresh_from_db()
    assert (kept.state, kept.attempts) == (State.WAITING, 0)
    assert resume_comparisons() == 1


@pytest.mark.usefixtures("large")
def test_comparisons_are_erased_after_a_while(auditor: Client):
    auditor.post(COUNT, days())
    assert erase_comparisons() == 0
    with time_machine.travel(timezone.now() + comparing.KEEP + DAY):
        assert erase_comparisons() == 1


@pytest.mark.parametrize("query", [{"first": "x"}, {"first": "2026-01-03", "second": "2026-01-02"}])
def test_count_of_bad_days_is_refused_at_the_field(auditor: Client, query: dict[str, str]):
    answer = auditor.post(COUNT, query)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["first"]


def test_page_asks_as_much_of_a_large_branch_as_of_a_larger(large: Audited, auditor: Client):
    auditor.post(COUNT, days())
    compare(DaysCompared.objects.get().pk)
    with CaptureQueriesContext(connection) as few:
        auditor.get(ADDRESS)
    for number in range(5):
        unit = AgencyFactory.create(parent=large.health, name=f"Trạm lớn {number}")
        OfficialFactory.create(agency=unit)
    judge()
    auditor.post(COUNT, days())
    compare(DaysCompared.objects.latest("pk").pk)
    with CaptureQueriesContext(connection) as many:
        page = auditor.get(ADDRESS)
    assert len(page.context["units"]) == 9
    assert len(many) == len(few)
