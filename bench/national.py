"""`make bench-national`: the whole civil service on one machine, each figure beside its floor of that run.

2.4 million officials and 6 million accounts unless told otherwise; with `--at URL`, a register that exists:
it is checked, and what was done to measure stays (an agency merged away, accounts that say something else).
What `make bench` measures is not here.
"""

import argparse
import json
import os
import platform
import signal
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Any

from bench.__main__ import Report, say
from bench.place import Place, Ran
from stack.postgres import DATABASE

OFFICIALS = 2_400_000
SMALL = 24_000  # officials, with 60,000 accounts
SWEEPS = 5
CHANGES = 3
STAFF = 10_000  # of the agency that is merged away
OTHERS = ("with_polars", "with_pandera", "with_great_expectations", "django_loop")
PARTS = ("first", "sweep", "others", "workers", "changed", "merge", "rebuild")
_MB = 1024 * 1024


def main() -> int:
    """Generate, measure, print; nothing stays."""
    parser = argparse.ArgumentParser(prog="python -m bench.national", description=__doc__)
    parser.add_argument("--officials", type=int, default=OFFICIALS, help="2.5 accounts each; 2,400,000")
    parser.add_argument("--at", metavar="URL", help="a register that exists (postgresql://…), changed by it")
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part (repeat)")
    options = parser.parse_args()
    parts = options.only or list(PARTS)
    report = Report()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing stays behind then either
    with Place(at=options.at) as place:
        say(
            f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f};"
            " the database flushes to disk, as in `make run`"
        )
        try:
            if options.at:
                inside(place, "first")
            else:
                place.manage("migrate", "--noinput", "--verbosity=0")
                generate(place, report, options.officials)
                first(place, report)  # the others stand on a register that was checked
            if "sweep" in parts:
                sweep(place, report)
            if "others" in parts:
                others(place, report)
            if "workers" in parts:
                workers(place, report)
            if "changed" in parts:
                changed(place, report)
            if "merge" in parts:
                merge(place, report)
            if "rebuild" in parts:
                rebuild(place, report)
        finally:  # what was measured before something failed is worth reading
            sys.stdout.write("\n" + report.table() + "\n")
    return 0


def generate(place: Place, report: Report, officials: int) -> None:
    """Fill the register."""
    say(f"generating {officials:,} officials")
    taken = place.manage("demo", "--officials", str(officials), "--no-check")
    place.settle("registry")
    with place.connect() as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM accounts_account), (SELECT count(*) FROM accounts_agency),"
            " pg_size_pretty(pg_database_size('registry'))"
        ).fetchone()
    accounts, agencies, size = row or (0, 0, "")
    notes = f"{accounts:,} accounts, {agencies:,} agencies, {size}, peak {taken.peak // _MB} MB"
    report.add(f"demo of {officials:,} officials", [taken.seconds], None, "", notes)


def first(place: Place, report: Report) -> None:
    """The check that opens every finding; its floor copies as many rows, indexes and all."""
    say("the first check, which opens every finding")
    told = inside(place, "first")
    place.settle("registry")
    floor = inside(place, "copy-findings")
    rate = told["opened"] / told["seconds"][0]
    notes = f"opens {told['opened']:,} findings, {rate:,.0f} a second, peak {told['peak'] // _MB} MB"
    report.add("first check", told["seconds"], floor["seconds"], "", notes)
    place.settle("registry")


def sweep(place: Place, report: Report) -> None:
    """The check in which nothing changed; its floor scans the same columns and does nothing."""
    say("full checks in which nothing changed")
    told = json.loads(place.run("-m", "bench.checks", "sweep", str(SWEEPS)).said)
    subjects = f"{told['subjects']:,} subjects"
    report.add("full check, nothing changed", told["measured"], told["floors"], "<= 3x", subjects)
    report.plans["Check floor: the bare scan"] = told["plans"]


def others(place: Place, report: Report) -> None:
    """What people would otherwise do; each must find the very same, and is timed without its imports."""
    told = json.loads(place.run("-m", "bench.checks", "sweep", "3").said)
    ours, expected = statistics.median(told["measured"]), inside(place, "standing")
    os.environ["BENCH_URI"] = place.url()
    os.environ["BENCH_SQLALCHEMY"] = place.url().replace("postgresql://", "postgresql+psycopg://")
    for name in OTHERS:
        say(f"the same rules, {name.replace('_', ' ')}")
        ran = place.run("-m", f"bench.others.{name}", expected["as_of"])
        said = json.loads(ran.said.splitlines()[-1])
        if said["fired"] != expected["fired"]:
            raise RuntimeError(f"{name} found something else: {said['fired']} is not {expected['fired']}")
        notes = f"{said['seconds'] / ours:.1f} times our {ours:.2f} s, peak {ran.peak // _MB} MB"
        report.add(f"  {name.replace('_', ' ')}", [said["seconds"]], None, "", notes)


