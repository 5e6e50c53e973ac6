"""The reads of this room: findings, counters, runs. Callers pass the branches a person may see.

One finding with all that was said of it: `registry.findings.reading`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import F, Max, Q, QuerySet, Sum

from accounts.models import AgencyRecord
from accounts.paths import below
from registry.findings import queue
from registry.findings.as_of import SubjectThen, Then, verdicts_as_of
from registry.findings.between import Between, Compared, Sides, compare_instants, is_large
from registry.findings.branches import kept, sums
from registry.findings.comparing import compared_of, comparison_of, is_being_counted
from registry.findings.compliance import (
    COLUMNS,
    ComplianceFilter,
    ComplianceRow,
    compliance_page,
    compliance_rows,
    compliance_statement,
)
from registry.findings.engine import Answer
from registry.findings.folding import live, speaks_to
from registry.findings.models import LIVE_STATES, Counter, Episode, Finding, Run, State
from registry.findings.queue import SET_ASIDE
from registry.findings.reading import (
    Mark,
    answers_at,
    batch_for,
    batches_of,
    finding_for,
    last_confirmed,
    open_contest,
    open_waiver,
    own_finding,
    said_of,
)
from registry.findings.wording import in_words, title_of
from registry.rules.catalogue import catalogue

__all__ = [
    "COLUMNS",
    "SET_ASIDE",
    "STANDING",
    "Answer",
    "Between",
    "Compared",
    "ComplianceFilter",
    "ComplianceRow",
    "Count",
    "Mark",
    "Sides",
    "SubjectThen",
    "Then",
    "answers_at",
    "batch_for",
    "batches_of",
    "compare_instants",
    "compared_of",
    "comparison_of",
    "compliance_page",
    "compliance_rows",
    "compliance_statement",
    "counters",
    "finding_for",
    "findings_of_official",
    "histories",
    "in_words",
    "is_being_counted",
    "is_large",
    "last_checked",
    "last_confirmed",
    "latest_runs",
    "open_contest",
    "open_findings",
    "open_waiver",
    "own_finding",
    "said_of",
    "standing_findings",
    "subjects_of_broken_rules",
    "title_of",
    "verdicts_as_of",
]


#: What a list shows unless it is asked for something else: waived is not counted as open.
STANDING = (State.OPEN, State.UNCHECKED, State.CONTESTED)


@dataclass
class Count:
    """How many findings of a rule stand."""

    open: int = 0
    unchecked: int = 0
    waived: int = 0
    contested: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.open + other.open,
            self.unchecked + other.unchecked,
            self.waived + other.waived,
            self.contested + other.contested,
        )

    def __bool__(self) -> bool:
        return bool(self.open or self.unchecked or self.waived or self.contested)


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run and whether it is late."""

    run: Run
    overdue: bool


def standing_findings(
    branches: Sequence[str], *, rules: Sequence[str] = (), states: Sequence[str] = STANDING
) -> QuerySet[Finding, Finding]:
    """All findings in the branches that match, in no order: what an act on all of a list takes."""
    found = Finding.objects.filter(_inside(branches), state__in=states, resolved_at=None)
    if set(states) <= {State.WAIVED, State.CONTESTED}:  # said so that their index is seen to have them all
        found = found.filter(answered=True)
    return found.filter(rule__in=rules) if rules else found


def open_findings(
    branches: Sequence[str],
    *,
    rules: Sequence[str] = (),
    states: Sequence[str] = STANDING,
    severity: int | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Finding]:
    """A page of findings in the branches, by agency path and id; `after` is the last row's (path, id)."""
    found = standing_findings(branches, rules=rules, states=states)
    if severity is not None:
        found = found.filter(severity=severity)
    if after is not None:
        found = found.filter(Q(agency_path__gt=after[0]) | Q(agency_path=after[0], pk__gt=after[1]))
    return list(found.order_by("agency_path", "pk")[:limit])


def findings_of_official(official_id: int) -> QuerySet[Finding, Finding]:
    """What stands against a person and their accounts, heaviest first."""
    return Finding.objects.filter(official_id=official_id, resolved_at=None).order_by(
        "-severity", "rule", "pk"
    )


def histories(findings: Sequence[Finding]) -> QuerySet[Episode, Episode]:
    """The episodes of some findings, newest first."""
    return Episode.objects.filter(finding__in=findings).order_by(
        "-opened_at", F("closed_at").desc(nulls_first=True), "-pk"
    )


def counters(*branches: str) -> dict[str, Count]:
    """Per rule, what stands in branches (none, or "", for everything): sums of rows the engine keeps.

    None of the branches may lie below another.
    """
    large = [branch for branch in branches if kept(branch)] if branches and all(branches) else [""]
    small = [branch for branch in branches if not kept(branch)] if "" not in large else []
    counts = {code: Count(*numbers) for code, numbers in sums(large).items()} if large else {}
    if small:
        inside = reduce(or_, (below(branch) for branch in small))
        agencies = AgencyRecord.objects.current().filter(inside).values("agency_id")
        rows = Counter.objects.filter(agency_id__in=agencies).order_by("rule").values_list("rule")
        for code, *numbers in rows.annotate(*(Sum(name) for name in LIVE_STATES)):
            counts[code] = counts.get(code, Count()) + Count(*numbers)
    return counts


def subjects_of_broken_rules(run: Run) -> dict[str, int]:
    """For rules a run could not evaluate: how many subjects were therefore not checked by it."""
    counts = {}
    known = {each.code: each for each in catalogue()}
    for code in run.broken_rules:
        broken = known.get(code)
        if broken is None:  # the catalogue has lost it since
            continue
        rows = live(broken.subject).filter(speaks_to(broken, run.as_of))
        if run.scope_path:
            rows = rows.filter(below(run.scope_path, "agency_path"))
        counts[code] = rows.count()
    return counts


def latest_runs(limit: int = 20) -> list[RunReport]:
    """The latest runs, newest first."""
    late = {run.pk for run in queue.overdue()}
    return [RunReport(run, run.pk in late) for run in Run.objects.order_by("-started_at", "-pk")[:limit]]


def last_checked(*branches: str) -> datetime | None:
    """When the last whole sweep or rebuild ended that took in the branch (none, or "": everything).

    Of several branches, the one it is longest ago for; None when there never was one of any of them.
    """
    covering = {branch: ["", *_steps_of(branch)] for branch in branches or ("",)}
    runs = Run.objects.filter(
        kind__in=(Run.Kind.SWEEP, Run.Kind.REBUILD),
        state=Run.State.DONE,
        scope_path__in={step for steps in covering.values() for step in steps},
    )
    ended = dict(runs.order_by().values_list("scope_path").annotate(Max("finished_at")))
    latest = [max((ended[one] for one in steps if one in ended), default=None) for steps in covering.values()]
    known = [one for one in latest if one is not None]
    return min(known) if len(known) == len(latest) else None


def _steps_of(branch: str) -> list[str]:
    steps = branch.rstrip("/").split("/") if branch else []
    return ["/".join(steps[: count + 1]) + "/" for count in range(len(steps))]


def _inside(branches: Sequence[str]) -> Q:
    inside = Q(pk__in=[])
    for branch in branches:
        inside |= below(branch, "agency_path") if branch else Q(pk__isnull=False)
    return inside
