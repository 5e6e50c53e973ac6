"""The checks, timed inside one process that has a register: `python -m bench.checks scan|sweep|changed RUNS`.

Prints one JSON object. The floor is scanned before every measured run, on the same connection.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import islice

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django first

from accounts import services as book  # noqa: E402
from accounts.models import Entry, Standing  # noqa: E402
from bench.floors import check_scans  # noqa: E402
from registry.findings import services  # noqa: E402

CHANGED = 1_000


def scan() -> None:
    """The floor: both tables, read and thrown away."""
    with connection.cursor() as cursor:
        for statement in check_scans():
            cursor.execute(statement)
            cursor.fetchone()


def plans() -> list[str]:
    """How the database reads the floor."""
    lines = []
    with connection.cursor() as cursor:
        for statement in check_scans():
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {statement}")
            lines += [row[0] for row in cursor.fetchall()]
    return lines


def sweep() -> int:
    """The whole check of a register in which nothing changed; returns the subjects looked at."""
    run = services.start_sweep()
    services.work(run=run)
    run.refresh_from_db()
    return run.subjects


def change(accounts: int, which: int) -> None:
    """Say something else of every so-many-th account: another name shown, no notice."""
    entries = Entry.objects.current().select_related("facts__account", "facts__official").order_by("pk")
    step = max(1, entries.count() // (accounts * 4))
    chosen = entries.values_list("pk", flat=True)[which::step]
    with transaction.atomic():
        for entry in entries.filter(pk__in=list(islice(chosen, accounts))):
            said = entry.facts
            facts = book.state_facts(
                account=said.account,
                official=said.official,
                by=None,
                name_shown=f"Tên khác {which}",
                agency_shown=said.agency_shown,
                photo=said.photo,
            )
            book.enter(facts=facts, standing=Standing(entry.standing), by=None)


def timed(act: Callable[[], object]) -> float:
    """Seconds an act takes by the clock."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main(what: str, runs: int) -> None:
    """Measure and print."""
    scan()  # into memory
    found: dict[str, object] = {"plans": plans()}
    floors, measured, subjects = [], [], 0
    for which in range(runs):
        if what == "changed":
            change(CHANGED, which)
        floors.append(timed(scan))
        if what == "changed":
            measured.append(timed(services.run_changed))
        elif what == "sweep":
            began = time.perf_counter()
            subjects = sweep()
            measured.append(time.perf_counter() - began)
    sys.stdout.write(json.dumps(found | {"floors": floors, "measured": measured, "subjects": subjects}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
