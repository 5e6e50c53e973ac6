"""The home of a branch: who has declared, what is not in line, what waits."""

from functools import reduce
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.comparison import Part
from accounts.models import AgencyRecord
from registry.declarations.page_selectors import page_queue_for
from registry.declarations.sides import how_much_waits
from registry.findings.selectors import Count, counters, last_checked
from registry.intake.selectors import imports_for
from registry.lookup.models import ReportState
from registry.privacy.selectors import requests_for
from registry.rules.catalogue import catalogue
from registry.rules.rule import Rule
from registry.users.models import Role, User
from registry.users.policies import branches_of
from registry.users.selectors import official_records_for
from registry.web.access import for_role, person
from registry.web.reviewer.choosing import COUNTED
from registry.web.reviewer.impostors import impostors_of
from registry.web.reviewer.looking import since_last_look, told
from registry.web.reviewer.scope import HR, own_agencies, unit_of
from registry.web.reviewer.standing import OVERDUE, Tally, coverage
from registry.web.templatetags.web import bar


@for_role(Role.HR_OFFICER)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """How the officer's branch stands; `unit` looks into a part of it."""
    user = person(request)
    own = own_agencies(user)
    top = unit_of(user, request.GET.get("unit", "")) or _only(user, own)
    units = coverage(user, top)
    total = reduce(Part.and_, (unit.part for unit in units), Part())
    branches = [top.path] if top is not None else branches_of(user, HR)
    counts = {code: count for code, count in (counters(*branches) if branches else {}).items() if count}
    waiting = how_much_waits(user, most=COUNTED + 1)
    whole_scope = set(branches) == set(branches_of(user, HR))
    return render(
        request,
        "web/reviewer/home.html",
        {
            "top": top,
            "heading": top.name if top is not None else _("My branches"),
            "crumbs": _crumbs(top, own),
            "units": units,
            "rows": [(unit, unit.tally, bar(unit.bars)) for unit in units],
            "total": Tally(total.staff, total.declared, total.nil, total.proposed),
            "without": total.unlisted,
            "being_counted": not total.staff and official_records_for(user, HR).exists(),
            "counts": _by_rule(counts),
            "open": sum(count.open for count in counts.values()),
            "overdue": sum(count.open for code, count in counts.items() if code in OVERDUE),
            "to_answer": sum(count.contested for count in counts.values()),
            "queue": waiting.to_review,
            "disputes": waiting.disputes + waiting.page_disputes,
            "contested": waiting.contested,
            "pages": page_queue_for(user).count(),
            "impostors": impostors_of(user).filter(state=ReportState.OPEN).count(),
            "data_requests": requests_for(user, answered=False).count(),
            "last_import": imports_for(user).values("public_id", "file_name", "created_at").first(),
            "last_checked": last_checked(*branches),
            "since": since_last_look(user, told(branches, total, counts)) if whole_scope else None,
        },
    )


def _by_rule(counts: dict[str, Count]) -> list[tuple[Rule, Count, bool]]:
    """What stands of each rule: those about a day that has passed first, then by weight in the branch."""
    rows = [(rule, counts[rule.code], rule.code in OVERDUE) for rule in catalogue() if rule.code in counts]
    return sorted(rows, key=lambda row: (not row[2], -row[1].open, row[0].code))


def _only(user: User, own: list[AgencyRecord]) -> AgencyRecord | None:
    """The one agency an officer is responsible for, where it is the whole of their branches."""
    return own[0] if len(own) == 1 and branches_of(user, HR) == [own[0].path] else None


def _crumbs(top: AgencyRecord | None, own: list[AgencyRecord]) -> list[tuple[str, str]]:
    """The way from the officer's own agency down to the unit above the one looked at."""
    if top is None:
        return []
    granted = [record.path for record in own]
    chain = [path for path in _steps(top.path)[:-1] if any(path.startswith(one) for one in granted)]
    current = AgencyRecord.objects.current().filter(path__in=chain).order_by("path")
    above = current.values_list("agency__code", "name") if chain else []
    home = reverse("reviewer:home")
    start = [(home, _("My branches"))] if len(own) > 1 else []
    return start + [(f"{home}?{urlencode({'unit': code})}", name) for code, name in above]


def _steps(path: str) -> list[str]:
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[: count + 1]) + "/" for count in range(len(parts))]
