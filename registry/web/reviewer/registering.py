"""HR acts for a person: an account registered on their behalf, an account taken out of the register."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.agency_names import agency_meant
from accounts.models import Official, OfficialRecord
from accounts.photos import PhotoLimits, redraw
from accounts.services import Statement, keep_photo
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.selectors import entry_for
from registry.declarations.states import State
from registry.privacy.services import note_look
from registry.users.models import Role, User
from registry.users.policies import not_found, path_of
from registry.users.selectors import official_for
from registry.web.access import for_role, person
from registry.web.official.forms import DetailsForm, LinkForm
from registry.web.reviewer.scope import HR
from registry.web.reviewer.told import account_said


class RegisterForm(LinkForm, DetailsForm):
    """An account as HR has it on paper: only the link is needed."""

    remove_photo = None  # type: ignore[assignment]  # nothing stands yet that could be taken out
    field_order = ["link", "platform", "name_shown", "photo", "agency_shown", "disclaimer", "opened_on"]


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Register an account for somebody of the branch; they are asked to confirm it."""
    user = person(request)
    official = official_for(user, public_id, HR)
    record = OfficialRecord.objects.current().get(official=official)
    form = RegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            registered = _register(form, official, user)
        except (NotFoundError, NotAllowedError):
            raise
        except RegistryError as error:
            form.refuse(error)
        else:
            if registered.state == State.DISPUTED:
                messages.warning(
                    request,
                    _("Somebody else holds this account already. It is now a dispute; nothing stands yet."),
                )
            else:
                messages.success(
                    request, _("The account is registered. The person will be asked to confirm it.")
                )
            return redirect("reviewer:official", public_id=public_id)
    return render(
        request,
        "web/reviewer/register.html",
        {
            "form": form,
            "official": official,
            "record": record,
            "is_self": user.official_id == official.pk,
            "smallest": PhotoLimits().min_side,
            "largest": PhotoLimits().file_bytes // 1024 // 1024,
            "crumbs": [
                (reverse("reviewer:staff"), _("Staff")),
                (reverse("reviewer:official", args=[public_id]), record.full_name),
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _register(form: RegisterForm, official: Official, user: User) -> Declaration:
    """Register what the form says. Raises PhotoError when the photo is refused."""
    said = form.cleaned_data
    statement = Statement(
        name_shown=said["name_shown"],
        agency_shown=said["agency_shown"],
        agency_resolved=agency_meant(said["agency_shown"], near=path_of(official)),
        disclaimer=said["disclaimer"],
        opened_on=said["opened_on"],
    )
    photo = said["photo"]
    redrawn = redraw(photo.read(PhotoLimits().file_bytes + 1)) if photo is not None else None
    with transaction.atomic():  # kept and named in one, or it might be dropped as unused between the two
        if redrawn is not None:
            statement["photo"] = keep_photo(redrawn=redrawn)
        try:
            return services.register_on_behalf(
                official=official, link=form.found, statement=statement, by=user, link_text=said["link"]
            )
        except RegistryError as error:
            refused = error
    raise refused


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Take an account of somebody of the branch out of the register; the person is told."""
    user = person(request)
    entry = entry_for(user, account_id)
    owner = entry.facts.official
    if owner is None:
        raise not_found()
    official = official_for(user, owner.public_id, HR)
    if request.method == "POST":
        services.close_account(account=entry.account, by=user)
        messages.success(request, _("Taken out of the register: %s.") % account_said(entry.account))
        return redirect("reviewer:official", public_id=official.public_id)
    note_look(official=official, page="account", by=user)
    record = OfficialRecord.objects.current().get(official=official)
    context = {"entry": entry, "official": official, "record": record}
    return render(request, "web/reviewer/close.html", context)
