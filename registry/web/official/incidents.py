"""An account I lost, or somebody who poses as me: reported, followed, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Incident
from common.errors import RegistryError
from registry.declarations.selectors import entries_of
from registry.users.policies import not_found
from registry.web.access import declarant, for_officials, person
from registry.web.forms import posted
from registry.web.incidents import WITH_PEOPLE, CloseForm, NoticeForm, OwnReportForm, act_on, shown


@for_officials
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """My reports, newest first."""
    mine = Incident.objects.current().filter(official=declarant(request)).order_by("-reported_at", "-pk")
    told = shown(mine.select_related(*WITH_PEOPLE), reader=person(request))
    crumbs = [(reverse("official:home"), _("My accounts"))]
    return render(request, "web/official/incidents.html", {"told": told, "crumbs": crumbs})


@for_officials
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report an incident."""
    official = declarant(request)
    initial = {"account": request.GET.get("account", "")}
    form = OwnReportForm(**posted(request), entries=list(entries_of(official)), initial=initial)
    if request.method == "POST" and form.is_valid():
        reported = form.report(official, by=person(request))
        if reported is not None:
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
    found = mine.select_related(*WITH_PEOPLE).first()
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
        "told": shown([found], reader=person(request))[0],
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