def workers(place: Place, report: Report) -> None:
    """The sliced check by one process and by two, every row judged; sixteen by a model, and said to be so."""
    say("one worker and two")
    alone = [_with_workers(place, 1, "sweep").seconds for _run in range(CHANGES)]
    together = [_with_workers(place, 2, "sweep").seconds for _run in range(CHANGES)]
    one, two = statistics.median(alone), statistics.median(together)
    serial = max(0.0, min(1.0, 2 * two / one - 1))
    sixteen = 1 / (serial + (1 - serial) / 16)
    notes = (
        f"{one / two:.2f} times as fast as one ({one:.2f} s); 16 would be {sixteen:.1f} times by Amdahl's law"
    )
    report.add("sliced check, two workers", together, None, "", notes + " (an estimate: only 2 were run)")


@dataclass(frozen=True, slots=True)
class _Worked:
    """What a run came to, by so many workers."""

    seconds: float  # from the moment all are ready until the last slice is done
    peak: int  # bytes, of the largest of them
    differences: int


def _with_workers(place: Place, number: int, what: str, database: str = DATABASE) -> _Worked:
    """Have a check ("sweep") or a rebuild done by as many processes."""
    run = str(inside(place, "cut", what, database=database)["run"])
    ready = place.folder / "ready"
    ready.mkdir(exist_ok=True)
    arguments = ("-m", "bench.inside", "work", run, str(ready))
    children = [place.start(*arguments, database=database) for _each in range(number)]
    peak = 0
    try:
        while len(list(ready.glob("worker-*"))) < number:
            if any(child.poll() is not None for child in children):
                raise RuntimeError("a worker ended before its work")
            time.sleep(0.01)
        began = time.perf_counter()
        (ready / "go").touch()
        for child in children:
            _pid, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            peak = max(peak, usage.ru_maxrss * 1024)
            if child.returncode:
                raise RuntimeError("a worker did not end well")
        seconds = time.perf_counter() - began
    finally:
        for child in children:
            child.kill()
            child.wait()
    for file in ready.iterdir():
        file.unlink()
    return _Worked(seconds, peak, inside(place, "ended", run, database=database)["differences"])


def changed(place: Place, report: Report) -> None:
    """1,000 changed accounts among 60,000, and among all."""
    say(f"1,000 changed accounts, of {SMALL * 5 // 2:,} and of all")
    place.create("small")
    place.manage("demo", "--officials", str(SMALL), "--no-check", database="small")
    inside(place, "first", database="small")
    place.settle("small")
    few = _changes(place, "small")
    all_ = _changes(place, "registry")
    report.add("1,000 changed accounts, of all", all_, few, "<= 1.5x", f"the floor is: of {SMALL * 5 // 2:,}")


def _changes(place: Place, database: str) -> list[float]:
    told = json.loads(place.run("-m", "bench.checks", "changed", str(CHANGES), database=database).said)
    seconds: list[float] = told["measured"]
    return seconds


def merge(place: Place, report: Report) -> None:
    """An agency merged away, beside as many accounts and people chosen at random compared again."""
    say(f"an agency of about {STAFF:,} staff is merged away")
    told = inside(place, "merge", str(STAFF))
    notes = f"{told['accounts']:,} accounts and {told['officials']:,} people; the floor: as many at random"
    report.add("an agency merged away", told["seconds"], told["floors"], "<= 1.5x", notes)


def rebuild(place: Place, report: Report) -> None:
    """Everything compared again, by a worker a processor; its floor is the join that reads as much.

    The floor's scans and joins use every processor too.
    """
    say("everything compared again")
    inside(place, "first")  # what the parts before changed is settled
    number = os.cpu_count() or 1
    floor = inside(place, "read-book")
    done = _with_workers(place, number, "rebuild")
    notes = f"{number} workers, {done.differences} differences, peak of one {done.peak // _MB} MB"
    if _has(place, "small"):
        small = _with_workers(place, number, "rebuild", "small").peak
        notes += f" ({small // _MB} MB with {SMALL * 5 // 2:,} accounts)"
    report.add("rebuild", [done.seconds], floor["floors"], "<= 4x", notes)
    report.plans["Rebuild floor: the bare join"] = floor["plans"]


def _has(place: Place, database: str) -> bool:
    with place.connect("postgres") as connection:
        return bool(connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).rowcount)


def inside(place: Place, what: str, *more: str, database: str = "registry") -> dict[str, Any]:
    """Have something measured in a process of its own; its peak of memory comes with the answer."""
    ran: Ran = place.run("-m", "bench.inside", what, *more, database=database)
    return {**json.loads(ran.said), "peak": ran.peak}


if __name__ == "__main__":
    sys.exit(main())
