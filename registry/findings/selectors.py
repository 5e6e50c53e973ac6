"""The reads of this room: findings, counters, runs. Callers pass the branches a person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from accounts.models import AgencyRecord
from accounts.paths import below
from registry.findings import queue
from registry.findings.compliance import COLUMNS, ComplianceFilter, compliance_page, compliance_rows
from registry.findings.folding import live, speaks_to
from registry.findings.models import Counter, Episode, Finding, Run, State
from registry.rules.catalogue import rule

__all__ = [
    "COLUMNS",
    "ComplianceFilter",
    "Count",
    "compliance_page",
    "compliance_rows",
    "counters",
    "findings_of_official",
    "history",
    "last_checked",
    "latest_runs",
    "open_findings",
    "subjects_of_broken_rules",
]


@dataclass
class Count:
    """How many findings of a rule stand."""

    open: int = 0
    unchecked: int = 0


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run and whether it is late."""

    run: Run
    overdue: bool


def open_findings(
    branches: Sequence[str],
    *,
    rules: Sequence[str] = (),
    states: Sequence[str] = (State.OPEN, State.UNCHECKED),
    severity: int | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Finding]:
    """A page of findings in the branches, by agency path and id; `after` is the last row's (path, id)."""
    found = Finding.objects.filter(_inside(branches), state__in=states).exclude(state=State.RESOLVED)
    if rules:
        found = found.filter(rule__in=rules)
    if severity is not None:
        found = found.filter(severity=severity)
    if after is not None:
        found = found.filter(Q(agency_path__gt=after[0]) | Q(agency_path=after[0], pk__gt=after[1]))
    return list(found.order_by("agency_path", "pk")[:limit])


def findings_of_official(official_id: int) -> QuerySet[Finding, Finding]:
    """What stands against a person and their accounts, heaviest first."""
    return (
        Finding.objects.filter(official_id=official_id)
        .exclude(state=State.RESOLVED)
        .order_by("-severity", "rule", "pk")
    )


def history(finding: Finding) -> QuerySet[Episode, Episode]:
    """The episodes of a finding, newest first."""
    return finding.episodes.order_by("-opened_at", "-pk")


def counters(branch: str = "") -> dict[str, Count]:
    """Per rule, what stands in a branch ("" for everything): sums of rows the engine keeps."""
    rows = Counter.objects.all()
    if branch:
        agencies = AgencyRecord.objects.current().filter(below(branch)).values("agency_id")
        rows = rows.filter(agency_id__in=agencies)
    sums = rows.values("rule").annotate(opened=Sum("open"), not_checked=Sum("unchecked")).order_by("rule")
    return {row["rule"]: Count(row["opened"], row["not_checked"]) for row in sums}


def subjects_of_broken_rules(run: Run) -> dict[str, int]:
    """For rules a run could not evaluate: how many subjects were therefore not checked by it."""
    counts = {}
    for code in run.broken_rules:
        broken = rule(code)
        rows = live(broken.subject).filter(speaks_to(broken, run.as_of))
        if run.scope_path:
            rows = rows.filter(below(run.scope_path, "agency_path"))
        counts[code] = rows.count()
    return counts


def latest_runs(limit: int = 20) -> list[RunReport]:
    """The latest runs, newest first."""
    late = {run.pk for run in queue.overdue()}
    return [RunReport(run, run.pk in late) for run in Run.objects.order_by("-started_at", "-pk")[:limit]]


def last_checked(branch: str = "") -> datetime | None:
    """When the last whole sweep or rebuild that took in the branch ended; None when there never was one."""
    runs = Run.objects.filter(kind__in=(Run.Kind.SWEEP, Run.Kind.REBUILD), state=Run.State.DONE)
    covering = Q(scope_path="")
    if branch:
        steps = branch.rstrip("/").split("/")
        covering |= Q(scope_path__in=["/".join(steps[: n + 1]) + "/" for n in range(len(steps))])
    return runs.filter(covering).order_by("-finished_at").values_list("finished_at", flat=True).first()


def _inside(branches: Sequence[str]) -> Q:
    inside = Q(pk__in=[])
    for branch in branches:
        inside |= below(branch, "agency_path") if branch else Q(pk__isnull=False)
    return inside
