"""What is registered for me, what waits, what is to be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import AgencyRecord, Incident, Official, OfficialComparison, OfficialRecord, Standing
from registry.declarations.selectors import entries_of, nil_of, own_declarations
from registry.declarations.states import OPEN, State
from registry.findings.selectors import findings_of_official
from registry.web.access import Context, declarant, for_officials, person
from registry.web.incidents import WITH_PEOPLE, shown
from registry.web.official.conduct import to_accept
from registry.web.official.declaring import WITH_IDENTIFIERS
from registry.web.official.wording import remarks


@for_officials
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The employee's start page."""
    official = declarant(request)
    entries = list(entries_of(official))
    open_ = list(own_declarations(person(request)).filter(state__in=OPEN).prefetch_related(*WITH_IDENTIFIERS))
    found = list(findings_of_official(official.pk))
    nil = nil_of(official)
    reported = Incident.objects.current().filter(official=official, closed_at__isnull=True)
    context = {
        "entries": entries,
        "to_confirm": [entry for entry in entries if entry.standing == Standing.UNCONFIRMED],
        "returned": [row for row in open_ if row.state == State.RETURNED],
        "drafts": [row for row in open_ if row.state == State.DRAFT],
        "waiting": [row for row in open_ if row.state in {State.SUBMITTED, State.DISPUTED}],
        "nil": nil,
        "nothing_said": not entries and not open_ and nil is None,
        "remarks": remarks(found),
        "incidents": [shown(each, own=True) for each in reported.select_related(*WITH_PEOPLE)],
        **_about(official),
    }
    return render(request, "web/official/home.html", context)


def _about(official: Official) -> Context:
    record = OfficialRecord.objects.current().filter(official=official).first()
    agency = AgencyRecord.objects.current().filter(agency=record.agency_id).first() if record else None
    compared = OfficialComparison.objects.filter(official=official).first()
    due = compared.declare_due_on if compared else None
    return {
        "record": record,
        "agency": agency,
        "due": due,
        "overdue": due and due <= timezone.localdate(),
        "code_to_accept": compared is not None and to_accept(official, compared.profile),
    }
