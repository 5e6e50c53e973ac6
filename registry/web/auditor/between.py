"""Two days side by side: what was open then and is open now, by rule and by unit, each with its list.

A small branch is counted at once. A large one is asked for and counted by a worker; meanwhile, and whenever
one comes back, the same address tells how far it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import AgencyRecord
from registry.exports.selectors import instant_of
from registry.findings.models import DaysCompared
from registry.findings.selectors import (
    Between,
    Compared,
    Sides,
    compare_instants,
    compared_of,
    comparison_of,
    is_being_counted,
    is_large,
    title_of,
)
from registry.findings.services import ask_comparison
from registry.users.models import User
from registry.users.policies import covers
from registry.web.access import for_role, person
from registry.web.auditor.coverage import tops
from registry.web.auditor.forms import DayField, UnitForm
from registry.web.auditor.scope import AUDITOR, branches, branches_then
from registry.web.headway import Progress, who_is_at_it

_BACK = timedelta(days=30)  # of the first day, where nobody says which


class TwoDays(UnitForm):
    """Which unit, and which two days."""

    first = DayField(
        label=gettext_lazy("From the end of"),
        required=False,
        help_text=gettext_lazy("Empty: 30 days before."),
    )
    second = DayField(
        label=gettext_lazy("To the end of"), required=False, help_text=gettext_lazy("Empty: now.")
    )

    def clean(self) -> dict[str, Any]:
        """Two days in their order."""
        said = super().clean() or {}
        if not self.errors and self.days[0] >= self.days[1]:
            self.add_error("first", forms.ValidationError(_("Choose a day before the second one."), "order"))
        return said

    @property
    def days(self) -> tuple[date, date]:
        """The two days, with what stands for an empty one."""
        second = self.cleaned_data.get("second") or timezone.localdate()
        return self.cleaned_data.get("first") or second - _BACK, second


@dataclass(frozen=True, slots=True)
class Line:
    """A rule or a unit at both instants, and where its numbers lead."""

    code: str
    name: str
    between: Between
    list_query: str  # of the compliance list, without its day
    here_query: str = ""  # of this page, for a unit that can be opened


@for_role(AUDITOR)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The branch, or a unit of it, on two days. The address holds all three."""
    user = person(request)
    form = TwoDays(user, request.GET)
    if not form.is_valid():
        return render(request, "web/auditor/between.html", {"form": form}, status=422)
    top = _top(user, form)
    sides = _sides(user, form, top)
    kept = comparison_of(sides)
    progress = _progress(kept) if kept is not None and kept.state == DaysCompared.State.WAITING else None
    context: dict[str, Any] = {
        "form": form,
        "unit": form.unit,
        "title": top.name if top else _("My branches"),
        "asked": _asked(form),
        "query": urlencode(_asked(form)),
        "up": urlencode(_days(form)),
        "kept": kept,
        "progress": progress,
    }
    if request.headers.get("HX-Request") and kept is not None:
        response = render(request, "web/_progress.html", {"progress": progress})
        if progress is None:
            response["HX-Refresh"] = "true"
        return response
    if kept is None and not is_large(sides):
        context |= _told(user, form, top, sides, compare_instants(sides))
    elif kept is not None and kept.state == DaysCompared.State.MADE:
        context |= _told(user, form, top, replace(sides, now=kept.now), compared_of(kept))
        context["is_over"] = kept.now == sides.now
    return render(request, "web/auditor/between.html", context)


@for_role(AUDITOR)
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Ask that a worker compares the two days of a large branch."""
    user = person(request)
    form = TwoDays(user, request.POST)
    if not form.is_valid():
        return render(request, "web/auditor/between.html", {"form": form}, status=422)
    ask_comparison(_sides(user, form, _top(user, form)))
    return redirect(f"{reverse('auditor:between')}?{urlencode(_asked(form))}")


def _top(user: User, form: TwoDays) -> AgencyRecord | None:
    heads = tops(branches(user, form.unit))
    return form.unit or (heads[0] if len(heads) == 1 else None)


def _sides(user: User, form: TwoDays, top: AgencyRecord | None) -> Sides:
    then, now = map(instant_of, form.days)
    return Sides(
        branches_then(user, form.unit, then),
        branches_then(user, form.unit, now),
        then,
        now,
        top.agency_id if top else None,
    )


def _days(form: TwoDays) -> dict[str, str]:
    return dict(zip(("first", "second"), map(date.isoformat, form.days), strict=True))


def _asked(form: TwoDays) -> dict[str, str]:
    return {**({"agency": form.unit.agency.code} if form.unit else {}), **_days(form)}


def _progress(kept: DaysCompared) -> Progress:
    who = who_is_at_it(alive=is_being_counted(kept), attempts=kept.attempts, since=kept.asked_at)
    return Progress(_("The two days are being compared."), 0, kept.done * 100 // (len(kept.cuts) + 1), who)


def _told(
    user: User, form: TwoDays, top: AgencyRecord | None, sides: Sides, compared: Compared
) -> dict[str, Any]:
    """What the page says of a comparison."""
    days = _days(form)
    unit = {"agency": form.unit.agency.code} if form.unit else {}
    return {
        "then": sides.then,
        "now": sides.now,
        "days": days,
        "compared": compared,
        "rules": [
            Line(code, title_of(code), between, urlencode({**unit, "rule": code}))
            for code, between in sorted(compared.by_rule.items())
            if between
        ],
        "units": _units(user, compared.by_unit, top, days),
    }


def _units(
    user: User, found: Mapping[int, Between], top: AgencyRecord | None, shown: dict[str, str]
) -> Iterable[Line]:
    """The parts of the branch by name: one query. Numbers of the unit's own people come first."""
    mine = AgencyRecord.objects.current().filter(agency__in=found).select_related("agency")
    own = top.agency_id if top else None
    theirs = branches(user, None)
    lines = []
    for record in sorted(mine, key=lambda each: (each.agency_id != own, each.name)):
        is_own = record.agency_id == own
        opens = not is_own and covers(theirs, record.path)  # a part may have gone to another branch since
        asked = urlencode({"agency": record.agency.code})
        lines.append(
            Line(
                record.agency.code,
                _("The unit itself") if is_own else record.name,
                found[record.agency_id],
                asked if opens else "",
                f"{asked}&{urlencode(shown)}" if opens else "",
            )
        )
    return lines
