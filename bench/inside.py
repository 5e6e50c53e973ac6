"""One measurement of `bench.national`, inside a process that has a register: `python -m bench.inside WHAT …`.

Prints one JSON object.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402

from accounts.models import Agency, AgencyRecord, SuccessionKind  # noqa: E402
from accounts.paths import path_end  # noqa: E402
from accounts.services import agencies  # noqa: E402
from bench.checks import timed  # noqa: E402
from bench.others.conditions import row_rules  # noqa: E402
from bench.rebuild_floor import READ  # noqa: E402
from common.changes.models import Kind  # noqa: E402
from common.changes.services import mark  # noqa: E402
from registry.findings import services  # noqa: E402
from registry.findings.models import Run  # noqa: E402
from registry.rules.rule import Subject  # noqa: E402

_PATIENCE = 60.0  # seconds a worker waits for the others


def first() -> dict[str, Any]:
    """Check everything, and what is found by comparing rows with each other, with whatever that opens."""
    run: list[Run] = []

    def check() -> None:
        run.append(services.start_sweep())
        services.work(run=run[0])

    seconds = timed(check)
    run[0].refresh_from_db()
    return {"seconds": [seconds], "opened": run[0].opened, "state": run[0].state}


def copy_findings() -> dict[str, Any]:
    """The floor of the first check: as many rows into a table with the same columns, keys and indexes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (LIKE findings_finding INCLUDING ALL EXCLUDING GENERATED)")
        seconds = timed(lambda: cursor.execute("INSERT INTO bench_floor SELECT * FROM findings_finding"))
        cursor.execute("DROP TABLE bench_floor")
    return {"seconds": [seconds]}


def standing() -> dict[str, Any]:
    """How often each row rule fires, as the engine has written it down."""
    fired: dict[str, int] = {}
    with connection.cursor() as cursor:
        for subject in Subject:
            rules = row_rules(subject)
            if rules:
                table = subject.table._meta.db_table  # noqa: SLF001 - _meta is Django's documented API
                counts = ", ".join(f"count(*) FILTER (WHERE fired & {rule.mask} <> 0)" for rule in rules)
                cursor.execute(f"SELECT {counts} FROM {table}")  # noqa: S608 - names and numbers of ours
                fired |= dict(zip((rule.code for rule in rules), cursor.fetchone(), strict=True))
    return {"fired": fired, "as_of": timezone.localdate().isoformat()}


def cut(what: str) -> dict[str, Any]:
    """A check ("sweep") or a rebuild cut into slices, none of them done."""
    start = {"sweep": services.start_sweep, "rebuild": services.start_rebuild}[what]
    return {"run": start().pk}


def work(run: int, ready: str) -> dict[str, Any]:
    """Be ready, wait for the word, then take slices until there are none."""
    connection.ensure_connection()
    folder = Path(ready)
    (folder / f"worker-{connection.connection.info.backend_pid}").touch()
    give_up = time.monotonic() + _PATIENCE
    while not (folder / "go").exists():
        if time.monotonic() > give_up:
            raise TimeoutError("nobody gave the word")
        time.sleep(0.001)
    return {"slices": services.work(run=Run.objects.get(pk=run))}


def ended(run: int) -> dict[str, Any]:
    """What a run came to."""
    found = Run.objects.get(pk=run)
    return {"state": found.state, "differences": found.differences}


def merge(staff: int) -> dict[str, Any]:
    """Merge an agency into a neighbour, with about `staff` people in it and below it.

    Then compare as many accounts and people again, chosen at random.
    """
    away, into = _pair(staff)
    agencies.record_succession(
        predecessor=away,
        successor=into,
        kind=SuccessionKind.MERGED,
        on=timezone.localdate(),
        by=None,
    )
    touched = _touched_by(away)
    seconds = timed(services.run_changed)
    with connection.cursor() as cursor, transaction.atomic():
        for kind, table, key, count in (
            (Kind.ACCOUNT, "accounts_comparison", "account_id", touched["accounts"]),
            (Kind.OFFICIAL, "accounts_officialcomparison", "official_id", touched["officials"]),
        ):
            # names and numbers of ours
            cursor.execute(f"SELECT {key} FROM {table} ORDER BY hashint8({key}) LIMIT {count}")  # noqa: S608
            mark(kind, [row[0] for row in cursor.fetchall()])
    floor = timed(services.run_changed)
    return {"seconds": [seconds], "floors": [floor], **touched}


def _pair(staff: int) -> tuple[Agency, Agency]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT step::bigint FROM accounts_officialcomparison,"
            "    unnest(string_to_array(rtrim(agency_path, '/'), '/')) AS step"
            " WHERE step::bigint IN (SELECT agency_id FROM accounts_agencyrecord"
            "    WHERE recorded_until IS NULL AND dissolved_on IS NULL AND parent_id IS NOT NULL)"
            " GROUP BY 1 ORDER BY abs(count(*) - %s), 1 LIMIT 1",
            [staff],
        )
        away = AgencyRecord.objects.current().get(agency_id=cursor.fetchone()[0])
    into = AgencyRecord.objects.current().filter(parent_id=away.parent_id, dissolved_on__isnull=True)
    return away.agency, into.exclude(pk=away.pk).order_by("pk")[0].agency


def _touched_by(agency: Agency) -> dict[str, int]:
    path = AgencyRecord.objects.current().get(agency=agency).path
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM accounts_comparison"
            "    WHERE agency_path >= %(path)s AND agency_path < %(end)s),"
            " (SELECT count(*) FROM accounts_officialcomparison"
            "    WHERE agency_path >= %(path)s AND agency_path < %(end)s)",
            {"path": path, "end": path_end(path)},
        )
        accounts, officials = cursor.fetchone()
    return {"accounts": accounts, "officials": officials}


def read_book() -> dict[str, Any]:
    """The floor of a rebuild: read what comparisons are made of."""
    with connection.cursor() as cursor:
        plans = []
        for statement in READ:
            cursor.execute(f"EXPLAIN (COSTS OFF) {statement}")
            plans += [row[0] for row in cursor.fetchall()]

        def read() -> None:
            for statement in READ:
                cursor.execute(statement)
                cursor.fetchone()

        return {"floors": [timed(read), timed(read)], "plans": plans}


_ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "first": first, "copy-findings": copy_findings, "standing": standing, "cut": cut, "read-book": read_book,
    "work": lambda run, ready: work(int(run), ready), "ended": lambda run: ended(int(run)),
    "merge": lambda staff: merge(int(staff)),
}  # fmt: skip

if __name__ == "__main__":
    sys.stdout.write(json.dumps(_ACTS[sys.argv[1]](*sys.argv[2:])))
