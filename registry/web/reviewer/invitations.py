"""Inviting people to make their login: one, or all who can be reached."""

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import GONE
from accounts.paths import below
from common.errors import RegistryError
from registry.users import services
from registry.users.models import Invitation, Role, User
from registry.users.policies import not_found
from registry.users.selectors import agency_for, agency_records_for, official_for
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.reviewer.back import came_from
from registry.web.reviewer.choosing import COUNTED, count_up_to, in_memory, named, people_of
from registry.web.reviewer.scope import HR, own_agencies, unit_of


class InviteForm(RegistryForm):
    """Says that the count was read."""

    sure = forms.BooleanField(
        label=gettext_lazy("Yes, send these invitations"),
        error_messages={"required": gettext_lazy("Tick the box to say that the letters are to go out.")},
    )


@for_role(Role.HR_OFFICER)
@require_POST
def invite_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite one person, or invite them again."""
    user = person(request)
    found = official_for(user, public_id, HR)  # type: ignore[arg-type]  # the address's converter made it one
    try:
        invitation = services.invite(official=found, by=user)
    except RegistryError as error:
        if error.status != RegistryError.status:
            raise
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The invitation goes to %s.") % invitation.email)
    return redirect("reviewer:official", public_id=public_id)


@for_role(Role.HR_OFFICER)
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make an open invitation worthless."""
    user = person(request)
    found = official_for(user, public_id, HR)  # type: ignore[arg-type]  # likewise
    services.withdraw_invitation(official=found, by=user)
    messages.success(request, _("The invitation no longer works."))
    return redirect("reviewer:official", public_id=public_id)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def invite_many(request: HttpRequest) -> HttpResponse:
    """Invite everybody of a unit and all below it who can be invited: first the count, then the letters."""
    user = person(request)
    own = own_agencies(user)
    code = request.POST.get("unit", "") or request.GET.get("unit", "")
    unit = unit_of(user, code) or (own[0] if own else None)
    if unit is None:
        raise not_found()
    back = came_from(request, reverse("reviewer:staff"))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invited = services.invite_branch(agency=agency_for(user, unit.agency.code, HR), by=user)
        messages.success(request, _("Invitations on their way: %d.") % invited.invited)
        return redirect(back)
    return render(
        request,
        "web/reviewer/invite_many.html",
        {
            "form": form,
            "unit": unit,
            "own": own,
            "preview": preview(user, unit.path),
            "back": back,
            "crumbs": [(back, _("Staff"))],
        },
        status=422 if form.is_bound else 200,
    )


def preview(user: User, path: str) -> dict[str, int]:
    """How many an invitation of the branch would reach, and why not the others; each of `count_up_to`."""
    inside = agency_records_for(user, HR).filter(below(path))
    present = people_of(named(inside)).exclude(status__in=GONE)
    has_login = Q(Exists(User.objects.filter(official=OuterRef("official"))))
    open_ones = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    invited = Q(Exists(open_ones.filter(official=OuterRef("official"))))
    rest = present.filter(~has_login, ~invited)
    found = {
        "due": rest.exclude(work_email=""),
        "already": present.filter(~has_login, invited),
        "has_login": present.filter(has_login),
        "no_email": rest.filter(work_email=""),
    }
    with in_memory():
        return {name: count_up_to(people, COUNTED) for name, people in found.items()}
