"""Lost and impersonated accounts of the branch: reported for somebody, who has been told, how it ended."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Incident, Official
from common.audit import services as audit
from common.errors import RegistryError
from registry.declarations.selectors import entries_of
from registry.users.models import User
from registry.users.policies import not_found, path_of
from registry.users.selectors import official_for, official_records_for
from registry.web.access import for_role, person
from registry.web.forms import posted
from registry.web.incidents import WITH_PEOPLE, CloseForm, NoticeForm, ReportForm, act_on, shown
from registry.web.paging import page_by_key
from registry.web.reviewer.scope import HR, people


def _incidents(user: User) -> QuerySet[Incident]:
    """The reports of the officer's branches as they stand."""
    staff = official_records_for(user, HR)
    return (
        Incident.objects.current().filter(official__in=staff.values("official")).select_related(*WITH_PEOPLE)
    )


@for_role(HR)
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Open reports, the oldest first; or, asked for, those that are closed."""
    closed = request.GET.get("closed") == "1"
    rows = _incidents(person(request)).filter(closed_at__isnull=not closed)
    page = page_by_key(rows, "noticed_on", "id", cursor=request.GET.get("after", ""))
    who = people({each.official_id for each in page.rows})
    told = [(each, who.get(each.incident.official_id)) for each in shown(page.rows, reader=person(request))]
    return render(request, "web/reviewer/incidents.html", {"page": page, "told": told, "closed": closed})


@for_role(HR)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Report for somebody who called; what happened to oneself is reported like anybody's."""
    user = person(request)
    official = official_for(user, public_id, HR)
    if user.official_id == official.pk:
        return redirect("official:report_incident")
    form = ReportForm(**posted(request), entries=list(entries_of(official)))
    if request.method == "POST":
        reported = form.report(official, by=user) if form.is_valid() else None
        if reported is not None:
            messages.success(
                request,
                _("Reported. See that the platform and the head of the unit are told, and write down when."),
            )
            return redirect("reviewer:incident", reported.public_id)
    else:
        _viewed(user, official, page="incident_report")
    who = people({official.pk})[official.pk]
    context = {
        "form": form,
        "who": who,
        "crumbs": [
            (reverse("reviewer:staff"), _("Staff")),
            (reverse("reviewer:official", args=[public_id]), who.full_name),
        ],
    }
    return render(request, "web/reviewer/incident_report.html", context, status=422 if form.errors else 200)


@for_role(HR)
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One report. Looking at it is written down, for the person to read."""
    user = person(request)
    found = _incidents(user).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    telling, closing, refusal = NoticeForm(), CloseForm(), ""
    if request.method == "POST":
        try:
            telling, closing, done = act_on(found, request.POST, user)
        except RegistryError as error:
            refusal = str(error.message)
        else:
            if done:
                messages.success(request, _("Recorded."))
                return redirect("reviewer:incident", public_id)
    else:
        _viewed(user, found.official, page="incident")
    context = {
        "told": shown([found], reader=user)[0],
        "who": people({found.official_id}).get(found.official_id),
        "telling": telling,
        "closing": closing,
        "refusal": refusal,
        "crumbs": [(reverse("reviewer:incidents"), _("Reports"))],
    }
    bad = bool(refusal or telling.errors or closing.errors)
    return render(request, "web/reviewer/incident.html", context, status=422 if bad else 200)


def _viewed(user: User, official: Official, *, page: str) -> None:
    audit.record(
        act="official.viewed",
        by=user,
        subject_kind="official",
        subject_id=official.pk,
        agency_path=path_of(official),
        payload={"page": page},
    )
