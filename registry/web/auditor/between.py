"""Two days side by side: what was open then and is open now, by rule and by unit, each with its list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import AgencyRecord
from registry.exports.selectors import instant_of
from registry.findings.selectors import Between, compare_instants, title_of
from registry.users.models import User
from registry.users.policies import covers
from registry.web.access import for_role, person
from registry.web.auditor.coverage import tops
from registry.web.auditor.forms import DayField, UnitForm
from registry.web.auditor.scope import AUDITOR, branches, branches_then

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
    unit, days = form.unit, form.days
    then, now = instant_of(days[0]), instant_of(days[1])
    heads = tops(branches(user, unit))
    top = unit or (heads[0] if len(heads) == 1 else None)
    compared = compare_instants(
        branches_then(user, unit, then), branches_then(user, unit, now), then, now, split=top
    )
    asked = {"agency": unit.agency.code} if unit else {}
    shown = {"first": days[0].isoformat(), "second": days[1].isoformat()}
    context = {
        "form": form,
        "unit": unit,
        "title": top.name if top else _("My branches"),
        "then": then,
        "now": now,
        "days": shown,
        "compared": compared,
        "rules": [
            Line(code, title_of(code), between, urlencode({**asked, "rule": code}))
            for code, between in sorted(compared.by_rule.items())
            if between
        ],
        "units": _units(user, compared.by_unit, top, shown),
        "up": urlencode(shown),
    }
    return render(request, "web/auditor/between.html", context)


def _units(
    user: User, found: dict[int, Between], top: AgencyRecord | None, shown: dict[str, str]
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
