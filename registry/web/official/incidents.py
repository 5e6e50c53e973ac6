"""An account I lost, or somebody who poses as me: reported, followed, ended."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Account, Entry, Incident, IncidentKind
from common.errors import RegistryError
from registry.declarations import services
from registry.declarations.selectors import entries_of
from registry.users.policies import not_found
from registry.web.access import declarant, for_officials, person
from registry.web.forms import RegistryForm, posted
from registry.web.incidents import CloseForm, NoticeForm, act_on, shown
from registry.web.showing import handle_of, platform_name


class ReportForm(RegistryForm):
    """What happened, to which account, noticed when."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=IncidentKind.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what happened.")},
    )  # fmt: skip
    account = forms.ChoiceField(label=gettext_lazy("Which account of yours"), required=False)
    impostor_link = forms.CharField(
        label=gettext_lazy("Link to the account that poses as you"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    noticed_on = forms.DateField(
        label=gettext_lazy("Noticed on"),
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Say on which day."),
            "invalid": gettext_lazy("Write the day as day/month/year, for example 25/03/2019."),
        },
    )

    def __init__(self, *args: Any, entries: list[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [
            (str(each.account.public_id), f"{platform_name(each.account)} · {handle_of(each.account)}")
            for each in entries
        ]
        self.fields["account"].choices = [("", _("One that is not registered")), *mine]  # type: ignore[attr-defined]


@for_officials
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """My reports, newest first."""
    mine = Incident.objects.current().filter(official=declarant(request)).order_by("-reported_at", "-pk")
    told = [shown(each) for each in mine.select_related("official", "provider_told_by", "superior_told_by")]
    crumbs = [(reverse("official:home"), _("My accounts"))]
    return render(request, "web/official/incidents.html", {"told": told, "crumbs": crumbs})


@for_officials
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report an incident."""
    official = declarant(request)
    entries = list(entries_of(official))
    form = ReportForm(**posted(request), entries=entries, initial={"noticed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        accounts: dict[str, Account] = {str(each.account.public_id): each.account for each in entries}
        try:
            reported = services.report_incident(
                official=official,
                kind=IncidentKind(said["kind"]),
                noticed_on=said["noticed_on"],
                account=accounts.get(said["account"]),
                impostor_link=said["impostor_link"],
                by=person(request),
            )
        except RegistryError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Reported. Now tell the platform and the head of your unit."))
            return redirect("official:incident", reported.public_id)
    crumbs = [(reverse("official:home"), _("My accounts")), (reverse("official:incidents"), _("Reports"))]
    return render(
        request,
        "web/official/incident_report.html",
        {"form": form, "crumbs": crumbs},
        status=422 if form.errors else 200,
    )


@for_officials
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One report: its clock, who has been told, and how it ended."""
    mine = Incident.objects.current().filter(official=declarant(request), public_id=public_id)
    found = mine.select_related("official", "account", "provider_told_by", "superior_told_by").first()
    if found is None:
        raise not_found()
    telling, closing, refusal = NoticeForm(), CloseForm(), ""
    if request.method == "POST":
        try:
            telling, closing, done = act_on(found, request.POST, person(request))
        except RegistryError as error:
            refusal = str(error.message)
        else:
            if done:
                messages.success(request, _("Recorded."))
                return redirect("official:incident", public_id)
    context = {
        "told": shown(found),
        "telling": telling,
        "closing": closing,
        "refusal": refusal,
        "crumbs": [
            (reverse("official:home"), _("My accounts")),
            (reverse("official:incidents"), _("Reports")),
        ],
    }
    bad = bool(refusal or telling.errors or closing.errors)
    return render(request, "web/official/incident.html", context, status=422 if bad else 200)
