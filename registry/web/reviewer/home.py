"""The home of a branch: who has declared, what is not in line, what waits."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import AgencyRecord
from registry.declarations.selectors import contested_entries_for, disputes_to_decide, queue_for
from registry.findings.selectors import Count, counters, last_checked
from registry.intake.selectors import imports_for
from registry.privacy.selectors import requests_for
from registry.rules.catalogue import catalogue
from registry.users.models import Role, User
from registry.users.policies import branches_of
from registry.web.access import for_role, person
from registry.web.reviewer.scope import HR, own_agencies, unit_of
from registry.web.reviewer.standing import Tally, coverage


@for_role(Role.HR_OFFICER)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """How the officer's branch stands; `unit` looks into a part of it."""
    user = person(request)
    own = own_agencies(user)
    top = unit_of(user, request.GET.get("unit", "")) or _only(user, own)
    units = coverage(user, top)
    total = Tally()
    for unit in units:
        total += unit.tally
    branches = [top.path] if top is not None else branches_of(user, HR)
    counts = _counts(branches)
    return render(
        request,
        "web/reviewer/home.html",
        {
            "top": top,
            "heading": top.name if top is not None else _("My branches"),
            "crumbs": _crumbs(top, own),
            "units": units,
            "total": total,
            "without": sum(not unit.tally.staff for unit in units),
            "counts": [(rule, counts[rule.code]) for rule in catalogue() if rule.code in counts],
            "open": sum(count.open for count in counts.values()),
            "to_answer": sum(count.contested for count in counts.values()),
            "queue": queue_for(user).count(),
            "disputes": disputes_to_decide(user).count(),
            "contested": contested_entries_for(user).count(),
            "data_requests": requests_for(user, answered=False).count(),
            "last_import": imports_for(user).first(),
            "last_checked": _last_checked(branches),
        },
    )


def _only(user: User, own: list[AgencyRecord]) -> AgencyRecord | None:
    """The one agency an officer is responsible for, where it is the whole of their branches."""
    return own[0] if len(own) == 1 and branches_of(user, HR) == [own[0].path] else None


def _crumbs(top: AgencyRecord | None, own: list[AgencyRecord]) -> list[tuple[str, str]]:
    """The way from the officer's own agency down to the unit above the one looked at."""
    if top is None:
        return []
    granted = [record.path for record in own]
    chain = [path for path in _steps(top.path)[:-1] if any(path.startswith(one) for one in granted)]
    records = AgencyRecord.objects.current().filter(path__in=chain).select_related("agency").order_by("path")
    home = reverse("reviewer:home")
    start = [(home, _("My branches"))] if len(own) > 1 else []
    return start + [(f"{home}?{urlencode({'unit': each.agency.code})}", each.name) for each in records]


def _steps(path: str) -> list[str]:
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[: count + 1]) + "/" for count in range(len(parts))]


def _counts(branches: list[str]) -> dict[str, Count]:
    summed: dict[str, Count] = {}
    for branch in branches:
        for code, count in counters(branch).items():
            summed[code] = summed.get(code, Count()) + count
    return {code: count for code, count in summed.items() if count}


def _last_checked(branches: list[str]) -> object:
    """When the whole of it was last checked: the oldest of the branches; None where one never was."""
    checked = [last_checked(branch) for branch in branches]
    known = [one for one in checked if one is not None]
    return min(known) if known and len(known) == len(checked) else None
