"""Real processes, real kills: each fault is found once, whatever happened on the way.

The database is the queue of record and the broker a bell, so nothing here may lose or double a finding: only
time is lost, and how much is printed.
"""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.stack.launcher import wait_for
from tests.survives.outcome import expected, runs_end, whole
from tests.survives.site import Site

Faults = list[list[object]]
Say = Callable[[str], None]

# Two sweeps at once have one set rule's slice each, and either covers the other's where that only waits.
ASIDE = "SELECT DISTINCT rule, state FROM findings_slice WHERE state NOT IN ('done', 'covered')"
SWEEP = "from registry.findings import services; services.start_sweep()"


# A check of everything as of last night, which knew a rule that has since become deadly.
LAST_NIGHT = """
from django.utils import timezone
from registry.findings import queue, services
from registry.findings.models import JudgedRule
from registry.rules.bindings import fingerprint
from registry.rules.catalogue import rule
today = timezone.localdate()
run = services.start_sweep(period_key=f"sweep:{today}")
run.slices.filter(rule="ACC-98").delete()
services.work(run=run)
JudgedRule.objects.filter(rule="ACC-98").delete()
JudgedRule.objects.create(rule="ACC-98", fingerprint=fingerprint(rule("ACC-98"), today), run=run)
"""
COMPARE = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import AgencyRecord
from registry.findings import services
from registry.findings.selectors import Sides
tops = list(AgencyRecord.objects.current().filter(parent=None).values_list("path", flat=True))
services.ask_comparison(Sides(tops, tops, timezone.now() - timedelta(days=30), timezone.now()))
"""
COMPARED = """
from registry.findings.models import DaysCompared
from registry.findings.selectors import Sides, compare_instants, compared_of
made = DaysCompared.objects.get()
counted, sides = compared_of(made), Sides(made.branches_then, made.branches_now, made.then, made.now)
print(len(made.cuts) > 2, made.attempts, counted.together.opened > 300, counted == compare_instants(sides))
"""
RENAME = """
from accounts import services as book
from accounts.models import Official
for official in Official.objects.order_by("pk")[{first}:{last}]:
    book.amend_official(official=official, by=None, full_name="Người Khác Hẳn")
