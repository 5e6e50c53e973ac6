"""A list arrives: a staff list, or accounts with their photos. What cannot be read is refused on the form."""

from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import Agency
from accounts.photos import PhotoZip
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.intake import services
from registry.intake.models import Import, Kind
from registry.intake.selectors import file_size
from registry.users.models import Role, User
from registry.users.selectors import agency_for
from registry.web.access import for_role, person
from registry.web.forms import OneFileField, RegistryForm
from registry.web.reviewer.planned import steps
from registry.web.reviewer.scope import HR, own_agencies
from registry.web.reviewer.units import UnitField

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

# A list up to this size is looked at while the person waits, so that a refusal stands on the form itself.
LOOKED_AT_ONCE = 1024 * 1024  # bytes


class StaffUpload(RegistryForm):
    """A staff list and whose it is."""

    unit = UnitField(label=gettext_lazy("Whose list is it?"))
    file = OneFileField(label=gettext_lazy("The list (Excel or CSV)"))

    def __init__(self, *args: Any, user: User, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            own = [(record.agency.code, record.name) for record in own_agencies(user)]
            field.offer(user, first=own, sent=unit)
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.txt,.tsv"


class AccountsUpload(StaffUpload):
    """An accounts list, with the photos it names."""

    photos = OneFileField(label=gettext_lazy("The photos (one ZIP file)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs["accept"] = ".zip,application/zip"


_FORMS: dict[str, type[StaffUpload]] = {Kind.STAFF: StaffUpload, Kind.ACCOUNTS: AccountsUpload}


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a list in; nothing of the register changes before its plan is applied."""
    if kind not in _FORMS:
        raise Http404
    user = person(request)
    bound = request.method == "POST"
    unit = request.POST.get("unit", "") or request.GET.get("unit", "")
    form = _FORMS[kind](
        request.POST if bound else None,
        request.FILES if bound else None,
        user=user,
        unit=unit,
        initial={"unit": unit} if unit else {},
    )
    if bound and form.is_valid():
        said = form.cleaned_data
        photos: UploadedFile[bytes] | None = said.get("photos")
        try:
            job = _receive(Kind(kind), said["file"], photos, agency_for(user, said["unit"], HR), user, form)
        except (NotFoundError, NotAllowedError):
            raise
        except RegistryError as error:
            form.add_error(error.field if error.field in form.fields else "file", str(error.message))
        else:
            if job is not None:
                return redirect("reviewer:import", public_id=job.public_id)
    context = {
        "form": form,
        "kind": kind,
        "is_staff_list": kind == Kind.STAFF,
        "steps": steps(),
        "crumbs": [(reverse("reviewer:imports"), _("Imports"))],
    }
    return render(request, "web/reviewer/upload.html", context, status=422 if bound else 200)


def _receive(
    kind: Kind,
    file: "UploadedFile[bytes]",
    photos: "UploadedFile[bytes] | None",
    agency: Agency,
    user: User,
    form: StaffUpload,
) -> Import | None:
    """Keep the list, and look at it at once where that takes a moment only.

    Raises:
        UnreadableFileError: the list is refused; nothing of it remains.
    """
    if photos is not None and not _is_archive(photos, form):
        return None
    job = services.receive(
        kind=kind,
        source=file,
        agency=agency,
        by=user,
        file_name=file.name or "",
        photos=photos,
        photos_name=(photos.name or "") if photos is not None else "",
        look_first=True,
    )
    if not is_small(job):
        services.start(job)
        return job
    try:
        return services.look(job)
    except BaseException:
        services.forget_if_possible(job)
        raise


def is_small(job: Import) -> bool:
    """Whether looking at the file takes a moment only."""
    return file_size(job) <= LOOKED_AT_ONCE


def _is_archive(photos: "UploadedFile[bytes]", form: StaffUpload) -> bool:
    """Look into the archive's directory only; its refusal belongs to its own field."""
    try:
        with PhotoZip(cast("BinaryIO", photos)):
            pass
    except RegistryError as error:
        form.add_error("photos", str(error.message))
        return False
    photos.seek(0)
    return True
