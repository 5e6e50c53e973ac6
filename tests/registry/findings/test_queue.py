"""Slices under lease: one worker each, a dead worker's slice goes on, a deadly slice is set aside."""

import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from structlog.testing import capture_logs

from accounts.models import Agency
from accounts.names import NameVerdict
from registry.findings import queue, runs, selectors
from registry.findings.models import Counter, Episode, Finding, JudgedRule, Run, Slice
from registry.findings.queue import LeaseLostError, claim, finish
from registry.findings.services import start_sweep, tend, work
from registry.findings.writing import Totals
from registry.rules.rule import Subject
from tests.factories.comparisons import make_agency, make_comparison

DAY = date(2026, 11, 22)


pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return make_agency()


def expire() -> None:
    Slice.objects.filter(state=Slice.State.LEASED).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_claim_gives_a_slice_to_one_worker(agency: Agency):
    make_comparison(agency)
    run = start_sweep(as_of=DAY)
    waiting = run.slices.count()
    taken = [claim(run) for _n in range(waiting)]
    assert all(taken)
    assert claim(run) is None


def test_finish_after_the_lease_went_to_another_worker_is_refused(agency: Agency):
    make_comparison(agency)
    run = start_sweep(as_of=DAY)
    Slice.objects.exclude(rule="").delete()
    slow = claim(run)
    assert slow is not None
    expire()
    quick = claim(run)
    assert quick is not None
    assert (quick.pk, quick.attempts) == (slow.pk, 2)
    with pytest.raises(LeaseLostError), transaction.atomic():
        finish(slow, Totals(), at=timezone.now())
    finish(quick, Totals(), at=timezone.now())
    assert Slice.objects.get(pk=slow.pk).state == Slice.State.DONE


def test_a_slice_that_keeps_failing_is_set_aside_and_the_run_ends_incomplete(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    make_comparison(agency, rival_claims=1)

    def fails(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(runs, "_do_rows", fails)
    run = start_sweep(as_of=DAY)
    with capture_logs() as logs:
        work(run=run)
    run.refresh_from_db()
    assert run.state == Run.State.INCOMPLETE
    aside = Slice.objects.get(state=Slice.State.QUARANTINED)
    assert (aside.attempts, aside.trouble) == (queue.MAX_ATTEMPTS, "RuntimeError")
    alarm = next(line for line in logs if line["event"] == "slice_quarantined")
    assert (alarm["slice"], alarm["log_level"]) == (aside.pk, "error")
    assert not JudgedRule.objects.exists()  # not everything was gone over


def test_start_sweep_by_two_schedulers_is_one_run(agency: Agency):
    make_comparison(agency)
    first = start_sweep(period_key="sweep:2026-11-22", as_of=DAY)
    slices = Slice.objects.count()
    second = start_sweep(period_key="sweep:2026-11-22", as_of=DAY)
    assert first.pk == second.pk
    assert (Run.objects.count(), Slice.objects.count()) == (1, slices)


def test_tend_raises_an_alarm_for_a_run_that_is_late(agency: Agency):
    make_comparison(agency)
    run = start_sweep(as_of=DAY)
    Run.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=2))
    with capture_logs() as logs:
        tend()
    assert [line["run"] for line in logs if line["event"] == "run_overdue"] == [run.pk]
    assert [report.overdue for report in selectors.latest_runs()] == [True]
    work()
    assert [report.overdue for report in selectors.latest_runs()] == [False]


def test_tend_ends_a_changed_run_whose_worker_was_killed():
    run = Run.objects.create(kind=Run.Kind.CHANGED, as_of=DAY, all_cut=False)
    tend()
    run.refresh_from_db()
    assert run.state == Run.State.RUNNING  # it may be taking up marks
    Run.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=2))
    tend()
    run.refresh_from_db()
    assert run.state == Run.State.INTERRUPTED


def test_start_sweep_of_an_empty_register_ends():
    run = start_sweep(as_of=DAY)
    work(run=run)
    run.refresh_from_db()
    assert (run.state, run.subjects) == (Run.State.DONE, 0)


_WORKER = """
import django; django.setup()
from django.db import connection
from registry.findings import queue, runs
done = queue.finish
def dawdle(*args, **kwargs):
    print("written", flush=True)
    import time; time.sleep(60)
queue.finish = dawdle
runs.work()
"""


@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_of_a_slice_loses_nothing_and_doubles_nothing():
    agency = make_agency()
    for _n in range(5):
        make_comparison(agency, rival_claims=1)
    run = start_sweep(as_of=DAY)
    database = settings.DATABASES["default"]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "registry.settings.test",
        "DATABASE_URL": os.environ["DATABASE_URL"].replace("/postgres?", f"/{database['NAME']}?"),
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    script = _WORKER.replace(
        "django.setup()",
        "from django.conf import settings; import os;"
        " settings.DATABASES['default']['NAME'] = os.environ['TEST_DATABASE']; django.setup()",
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "written"  # in its transaction, not committed
        worker.send_signal(signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait()
        worker.stdout.close()  # type: ignore[union-attr]
    assert not Finding.objects.exists()
    assert Slice.objects.filter(run=run, state=Slice.State.LEASED).count() == 1
    expire()
    for _try in range(50):  # the server notices the dead connection at its next read
        work()
        run.refresh_from_db()
        if run.state == Run.State.DONE:
            break
        time.sleep(0.1)
    assert run.state == Run.State.DONE
    assert (Finding.objects.count(), Episode.objects.count()) == (5, 5)
    assert Counter.objects.get().open == 5


def test_work_cuts_a_slice_that_has_much_to_write(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runs, "SLICE_ROWS", 2)
    monkeypatch.setattr(runs, "MANY_CHANGES", 1)
    rows = [make_comparison(agency, name_verdict=NameVerdict.MISSING) for _n in range(3)]
    run = start_sweep(as_of=DAY)
    whole = run.slices.get(subject=Subject.ACCOUNT, rule="")

    work(run=run)

    run.refresh_from_db()
    pieces = list(run.slices.filter(subject=Subject.ACCOUNT, rule="").order_by("from_id"))
    assert (run.state, len(pieces) > 1) == (Run.State.DONE, True)
    assert (pieces[0].pk, pieces[0].from_id, pieces[-1].to_id) == (whole.pk, whole.from_id, whole.to_id)
    assert all(one.to_id == two.from_id for one, two in pairwise(pieces))
    assert {piece.to_id - piece.from_id for piece in pieces[:-1]} == {2}
    found = Finding.objects.filter(rule="ACC-01").values_list("subject_id", flat=True)
    assert sorted(found) == [row.account_id for row in rows]


def test_cut_by_a_worker_that_lost_its_lease_is_refused(agency: Agency):
    make_comparison(agency)
    piece = claim(start_sweep(as_of=DAY))
    assert piece is not None
    Slice.objects.filter(pk=piece.pk).update(token=uuid.uuid4())
    before = Slice.objects.count()

    with pytest.raises(LeaseLostError):
        queue.cut(piece, 1)
    assert Slice.objects.count() == before
