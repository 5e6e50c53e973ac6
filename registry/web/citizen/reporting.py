"""An impostor reported by a citizen, and what became of it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import AgencyRecord
from accounts.platforms import Link
from common.errors import RegistryError
from registry.lookup.answers import agencies_named
from registry.lookup.models import ReportState
from registry.lookup.questions import LONGEST, read_question
from registry.lookup.selectors import (
    agencies_called,
    agency_by_code,
    inspectorate_of,
    reach_of,
    report_by_ticket,
)
from registry.lookup.services import report_impostor
from registry.web.citizen.limited import asking, reporting
from registry.web.forms import RegistryForm, posted

LOOKS = {
    ReportState.OPEN: "wait",
    ReportState.FAKE: "bad",
    ReportState.OURS: "ok",
    ReportState.NO_FAKE: "neutral",
}
_OFFERED = 20


class ReportForm(RegistryForm):
    """The page and the agency it poses as; nothing about whoever reports it."""

    link = forms.CharField(
        label=_("Link of the page"), max_length=LONGEST, error_messages={"required": _("Paste the link.")}
    )
    name_shown = forms.CharField(label=_("Name it shows"), max_length=200, required=False)
    agency = forms.CharField(
        label=_("Which agency it poses as"),
        max_length=200,
        error_messages={"required": _("Type the name of the agency.")},
    )
    code = forms.ChoiceField(label=_("Which of these"), required=False, widget=forms.RadioSelect)

    found: Link
    record: AgencyRecord

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = self._offered()
        self.fields["code"].choices = self.offered  # type: ignore[attr-defined]

    def _offered(self) -> list[tuple[str, str]]:
        """The agencies called as typed, each with the one above."""
        text = str(self.data.get("agency", ""))[:200]
        if not text.strip():
            return []
        rows = agencies_named(agencies_called(text)[:_OFFERED])
        return [
            (row["code"], " · ".join(part for part in (row["name"], row["above"]) if part)) for row in rows
        ]

    def clean_link(self) -> str:
        """Read the link; raises ValidationError with what to do."""
        text = str(self.cleaned_data["link"])
        try:
            question = read_question(text)
        except RegistryError as error:
            raise forms.ValidationError(str(error.message), code=error.code) from None
        if question.link is None:
            raise forms.ValidationError(_("Paste the full link of the page."), code="not_a_link")
        self.found = question.link
        return text

    def clean(self) -> dict[str, Any]:
        """Know the one agency, or ask which."""
        cleaned = dict(super().clean() or {})
        if "agency" not in cleaned:
            return cleaned
        chosen = cleaned.get("code") or (self.offered[0][0] if len(self.offered) == 1 else "")
        if not self.offered:
            self.add_error("agency", _("No agency of this name is in the register. Type its full name."))
        elif not chosen:
            self.add_error("code", _("Several agencies are called so. Choose one."))
        else:
            self.record = agency_by_code(chosen)
        return cleaned


@login_not_required
@require_http_methods(["GET", "POST"])
@asking
def report(request: HttpRequest) -> HttpResponse:
    """Report that a page poses as an agency."""
    if request.method == "GET":
        first = {"link": request.GET.get("link", "")[:LONGEST], "agency": request.GET.get("agency", "")[:200]}
        return render(request, "web/citizen/report.html", {"form": ReportForm(initial=first)})
    return _take(request)


@reporting
def _take(request: HttpRequest) -> HttpResponse:
    form = ReportForm(**posted(request))
    if form.is_valid():
        try:
            taken = report_impostor(
                agency=form.record.agency, link=form.found, name_shown=form.cleaned_data["name_shown"]
            )
        except RegistryError as error:
            form.refuse(error)
        else:
            return redirect("citizen:ticket", ticket=taken.ticket)
    return render(request, "web/citizen/report.html", {"form": form}, status=422)


@login_not_required
@require_safe
@asking
def tickets(request: HttpRequest) -> HttpResponse:
    """Look a report up by its number."""
    number = request.GET.get("number", "").strip()[:40]
    if number:
        try:
            return redirect("citizen:ticket", ticket=report_by_ticket(number).ticket)
        except RegistryError as error:
            return render(
                request, "web/citizen/tickets.html", {"number": number, "refused": error.message}, status=422
            )
    return render(request, "web/citizen/tickets.html", {"number": ""})


@login_not_required
@require_safe
@asking
def ticket(request: HttpRequest, ticket: str) -> HttpResponse:
    """What became of a report."""
    found = report_by_ticket(ticket)
    record = agency_by_code(found.agency.code)
    state = ReportState(found.state)
    context = {
        "report": found,
        "state": state.label,
        "kind": LOOKS[state],
        "agency": record,
        "reach": reach_of(record),
        "inspectorate": inspectorate_of(record),
    }
    response = render(request, "web/citizen/ticket.html", context)
    response["Cache-Control"] = "no-store"  # whoever sits here next need not find it
    response["X-Robots-Tag"] = "noindex"
    return response
