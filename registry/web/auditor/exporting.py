"""Taking a list out, with the proof that it stays what it is; and what was taken out before."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import AgencyRecord
from common.errors import NotFoundError, RegistryError
from registry.exports import ordering
from registry.exports.models import Format, Order
from registry.exports.selectors import (
    exports_for,
    is_at_work,
    order_for,
    orders_for,
    public_key_pem,
    signing_key_id,
)
from registry.users.policies import branches_of
from registry.web.access import for_role, person
from registry.web.auditor.coverage import tops
from registry.web.auditor.forms import ExportForm
from registry.web.auditor.scope import AUDITOR
from registry.web.headway import Progress, who_is_at_it
from registry.web.paging import page_by_key

_RECENT = 5  # lists asked for


@for_role(AUDITOR)
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The lists taken out of the auditor's branches, newest first."""
    page = page_by_key(
        exports_for(person(request)), "-created_at", "-id", cursor=request.GET.get("after", "")
    )
    context = {"page": page, "key": signing_key_id(), "orders": orders_for(person(request))[:_RECENT]}
    return render(request, "web/auditor/exports.html", context)


@for_role(AUDITOR)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Say what will be exported and that it is written down; on yes, let a worker make it."""
    user = person(request)
    if request.method != "POST":
        heads = tops(branches_of(user, AUDITOR))
        only = heads[0].agency.code if len(heads) == 1 else ""
        asked = {"agency": only, "format": Format.XLSX} | {
            key: value for key, value in request.GET.items() if value
        }
        return render(request, "web/auditor/export.html", {"form": ExportForm(user, initial=asked)})
    form = ExportForm(user, request.POST)
    if form.is_valid() and form.unit is not None:
        try:
            made = ordering.order(
                agency=form.unit.agency,
                by=user,
                day=form.cleaned_data["as_of"],
                form=Format(form.cleaned_data["format"]),
                wanted=form.wanted,
            )
        except NotFoundError:
            raise
        except RegistryError as error:
            form.refuse(error)
        else:
            return redirect("auditor:order", public_id=made.public_id)
    return render(request, "web/auditor/export.html", {"form": form}, status=422)


@for_role(AUDITOR)
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A list that was asked for: how far it is, then where to fetch it."""
    order = order_for(person(request), public_id)
    unit = AgencyRecord.objects.current().filter(agency=order.agency_id).first()
    context = {
        "order": order,
        "unit_name": unit.name if unit else order.agency.code,
        "is_waiting": order.state == Order.State.WAITING,
        "progress": _progress(order),
        "until": order.asked_at + ordering.KEEP,
    }
    return render(request, "web/auditor/order.html", context)


@for_role(AUDITOR)
@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is, as a piece of the page; once it is made, the whole page is asked for again."""
    order = order_for(person(request), public_id)
    response = render(request, "web/_progress.html", {"progress": _progress(order)})
    if order.state != Order.State.WAITING:
        response["HX-Refresh"] = "true"
    return response


def _progress(order: Order) -> Progress:
    if order.state != Order.State.WAITING:
        return Progress(_("Done."), order.done, 100, "")
    who = who_is_at_it(alive=is_at_work(order), attempts=order.attempts, since=order.asked_at)
    return Progress(_("The list is being made."), order.done, None, who)


@for_role(AUDITOR)
@require_safe
def take(request: HttpRequest, public_id: UUID) -> FileResponse:
    """The ZIP, for whoever asked for it."""
    order = order_for(person(request), public_id)
    path = ordering.file_of(order)
    name = f"{order.export.file_name if order.export else order.public_id}.zip"
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@for_role(AUDITOR)
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public key exports are verified with."""
    del request
    response = HttpResponse(public_key_pem(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="chinh-danh-export-key.pem"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
