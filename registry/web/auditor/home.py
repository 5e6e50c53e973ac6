"""The auditor's start: how far the branch has declared, what is not in line, when it was last checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.comparison import parts_of
from accounts.models import AgencyRecord
from registry.findings.selectors import Count, counters, last_checked, latest_runs
from registry.rules.catalogue import catalogue
from registry.users.models import User
from registry.web.access import for_role, person
from registry.web.auditor.coverage import Coverage, Parts, coverage_below, coverage_of, tops
from registry.web.auditor.runs import concerns, told
from registry.web.auditor.scope import AUDITOR, branches, unit_choices, unit_of

_RUNS = 5
_LOOK_THROUGH = 50  # of the latest runs, those over foreign branches fall out


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What stands of a rule in the branch."""

    code: str
    title: str
    open: int
    unchecked: int
    waived: int
    contested: int


@for_role(AUDITOR)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The branch, or a unit of it."""
    user = person(request)
    unit = unit_of(user, request.GET.get("agency", ""))
    paths = branches(user, unit)
    heads = tops(paths)
    top = unit or (heads[0] if len(heads) == 1 else None)
    parts = parts_of(sorted({*paths, *(head.path for head in heads), *([top.path] if top else [])}))
    checked = [(head, last_checked(head.path)) for head in heads]
    counts = _counts(paths)
    context = {
        "unit": unit,
        "parents": _parents(user, unit),
        "title": top.name if top else _("My branches"),
        "heads": heads,
        "coverage": coverage_of(parts, paths),
        "parts": coverage_below(parts, top) if top else [_part(parts, head) for head in heads],
        "checked": checked,
        "never_checked": any(when is None for _head, when in checked),
        "counts": counts,
        "open": sum(count.open for count in counts),
        "unchecked": sum(count.unchecked for count in counts),
        "waived": sum(count.waived for count in counts),
        "contested": sum(count.contested for count in counts),
        "runs": [
            told(report.run, overdue=report.overdue)
            for report in latest_runs(_LOOK_THROUGH)
            if concerns(report.run, paths)
        ][:_RUNS],
        "choices": unit_choices(user),
    }
    return render(request, "web/auditor/home.html", context)


def _counts(paths: Sequence[str]) -> list[RuleCount]:
    found = counters(*paths) if paths else {}
    counts = [(rule, found.get(rule.code, Count())) for rule in catalogue()]
    return [
        RuleCount(rule.code, str(rule.title), count.open, count.unchecked, count.waived, count.contested)
        for rule, count in counts
    ]


def _part(parts: Parts, head: AgencyRecord) -> Coverage:
    part = coverage_of(parts, [head.path])
    part.name, part.code = head.name, head.agency.code
    return part


def _parents(user: User, unit: AgencyRecord | None) -> list[AgencyRecord]:
    """The units above this one that are the auditor's too, outermost first."""
    if unit is None:
        return []
    steps = unit.path.rstrip("/").split("/")
    above = ["/".join(steps[: count + 1]) + "/" for count in range(len(steps) - 1)]
    mine = [path for path in above if any(path.startswith(branch) for branch in branches(user, None))]
    records = AgencyRecord.objects.current().filter(path__in=mine).select_related("agency")
    return sorted(records, key=lambda record: len(record.path))