"""
RENAMED = """
SELECT count(DISTINCT f.official_id) FROM findings_finding f
JOIN accounts_officialrecord r ON r.official_id = f.official_id AND r.recorded_until IS NULL
WHERE f.rule = 'ACC-02' AND f.state = 'open' AND r.full_name = 'Người Khác Hẳn'
"""


def renamed(site: Site) -> int:
    """How many of the renamed are found to show another name than that on record."""
    count = site.ask(RENAMED)[0][0]
    assert isinstance(count, int)
    return count


@contextmanager
def findings_held(site: Site, mode: str = "SHARE ROW EXCLUSIVE") -> Iterator[None]:
    """Workers get stuck in the middle of a slice, where they would write findings (or read them)."""
    connection = site.connect()
    try:
        connection.execute("BEGIN")
        connection.execute(f"LOCK TABLE findings_finding IN {mode} MODE".encode())
        yield
    finally:  # the lock goes with the connection, or went with the server
        connection.close()


def test_worker_killed_mid_slice(site: Site, faults: Faults, say: Say):
    site.worker()
    with findings_held(site):
        site.python(SWEEP)
        victim = site.at_work()
        began = time.monotonic()
        os.kill(victim, signal.SIGKILL)  # one child of the worker; the worker makes another
        wait_for(lambda: not Path(f"/proc/{victim}").exists(), "its end")
    site.beat()
    runs_end(site)
    whole(site, faults, since=began, say=say)


def test_whole_worker_killed(site: Site, faults: Faults, say: Say):
    worker = site.worker()
    with findings_held(site):
        site.python(SWEEP)
        site.at_work()
        began = time.monotonic()
        site.kill(worker)
    site.worker("second")
    site.beat()
    runs_end(site)
    whole(site, faults, since=began, say=say)


def test_broker_flushed(site: Site, faults: Faults, say: Say):
    site.python(SWEEP)
    began = time.monotonic()
    site.flush()  # the bell that rang is forgotten
    site.worker()
    site.beat()
    runs_end(site)
    whole(site, faults, since=began, say=say)


def test_broker_gone_and_back_empty(site: Site, faults: Faults, say: Say):
    site.worker()
    began = time.monotonic()
    site.valkey.process.kill()  # type: ignore[union-attr]
    site.valkey.stop()
    site.python(SWEEP)  # nobody hears the bell, and the run is there all the same
    shutil.rmtree(site.valkey.home)
    site.valkey.start()
    site.beat()
    runs_end(site)
    whole(site, faults, since=began, say=say)


def test_worker_killed_while_it_compares_two_days(site: Site):
    site.python("from registry.findings import services; services.work(run=services.start_sweep())")
    worker = site.worker()
    with findings_held(site, "ACCESS EXCLUSIVE"):
        site.python(COMPARE)
        site.at_work()
        site.kill(worker)
    site.worker("second")
    site.beat()
    wait_for(lambda: site.ask("SELECT state FROM findings_dayscompared") == [("made",)], "the other worker")
    assert site.python(COMPARED).split() == ["True", "2", "True", "True"]


def test_database_crashed_and_back(site: Site, faults: Faults, say: Say):
    site.worker()
    with findings_held(site):
        site.python(SWEEP)
        site.at_work()
        began = time.monotonic()
        try:
            site.crash_database()
        finally:
            site.postgres.start()
    site.beat()
    runs_end(site)
    whole(site, faults, since=began, say=say)


def test_all_connections_cut(site: Site, faults: Faults, say: Say):
    site.worker()
    with findings_held(site):
        site.python(SWEEP)
        site.at_work()
        began = time.monotonic()
        site.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'survives %'"
        )
    site.beat()
    runs_end(site)
    whole(site, faults, since=began, say=say)


def test_same_message_three_times(site: Site, faults: Faults, say: Say):
    site.worker()
    began = time.monotonic()
    site.python(
        SWEEP + "\nfrom celery import current_app"
        "\nfor _again in range(3):"
        "\n    current_app.send_task('findings.work'); current_app.send_task('findings.changed')"
    )
    site.beat()
    runs_end(site)
    whole(site, faults, since=began, say=say)
    assert site.ask("SELECT max(attempts) FROM findings_slice") == [(1,)]  # each slice was done once


def test_two_schedulers(site: Site, faults: Faults, say: Say):
    site.worker()
    began = time.monotonic()
    site.beat("first")
    site.beat("second")
    wait_for(
        lambda: all(site.logged(name).count("findings.sweep") > 1 for name in ("first", "second")), "both"
    )
    runs_end(site)
    whole(site, faults, since=began, say=say)
    nightly = "SELECT count(*) FROM findings_run WHERE kind = 'sweep' AND period_key LIKE 'sweep:%'"
    assert site.ask(nightly) == [(1,)]


def test_clock_back_three_days(site: Site, faults: Faults, say: Say):
    began = time.monotonic()
    site.python("from registry.findings import services\nservices.work(run=services.start_sweep())")
    told = site.python(
        "import time_machine, datetime\nfrom registry.findings import services\n"
        "with time_machine.travel(datetime.datetime.now() - datetime.timedelta(days=3)):\n"
        "    services.tend()\n    services.work(run=services.start_sweep())\n    services.run_changed()"
    )
    assert "clock_went_back" in told
    runs_end(site, at_least=2)
    whole(site, faults, since=began, say=say)
    backwards = "SELECT count(*) FROM findings_episode WHERE closed_at < opened_at"
    assert site.ask(backwards) == [(0,)]


def test_rule_that_raises(site: Site, faults: Faults, say: Say):
    site.worker(BROKEN_RULE="ACC-99")
    began = time.monotonic()
    site.python(SWEEP, BROKEN_RULE="ACC-99")
    runs_end(site)
    assert site.ask("SELECT broken_rules->>'ACC-99' FROM findings_run WHERE kind = 'sweep'") == [
        ("DataError",)
    ]
    whole(site, faults, since=began, say=say)  # the others finished


def test_slice_that_kills_its_worker(site: Site, faults: Faults, say: Say):
    site.worker(DEADLY_RULE="ACC-98")
    began = time.monotonic()
    site.python(SWEEP, DEADLY_RULE="ACC-98")
    site.beat()
    runs_end(site)
    assert site.ask(ASIDE) == [("ACC-98", "quarantined")]
    assert site.ask("SELECT DISTINCT state FROM findings_run WHERE kind = 'sweep'") == [("incomplete",)]
    assert "slice_quarantined" in site.said
    assert "rule=ACC-98" in site.said or "'ACC-98'" in site.said
    whole(site, faults, since=began, say=say)


def test_set_rule_that_kills_whoever_judges_a_change(site: Site, say: Say):
    site.python(LAST_NIGHT, DEADLY_RULE="ACC-98")
    site.python(RENAME.format(first=40, last=80))
    with site.connect() as connection:  # of these nobody hears yet
        connection.execute("CREATE TABLE held AS SELECT kind, subject_id FROM changes_changemark")
        connection.execute("DELETE FROM changes_changemark")
    site.python(RENAME.format(first=0, last=40))
    site.worker(DEADLY_RULE="ACC-98")
    began = time.monotonic()
    site.beat()
    deaths = "SELECT sum(attempts)::int FROM findings_slice WHERE rule = 'ACC-98'"
    wait_for(lambda: bool(site.ask(deaths)[0][0]), "the first death")
    judged = renamed(site)
    assert judged > 10  # nobody waits for what kills
    with site.connect() as connection:
        connection.execute("INSERT INTO changes_changemark (kind, subject_id) SELECT * FROM held")
    wait_for(lambda: renamed(site) > judged + 10, "the next change to be judged")
    runs_end(site)
    assert "slice_quarantined" in site.said
    assert site.ask(ASIDE) == [("ACC-98", "quarantined")]
    site.python(RENAME.format(first=80, last=120))
    named = "SELECT broken_rules->>'ACC-98' FROM findings_run WHERE kind = 'changed' AND state = 'done'"
    wait_for(lambda: ("SetAside",) in site.ask(named), "a run that says what it did not check")
    runs_end(site)
    assert site.ask(deaths) == [(3,)]
    assert site.said.count("exited with 'signal 9 (SIGKILL)'") == 3
    assert site.ask("SELECT count(*) FROM changes_changemark") == [(0,)]
    whole(site, expected(site), since=began, say=say)


def test_two_workers_at_once(site: Site, faults: Faults, say: Say):
    site.worker("first")
    site.worker("second")
    began = time.monotonic()
    both = [threading.Thread(target=site.python, args=(SWEEP,)) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    site.beat()
    runs_end(site, at_least=2)
    whole(site, faults, since=began, say=say)
