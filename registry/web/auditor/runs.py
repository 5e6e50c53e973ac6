"""What was checked when, how long it took, and what could not be checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import AgencyRecord
from registry.findings.models import Run, Slice
from registry.findings.selectors import SET_ASIDE, latest_runs, subjects_of_broken_rules, title_of
from registry.users.policies import branches_of, not_found
from registry.web.access import for_role, person
from registry.web.auditor.scope import AUDITOR
from registry.web.auditor.wording import RUN_LOOKS
from registry.web.paging import page_by_key

_PAGE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """A run in words."""

    run: Run
    kind: str
    state: str
    look: str
    seconds: float | None
    overdue: bool = False


@for_role(AUDITOR)
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The runs over everything or over the auditor's branches, newest first."""
    paths = branches_of(person(request), AUDITOR)
    overdue = {report.run.pk for report in latest_runs(_PAGE) if report.overdue}
    page = page_by_key(
        Run.objects.all(), "-started_at", "-id", cursor=request.GET.get("after", ""), size=_PAGE
    )
    shown = [told(run, overdue=run.pk in overdue) for run in page.rows if concerns(run, paths)]
    return render(request, "web/auditor/runs.html", {"page": page, "runs": shown})


@for_role(AUDITOR)
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: its numbers, its parts, and what it could not check."""
    found = Run.objects.filter(pk=pk).first()
    if found is None or not concerns(found, branches_of(person(request), AUDITOR)):
        raise not_found()
    unchecked = subjects_of_broken_rules(found)
    scope = AgencyRecord.objects.current().filter(agency=found.scope_id).first() if found.scope_id else None
    states = found.slices.values("state").annotate(count=Count("pk")).order_by("state")
    context = {
        "told": told(found),
        "scope": scope,
        "slices": [(Slice.State(row["state"]).label, row["count"]) for row in states],
        "broken": [
            (code, title_of(code), _why(why), unchecked.get(code, 0))
            for code, why in found.broken_rules.items()
        ],
        "aside": [
            (part, title_of(part.rule) if part.rule else "")
            for part in found.slices.filter(state=Slice.State.QUARANTINED).order_by("pk")
        ],
    }
    return render(request, "web/auditor/run.html", context)


def _why(why: str) -> str:
    """Why a rule could not be checked: the class of an error, or in words what is no error."""
    if why == SET_ASIDE:
        return _("Set aside, because it ended its workers; checks of everything try it again.")
    return why


def concerns(run: Run, paths: Sequence[str]) -> bool:
    """Whether a run looked at these branches or a part of them, and at no foreign branch alone."""
    if not run.scope_path:
        return True
    return any(run.scope_path.startswith(path) or path.startswith(run.scope_path) for path in paths)


def told(run: Run, *, overdue: bool = False) -> Told:
    """A run in words; seconds are None while it runs."""
    seconds = (run.finished_at - run.started_at).total_seconds() if run.finished_at else None
    state = Run.State(run.state)
    return Told(run, str(Run.Kind(run.kind).label), str(state.label), RUN_LOOKS[state], seconds, overdue)
