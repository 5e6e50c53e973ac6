"""`python -m bench`: measure everything, print one table, leave nothing behind."""

import argparse
import json
import os
import platform
import signal
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench import floors
from bench.place import Place, Ran

RUNS = 3
SWEEPS = 7  # they are short
_MB = 1024 * 1024
# Of 100,000 officials, these shares make lists of about 25,000 and 250,000 lines.
_EXPORTED = (0.0485, 0.485)
_HR = """
from accounts.models import Agency
from registry.users.models import Role
from registry.users.services import create_login, grant_role
user = create_login(username="hr.bench", password="only-for-measuring-1", by=None)
grant_role(user=user, role=Role.HR_OFFICER, agency=Agency.objects.get(code={branch!r}), by=None)
"""
BRANCH = "T34-01"


@dataclass(slots=True)
class Line:
    """One line of the table; seconds are medians."""

    what: str
    seconds: float
    floor: float | None
    target: str
    notes: str
    runs: int


@dataclass(slots=True)
class Report:
    """What was measured."""

    lines: list[Line] = field(default_factory=list)
    plans: dict[str, list[str]] = field(default_factory=dict)

    def add(
        self, what: str, seconds: list[float], floor: list[float] | None, target: str = "", notes: str = ""
    ) -> None:
        """Take the medians of what was measured."""
        middle = statistics.median(floor) if floor else None
        self.lines.append(Line(what, statistics.median(seconds), middle, target, notes, len(seconds)))
        say(f"    {what}: {statistics.median(seconds):.3f} s, floor {middle or 0:.3f} s; {notes}")

    def table(self) -> str:
        """The whole report."""
        out = [f"{'':34}{'time':>10}{'floor':>10}{'ratio':>8}  {'target':9}{'runs':>3}"]
        for line in self.lines:
            floor = f"{line.floor:9.3f}s" if line.floor else f"{'':10}"
            ratio = f"{line.seconds / line.floor:7.1f}x" if line.floor else f"{'':8}"
            measured = f"{line.what:34}{line.seconds:9.3f}s{floor}{ratio}"
            out.append(f"{measured}  {line.target:9}{line.runs:>3}  {line.notes}")
        for title, plan in self.plans.items():
            out += ["", f"{title}:", *(f"    {step}" for step in plan)]
        return "\n".join(out)


def main() -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--officials", type=int, default=100_000, help="2.5 accounts each; 100,000")
    parser.add_argument(
        "--only", action="append", choices=("import", "check", "export"), help="only this part (repeat)"
    )
    options = parser.parse_args()
    parts = options.only or ["import", "check", "export"]
    report = Report()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing stays behind then either
    with Place() as place:
        server = place.connect().execute("SHOW server_version").fetchone()
        say(
            f"PostgreSQL {server[0] if server else ''}, Python {platform.python_version()},"
            f" {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f};"
            " the database flushes to disk, as in `make run`"
        )
        place.manage("migrate", "--noinput", "--verbosity=0")
        place.manage("load_agencies")
        place.run("-m", "django", "shell", "-v0", "-c", _HR.format(branch=BRANCH))
        place.settle("registry")
        try:
            if "import" in parts:
                measure_import(place, report, options.officials)
            if {"check", "export"} & set(parts):
                measure_register(place, report, options.officials, parts)
        finally:  # what was measured before something failed is worth reading
            sys.stdout.write("\n" + report.table() + "\n")
    return 0


def measure_import(place: Place, report: Report, rows: int) -> None:
    """A staff list into a branch that has nobody yet, each time into a fresh register."""
    path = str(place.folder / "danh_sach.xlsx")
    place.run("-m", "bench.staff_file", path, str(rows))
    say(f"importing {rows:,} rows ({Path(path).stat().st_size / _MB:.1f} MB)")
    taken: list[Ran] = []
    least: list[Ran] = []
    for _run in range(RUNS):
        place.copy("bench_import", of="registry")
        least.append(place.run("-m", "bench.floors", "import", path, database="bench_import"))
        command = ("import_staff", path, "--agency", BRANCH, "--by", "hr.bench", "--json")
        taken.append(place.manage(*command, database="bench_import"))
        answer = json.loads(taken[-1].said)
        if (answer["new"], answer["refused"]) != (rows, 0):
            raise RuntimeError(f"the import took something else: {str(answer)[:500]}")
    place.drop("bench_import")
    seconds = [ran.seconds for ran in taken]
    report.add(
        f"import of {rows:,} rows",
        seconds,
        [ran.seconds for ran in least],
        "<= 4x",
        f"{rows / statistics.median(seconds):,.0f} rows/s, peak {_peak(taken)} MB (floor {_peak(least)} MB)",
    )
    report.plans["Import floor: calamine reads the sheet, COPY into a logged table without indexes"] = [
        floors.IMPORT_TABLE,
        floors.IMPORT_COPY,
    ]


