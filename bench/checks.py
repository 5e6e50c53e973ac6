"""The checks, timed inside one process that has a register: `python -m bench.checks scan|sweep|changed RUNS`.

Prints one JSON object. The floor is scanned before every measured run, on the same connection.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

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


def some(accounts: int) -> list[int]:
    """So many accounts, each as far from the next, from anywhere on."""
    entries = Entry.objects.current().order_by("account")
    step = max(1, entries.count() // (accounts * 2))
    chosen = entries.values_list("account", flat=True)[random.randrange(step) :: step]  # noqa: S311 - no secret
    return list(islice(chosen, accounts))


def changed(accounts: list[int]) -> float:
    """Say something else of these accounts, another name and no notice; seconds until they are judged."""
    entries = Entry.objects.current().select_related("facts__account", "facts__official").order_by("pk")
    with transaction.atomic():
        for entry in entries.filter(account__in=accounts):
            said = entry.facts
            facts = book.state_facts(
                account=said.account,
                official=said.official,
                by=None,
                name_shown=f"Tên khác {time.time()}",
                agency_shown=said.agency_shown,
                photo=said.photo,
            )
            book.enter(facts=facts, standing=Standing(entry.standing), by=None)
    return timed(services.run_changed)


def timed(act: Callable[[], object]) -> float:
    """Seconds an act takes by the clock."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main(what: str, runs: int) -> None:
    """Measure and print."""
    scan()  # into memory
    found: dict[str, Any] = {"plans": plans(), "floors": [], "measured": [], "again": []}
    if what == "changed":
        changed(some(CHANGED))  # a worker has done this before
    for _run in range(runs):
        found["floors"].append(timed(scan))
        if what == "changed":
            accounts = some(CHANGED)
            found["measured"].append(changed(accounts))
            found["again"].append(changed(accounts))
        elif what == "sweep":
            began = time.perf_counter()
            found["subjects"] = sweep()
            found["measured"].append(time.perf_counter() - began)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
