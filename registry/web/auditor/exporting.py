"""Taking a list out, with the proof that it stays what it is; and what was taken out before."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import NotFoundError, RegistryError
from registry.exports.models import Format
from registry.exports.selectors import exports_for, public_key_pem, signing_key_id
from registry.exports.services import exported_zip
from registry.users.policies import branches_of
from registry.web.access import for_role, person
from registry.web.auditor.coverage import tops
from registry.web.auditor.forms import ExportForm
from registry.web.auditor.scope import AUDITOR
from registry.web.paging import page_by_key


@for_role(AUDITOR)
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The lists taken out of the auditor's branches, newest first."""
    page = page_by_key(
        exports_for(person(request)), "-created_at", "-id", cursor=request.GET.get("after", "")
    )
    return render(request, "web/auditor/exports.html", {"page": page, "key": signing_key_id()})


@for_role(AUDITOR)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Say what will be exported and that it is written down; on yes, give out the ZIP."""
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
            with exported_zip(
                agency=form.unit.agency,
                by=user,
                day=form.cleaned_data["as_of"],
                form=Format(form.cleaned_data["format"]),
                wanted=form.wanted,
            ) as packed:
                # The name goes when the folder does; the open file stays until it is sent.
                response = FileResponse(packed.open("rb"), as_attachment=True, filename=packed.name)
        except NotFoundError:
            raise
        except RegistryError as error:
            form.refuse(error)
        else:
            response["Cache-Control"] = "no-store"
            response["X-Content-Type-Options"] = "nosniff"
            return response
    return render(request, "web/auditor/export.html", {"form": form}, status=422)


@for_role(AUDITOR)
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public key exports are verified with."""
    del request
    response = HttpResponse(public_key_pem(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="chinh-danh-export-key.pem"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
