"""Pages citizens take for impostors of the branch's agencies, and what the agency says to each."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import AgencyRecord
from accounts.platforms import PLATFORMS, Identifier, Link
from common.errors import ConflictError, RegistryError
from registry.declarations.services import confirm_fake
from registry.lookup.models import ImpostorReport, ReportState
from registry.lookup.services import answer_report
from registry.users.models import User
from registry.users.policies import not_found
from registry.users.selectors import agency_records_for
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm, posted
from registry.web.paging import page_by_key
from registry.web.reviewer.scope import HR, unit_names

_ANSWERS = [
    (ReportState.FAKE, gettext_lazy("It poses as us. Everybody who looks it up is told so.")),
    (ReportState.OURS, gettext_lazy("It is our own page. It still has to be declared, if it is not.")),
    (ReportState.NO_FAKE, gettext_lazy("It is neither ours nor poses as us.")),
]


class AnswerForm(RegistryForm):
    """What the agency says to a report."""

    state = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an answer.")},
    )


def impostors_of(user: User) -> QuerySet[ImpostorReport]:
    """The reports about agencies of the officer's branches."""
    mine = agency_records_for(user, HR).values("agency")
    return ImpostorReport.objects.filter(agency__in=mine).select_related("agency")


@for_role(HR)
@require_safe
def impostors(request: HttpRequest) -> HttpResponse:
    """Reports that wait, the oldest first; or, asked for, those that were answered."""
    answered = request.GET.get("answered") == "1"
    rows = impostors_of(person(request))
    rows = rows.exclude(state=ReportState.OPEN) if answered else rows.filter(state=ReportState.OPEN)
    page = page_by_key(rows, "id", cursor=request.GET.get("after", ""), size=25)
    names = unit_names({row.agency_id for row in page.rows})
    told = [
        (row, PLATFORMS[row.platform].name, names.get(row.agency_id, ""), ReportState(row.state).label)
        for row in page.rows
    ]
    return render(request, "web/reviewer/impostors.html", {"page": page, "told": told, "answered": answered})


@for_role(HR)
@require_http_methods(["GET", "POST"])
def impostor(request: HttpRequest, ticket: str) -> HttpResponse:
    """One report; answer it for the agency."""
    user = person(request)
    found = impostors_of(user).filter(ticket=ticket).first() if ticket.isprintable() else None
    if found is None:
        raise not_found()
    form = AnswerForm(**posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            _answer(found, ReportState(form.cleaned_data["state"]), by=user)
        except ConflictError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Answered. Whoever has the number can see it."))
            return redirect("reviewer:impostors")
    context = {
        "report": found,
        "platform": PLATFORMS[found.platform].name,
        "agency": AgencyRecord.objects.current().get(agency=found.agency_id),
        "state": ReportState(found.state).label,
        "is_open": found.state == ReportState.OPEN,
        "form": form,
        "crumbs": [(reverse("reviewer:impostors"), _("Reported impostors"))],
    }
    return render(request, "web/reviewer/impostor.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _answer(report: ImpostorReport, state: ReportState, *, by: User) -> None:
    """Answer for the agency; a confirmed fake becomes one in the register with it, if it is not yet.

    Raises:
        NotFoundError, NotAllowedError: the officer may not speak for the agency's pages.
        ConflictError: somebody was first, or the page is declared in the register.
    """
    answer_report(report=report, state=state, by=by)
    if state is not ReportState.FAKE:
        return
    link = Link(report.platform, (Identifier(report.kind, report.key, report.shown),), report.url)
    try:
        with transaction.atomic():
            confirm_fake(agency=report.agency, link=link, by=by, name_shown=report.name_shown)
    except RegistryError as error:
        if error.code != "confirmed_already":
            raise