def measure_register(place: Place, report: Report, officials: int, parts: list[str]) -> None:
    """The exports and the checks, on a register that grows to the size asked for."""
    written = 0
    shares = (*_EXPORTED, 1.0) if "export" in parts else (1.0,)
    for seed, share in enumerate(shares, start=1):
        wanted = round(officials * share)
        say(f"generating {wanted - written:,} officials")
        more = ("--officials", str(wanted - written), "--seed", str(seed), "--no-check")
        place.manage("demo", *more)
        written = wanted
        if share in _EXPORTED:
            measure_export(place, report, target="<= 3x" if share == _EXPORTED[-1] else "")
    if "check" in parts:
        place.settle("registry")
        measure_first_check(place, report)
        measure_checks(place, report)


def measure_first_check(place: Place, report: Report) -> None:
    """The check that finds everything for the first time, each time in a fresh copy."""
    say("the first check, which opens every finding")
    seconds, floor, opened = [], [], 0
    for _run in range(RUNS):
        place.copy("bench_first", of="registry")
        scans = place.run("-m", "bench.checks", "scan", "1", database="bench_first").said
        floor += json.loads(scans)["floors"]
        answer = json.loads(place.manage("check_register", "--json", database="bench_first").said)
        seconds.append(answer["seconds"])
        opened = answer["opened"]
    report.add("full check, the first", seconds, floor, "", f"opens {opened:,} findings")


def measure_checks(place: Place, report: Report) -> None:
    """The check in which nothing changed, and the check of what changed, in the copy checked last."""
    say("full checks, then checks of what changed")
    place.settle("bench_first")
    full = json.loads(place.run("-m", "bench.checks", "sweep", str(SWEEPS), database="bench_first").said)
    report.add(
        "full check, nothing changed",
        full["measured"],
        full["floors"],
        "<= 5x",
        f"{full['subjects']:,} accounts and officials",
    )
    changed = json.loads(place.run("-m", "bench.checks", "changed", str(RUNS), database="bench_first").said)
    share = statistics.median(changed["measured"]) / statistics.median(full["measured"])
    report.add(
        "check of 1,000 changed accounts", changed["measured"], None, "", f"{share:.1f}x the full check"
    )
    report.plans["Check floor: the bare scan"] = full["plans"]


def export(place: Place, database: str) -> Ran:
    """Export everything as CSV."""
    output = str(place.folder / "export.csv")
    command = ("export_compliance", "--agency", "TW-CP", "--format", "csv", "--output", output)
    return place.manage(*command, database=database)


def rows_in(place: Place) -> int:
    """Lines of the exported file, as its manifest says."""
    manifest = json.loads((place.folder / "export.csv.manifest.json").read_text())
    return int(manifest.get("manifest", manifest)["rows"])


def measure_export(place: Place, report: Report, *, target: str) -> None:
    """The list of the whole register as it stands; the memory is to be the same whatever its length."""
    say("exporting")
    place.copy("bench_export", of="registry")
    place.manage("check_register", "--json", database="bench_export")
    place.settle("bench_export")
    floor_file = str(place.folder / "floor.csv")
    taken: list[Ran] = []
    least: list[Ran] = []
    for _run in range(RUNS):
        least.append(place.run("-m", "bench.floors", "export", floor_file, database="bench_export"))
        taken.append(export(place, "bench_export"))
    rows = rows_in(place)
    if int(least[-1].said) != rows:
        raise RuntimeError(f"the floor has {least[-1].said} lines, the export {rows}")
    seconds = [ran.seconds for ran in taken]
    report.add(
        f"export of {rows:,} rows (CSV)",
        seconds,
        [ran.seconds for ran in least],
        target,
        f"{rows / statistics.median(seconds):,.0f} rows/s, peak {_peak(taken)} MB",
    )
    with place.connect("bench_export") as connection:
        plan = connection.execute(f"EXPLAIN (COSTS OFF) {floors.EXPORT}")
        report.plans["Export floor: what COPY ... TO STDOUT (FORMAT csv) runs"] = [
            str(row[0]) for row in plan
        ]
    place.drop("bench_export")


def _peak(runs: list[Ran]) -> int:
    """The highest peak, in MB."""
    return round(max(ran.peak for ran in runs) / _MB)


def say(text: str) -> None:
    """Tell whoever waits."""
    sys.stderr.write(f"bench: {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
