"""What is registered for me, what waits, what is to be done by when."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.code_of_conduct import current_on
from accounts.models import AgencyRecord, Incident, OfficialComparison, OfficialRecord, Standing
from registry.declarations.selectors import entries_of, nil_of, own_declarations
from registry.declarations.states import OPEN, State
from registry.findings.selectors import findings_of_official
from registry.rules.profiles import profile_by_number
from registry.web.access import declarant, for_officials, person
from registry.web.incidents import WITH_PEOPLE, shown
from registry.web.official import tasks
from registry.web.official.conduct import to_accept
from registry.web.official.confirming import due_of
from registry.web.official.declaring import WITH_IDENTIFIERS
from registry.web.official.wording import remarks


@for_officials
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The employee's start page."""
    official = declarant(request)
    entries = list(entries_of(official))
    open_ = list(own_declarations(person(request)).filter(state__in=OPEN).prefetch_related(*WITH_IDENTIFIERS))
    nil = nil_of(official)
    reported = Incident.objects.current().filter(official=official, closed_at__isnull=True)
    told = shown(reported.select_related(*WITH_PEOPLE), reader=person(request))
    compared = OfficialComparison.objects.filter(official=official).first()
    todo: list[tasks.Task] = []
    if not entries and not open_ and nil is None:
        todo.append(tasks.to_say(_declare_by(compared) if compared else None))
    todo += tasks.of_incidents(told)
    todo += [tasks.to_correct(row) for row in open_ if row.state == State.RETURNED]
    todo += [tasks.to_look_at(entry) for entry in entries if entry.standing == Standing.UNCONFIRMED]
    todo += tasks.to_confirm(due_of(official, entries))
    if compared is not None and to_accept(official, compared.profile):
        todo.append(tasks.to_accept(_accept_by(compared)))
    todo += [tasks.to_finish(row) for row in open_ if row.state == State.DRAFT]
    ordered = tasks.in_order(todo)
    record = OfficialRecord.objects.current().filter(official=official).first()
    context = {
        "entries": entries,
        "waiting": [row for row in open_ if row.state in {State.SUBMITTED, State.DISPUTED}],
        "nil": nil,
        "remarks": remarks(findings_of_official(official.pk)),
        "tasks": ordered,
        "soonest": next((each.due for each in ordered if each.due), None),
        "record": record,
        "agency": _agency(record),
    }
    return render(request, "web/official/home.html", context)


def _agency(record: OfficialRecord | None) -> AgencyRecord | None:
    return AgencyRecord.objects.current().filter(agency=record.agency_id).first() if record else None


def _declare_by(compared: OfficialComparison) -> dt.date | None:
    """The first day it is late to declare: by a regulation, or else a profile that obliges."""
    profile = profile_by_number(compared.profile)
    if compared.declare_due_on or profile.days_to_declare is None:
        return compared.declare_due_on
    obliged = profile.obliges_declaration_on(timezone.localdate())
    return compared.since + dt.timedelta(days=profile.days_to_declare) if obliged else None


def _accept_by(compared: OfficialComparison) -> dt.date | None:
    """The first day it is late to accept the wording in effect; None where the profile names no time."""
    wording = current_on(timezone.localdate())
    days = profile_by_number(compared.profile).days_to_accept_code
    if wording is None or days is None:
        return None
    return max(wording.effective_from, compared.since) + dt.timedelta(days=days)
