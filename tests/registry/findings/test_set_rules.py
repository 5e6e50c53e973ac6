"""A set rule that kills its worker takes nothing along: not the other verdicts, and not for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from structlog.testing import capture_logs

from accounts import services as book
from accounts.models import Agency, Comparison, Entry
from common.changes.models import ChangeMark
from registry.findings import engine, queue, set_rules
from registry.findings.models import Counter, Episode, Finding, Run, Slice
from registry.findings.selectors import last_confirmed
from registry.findings.services import run_changed, start_sweep, tend, work
from registry.rules.catalogue import catalogue
from registry.rules.rule import Rule, Subject
from tests.accounts.test_two_at_once import beside, in_haste
from tests.factories.comparisons import make_agency, make_official
from tests.registry.findings.test_changed import enter, owner, photo, standing
from tests.registry.findings.test_queue import expire

pytestmark = pytest.mark.django_db

SET_RULES = {each.code for each in catalogue() if each.is_set_rule}


class KilledError(BaseException):
    """What no handler of ours sees: the worker is gone."""


@pytest.fixture
def agency() -> Agency:
    """An agency whose register has been gone over as a whole."""
    agency = make_agency()
    work(run=start_sweep())
    return agency


def swept() -> Run:
    run = start_sweep()
    work(run=run)
    run.refresh_from_db()
    return run


@contextmanager
def deadly() -> Iterator[None]:
    """Whoever judges a set rule dies of it."""

    def kills(rule: Rule, **_asked: Any) -> None:
        raise KilledError(rule.code)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine, "judge_set", kills)
        yield


def die() -> None:
    """Change nothing, try again what waits, and die of it."""
    expire()
    with pytest.raises(KilledError):
        work()


def until_set_aside() -> None:
    """From the first death to the last, and what the scheduler makes of it."""
    for _more in range(queue.MAX_ATTEMPTS - 1):
        die()
    expire()
    tend()


def of_changes() -> list[Slice]:
    """What changed-only runs handed over."""
    return list(Slice.objects.filter(run__kind=Run.Kind.CHANGED).order_by("pk"))


def test_hand_over_names_the_changed_rows_until_they_are_looked_at(agency: Agency):
    picture = photo()
    for _n in range(2):
        enter(make_official(agency), photo=picture)
    with deadly(), pytest.raises(KilledError):
        run_changed()
    (piece,) = of_changes()
    assert (piece.rule, piece.state, len(piece.among or [])) == ("ACC-05", Slice.State.LEASED, 2)
    assert [piece.from_id, piece.to_id - 1] == sorted(piece.among or [])
    expire()
    work()
    piece.refresh_from_db()
    assert (piece.state, piece.among) == (Slice.State.DONE, [])
    assert len(standing("ACC-05")) == 2


def test_hand_over_of_many_rows_names_none(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(set_rules, "WHOLE", 1)
    picture = photo()
    for _n in range(3):
        enter(make_official(agency), photo=picture)
    run_changed()
    assert len(standing("ACC-05")) == 3
    (piece,) = of_changes()
    assert (piece.state, piece.among, piece.subjects) == (Slice.State.DONE, None, 3)


def test_hand_over_when_no_account_changed_cuts_nothing(agency: Agency):
    make_official(agency)
    run = run_changed()
    assert run is not None
    assert (run.state, of_changes()) == (Run.State.DONE, [])


def test_run_changed_counts_what_set_rules_opened(agency: Agency):
    picture = photo()
    first, second = (enter(make_official(agency), photo=picture) for _n in range(2))
    run = run_changed()
    assert run is not None
    assert run.opened == Episode.objects.filter(opened_in=run).count()
    book.close(account=second.account, by=None)
    run = run_changed()
    assert run is not None
    assert standing("ACC-05") == set()
    assert run.resolved == Episode.objects.filter(closed_in=run).count()
    assert first.account_id in {pk for _rule, pk in standing()}


def test_run_changed_when_a_set_rule_kills_its_worker_has_judged_all_else(agency: Agency):
    entry = enter(make_official(agency), name_shown="Mẹ Bắp")
    with deadly():
        with pytest.raises(KilledError):
            run_changed()
        assert ("ACC-02", entry.account_id) in standing()
        assert not ChangeMark.objects.exists()
        # What changes meanwhile is judged, and nobody dies again before the lease is over.
        later = enter(make_official(agency), name_shown="Bố Bắp")
        run = run_changed()
        assert run is not None
        assert run.state == Run.State.RUNNING
        assert ("ACC-02", later.account_id) in standing()
    assert [piece.attempts for piece in of_changes()] == [1, 0]


def test_a_set_rule_that_keeps_killing_is_set_aside_with_all_that_was_handed_over(agency: Agency):
    picture = photo()
    with deadly(), capture_logs() as logs:
        enter(make_official(agency), photo=picture)
        with pytest.raises(KilledError):
            run_changed()
        enter(make_official(agency), photo=picture)
        run_changed()
        until_set_aside()
        assert [(piece.state, piece.attempts) for piece in of_changes()] == [
            (Slice.State.QUARANTINED, queue.MAX_ATTEMPTS),
            (Slice.State.QUARANTINED, 0),
        ]
        ended = Run.objects.filter(kind=Run.Kind.CHANGED).values_list("state", flat=True)
        assert set(ended) == {Run.State.INCOMPLETE}
        # Now the rule is not even tried, and the run says so.
        third = enter(make_official(agency), photo=picture, name_shown="Mẹ Bắp")
        run = run_changed()
        assert run is not None
        assert (run.state, run.broken_rules) == (Run.State.DONE, {"ACC-05": queue.SET_ASIDE})
        assert ("ACC-02", third.account_id) in standing()
        assert len(of_changes()) == 2
    alarms = [line for line in logs if line["log_level"] == "error"]
    assert [(line["event"], line.get("rule") or line.get("rules")) for line in alarms] == [
        ("slice_quarantined", "ACC-05"),
        ("rules_could_not_be_checked", ["ACC-05"]),
    ]
    assert standing("ACC-05") == set()


def test_a_check_of_everything_makes_good_what_was_set_aside(agency: Agency):
    picture = photo()
    entries = [enter(make_official(agency), photo=picture)]
    with deadly():
        with pytest.raises(KilledError):
            run_changed()
        until_set_aside()
        entries += [enter(make_official(agency), photo=picture) for _n in range(2)]
        run_changed()
        sweep = start_sweep()
        with pytest.raises(KilledError):
            work(run=sweep)  # tried again, with attempts of its own
        until_set_aside()
        sweep.refresh_from_db()
        assert sweep.state == Run.State.INCOMPLETE
        assert queue.set_aside() == {"ACC-05"}
    again = swept()
    assert (again.state, queue.set_aside()) == (Run.State.DONE, set())
    assert standing("ACC-05") == {("ACC-05", entry.account_id) for entry in entries}
    assert [piece.state for piece in of_changes()] == [Slice.State.COVERED]
    assert Counter.objects.get(rule="ACC-05").open == 3
    assert Episode.objects.filter(finding__rule="ACC-05").count() == 3
    # From here on changes are looked at as ever, and a sweep needs not.
    enter(owner(entries[0]), entries[0].account, photo=photo())
    run_changed()
    assert len(standing("ACC-05")) == 2
    assert not swept().slices.exclude(rule="").exists()


def test_cover_leaves_what_is_handed_over_after_it_began(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    enter(make_official(agency), photo=photo())
    with deadly(), pytest.raises(KilledError):
        run_changed()
    run = Run.objects.create(kind=Run.Kind.CHANGED, as_of=timezone.localdate())
    whole = Slice.objects.create(run=run, subject=Subject.ACCOUNT, rule="ACC-05")
    before, after = (Slice(run=run, subject=Subject.ACCOUNT, rule="ACC-05", among=[1]) for _n in range(2))
    before.save()
    judged = engine.judge_set

    def meanwhile(rule: Rule, **asked: Any) -> Any:
        if asked["among"] is None:
            after.save()
        return judged(rule, **asked)

    monkeypatch.setattr(engine, "judge_set", meanwhile)
    expire()
    work(2)  # what had died, then the whole
    states = {piece.pk: piece.state for piece in Slice.objects.filter(run=run)}
    assert states == {
        whole.pk: Slice.State.DONE,
        before.pk: Slice.State.COVERED,
        after.pk: Slice.State.WAITING,
    }


@pytest.mark.django_db(transaction=True)
def test_cover_waits_for_batches_that_found_the_rule_set_aside_and_they_do_not_for_each_other():
    run = Run.objects.create(kind=Run.Kind.SWEEP, as_of=timezone.localdate())
    aside, whole = (Slice.objects.create(run=run, subject=Subject.ACCOUNT, rule="ACC-05") for _n in range(2))
    Slice.objects.filter(pk=aside.pk).update(state=Slice.State.QUARANTINED)
    beside(queue.set_aside, queue.set_aside)
    with pytest.raises(OperationalError, match="lock timeout"):
        beside(queue.set_aside, lambda: in_haste(lambda: queue.cover(whole, at=timezone.now())))


@pytest.mark.usefixtures("agency")
def test_close_waits_for_a_run_that_takes_up_marks_still():
    run = Run.objects.create(kind=Run.Kind.CHANGED, as_of=timezone.localdate(), all_cut=False)
    Slice.objects.create(run=run, subject=Subject.ACCOUNT, rule="ACC-05", among=[])
    work()
    run.refresh_from_db()
    assert run.state == Run.State.RUNNING
    Run.objects.filter(pk=run.pk).update(all_cut=True)
    tend()
    run.refresh_from_db()
    assert run.state == Run.State.DONE


def test_run_changed_that_was_taken_for_dead_ends_as_it_ended(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    enter(make_official(agency))
    hand_over = set_rules.hand_over

    def slowly(account_ids: list[int], *, run: Run, **rest: Any) -> None:
        Run.objects.update(started_at=timezone.now() - timedelta(hours=2))
        tend()
        run.refresh_from_db(fields=["state"])
        assert run.state == Run.State.INTERRUPTED
        hand_over(account_ids, run=run, **rest)

    with monkeypatch.context() as patched:
        patched.setattr(set_rules, "hand_over", slowly)
        run = run_changed()
    assert run is not None
    assert (run.state, len(of_changes())) == (Run.State.DONE, 1)


def test_last_confirmed_does_not_count_looks_at_other_rows(agency: Agency):
    picture = photo()
    for _n in range(2):
        enter(make_official(agency), photo=picture)
    run_changed()
    found = Finding.objects.filter(rule="ACC-05").earliest("pk")
    enter(make_official(agency), photo=photo())
    run_changed()
    assert last_confirmed(found) == found.opened_at


def test_a_slice_of_row_rules_names_no_rows():
    run = Run.objects.create(kind=Run.Kind.SWEEP, as_of=timezone.localdate())
    with pytest.raises(IntegrityError, match="slice_among_by_a_rule"), transaction.atomic():
        Slice.objects.create(run=run, subject=Subject.ACCOUNT, among=[1])


def _found_of_two(agency: Agency) -> list[Entry]:
    picture = photo()
    entries = [enter(make_official(agency), photo=picture) for _n in range(2)]
    run_changed()
    assert len(standing("ACC-05")) == 2
    return entries


def test_run_changed_resolves_the_finding_of_whoever_loses_the_counterpart(agency: Agency):
    one, other = _found_of_two(agency)
    enter(owner(one), one.account, photo=photo())

    run = run_changed()

    assert run is not None
    assert standing("ACC-05") == set()
    (piece,) = Slice.objects.filter(run=run, rule="ACC-05")
    rows = Comparison.objects.filter(account__in=[one.account_id, other.account_id])
    assert piece.subjects == rows.count() == 2


def test_run_changed_looks_at_everything_where_a_rule_raises_when_asked(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    one, _other = _found_of_two(agency)
    enter(owner(one), one.account, photo=photo())

    def raising(*_given: object) -> set[int]:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(engine, "counterparts", raising)
        run = run_changed()

    assert run is not None
    assert run.broken_rules == dict.fromkeys(SET_RULES, "RuntimeError")
    assert standing("ACC-05") == set()


def test_counterparts_are_not_asked_while_another_batch_may_have_died_of_it(agency: Agency):
    one, _other = _found_of_two(agency)
    run = Run.objects.create(kind=Run.Kind.CHANGED, as_of=timezone.localdate(), all_cut=False)
    ids = [one.account_id]

    assert set_rules.counterparts(ids, run=run, aside=()) != dict.fromkeys(SET_RULES)
    assert set_rules.counterparts(ids, run=run, aside=SET_RULES) == {}
    Run.objects.create(kind=Run.Kind.CHANGED, as_of=timezone.localdate(), all_cut=False)
    assert set_rules.counterparts(ids, run=run, aside=()) == dict.fromkeys(SET_RULES)
