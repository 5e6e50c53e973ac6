"""By what an account of the branch is known: its permanent id, or a new name in its address, recorded."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import AccountIdentifier, Entry, Official
from common.audit import services as audit
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.selectors import entry_for
from registry.users.models import Role, User
from registry.users.policies import not_found, path_of
from registry.users.selectors import official_for
from registry.web.access import Context, for_role, person
from registry.web.forms import posted
from registry.web.identifiers import HandleForm, PermanentIdForm, known_by, where_permanent
from registry.web.reviewer.scope import HR, people
from registry.web.reviewer.told import account_said


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def identifiers(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """What the account is known by. The first POST shows back what was read, the second records it."""
    user = person(request)
    entry, official = _of_branch(user, account_id)
    form = PermanentIdForm(**posted(request), account=entry.account)
    if request.method == "POST":
        if form.is_valid() and _record(user, entry, form) is not None:
            messages.success(request, _("The permanent id is recorded. The person is told."))
            return redirect("reviewer:identifiers", account_id)
    else:
        audit.record(
            act="official.viewed",
            by=user,
            subject_kind="official",
            subject_id=official.pk,
            agency_path=path_of(official),
            payload={"page": "identifiers"},
        )
    is_self = user.official_id == official.pk
    known = known_by(entry.account)
    context = {
        **_context(entry, official),
        "known_by": known,
        "where": where_permanent(entry.account),
        "form": form,
        "is_self": is_self,
        "can_strike": not is_self and len(known) > 1,
        "can_rename": not is_self and any(each.is_permanent for each in known),
    }
    return render(request, "web/reviewer/identifiers.html", context, status=422 if form.errors else 200)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """The name in the account's address changed. The first POST shows back what was read."""
    user = person(request)
    entry, official = _of_branch(user, account_id)
    form = HandleForm(**posted(request), account=entry.account)
    if request.method == "POST" and form.is_valid() and _record_handle(user, entry, form):
        messages.success(request, _("The new name is recorded. The person is asked to declare it."))
        return redirect("reviewer:identifiers", account_id)
    context = _context(entry, official) | {"form": form}
    return render(request, "web/reviewer/handle.html", context, status=422 if form.errors else 200)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, account_id: UUID, identifier: int) -> HttpResponse:
    """Strike a permanent id out, after asking back."""
    user = person(request)
    entry, official = _of_branch(user, account_id)
    found = AccountIdentifier.objects.current().filter(account=entry.account, pk=identifier).first()
    if found is None:
        raise not_found()
    if request.method == "POST":
        services.strike_permanent_id(identifier=found, by=user)
        messages.success(request, _("Struck out: %s.") % found.shown)
        return redirect("reviewer:identifiers", account_id)
    context = _context(entry, official) | {"identifier": found}
    return render(request, "web/reviewer/strike_identifier.html", context)


def _of_branch(user: User, account_id: UUID) -> tuple[Entry, Official]:
    """What stands for an account of somebody of the officer's branches, and for whom.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    entry = entry_for(user, account_id)
    owner = entry.facts.official
    if owner is None:
        raise not_found()
    return entry, official_for(user, owner.public_id, HR)


def _context(entry: Entry, official: Official) -> Context:
    who = people({official.pk})[official.pk]
    return {
        "entry": entry,
        "who": who,
        "account": account_said(entry.account),
        "crumbs": [
            (reverse("reviewer:staff"), _("Staff")),
            (reverse("reviewer:official", args=[official.public_id]), who.full_name),
        ],
    }


def _record(user: User, entry: Entry, form: PermanentIdForm) -> Declaration | None:
    """Do what the form asks; None where it is to be confirmed first, or was refused."""
    try:
        if not form.cleaned_data["confirmed"]:
            services.permanent_id_of(account=entry.account, link=form.found)
            return None
        return services.record_permanent_id(
            account=entry.account, link=form.found, link_text=form.cleaned_data["link"], by=user
        )
    except (NotFoundError, NotAllowedError):
        raise
    except RegistryError as error:
        form.refuse(error)
        return None


def _record_handle(user: User, entry: Entry, form: HandleForm) -> bool:
    """Do what the form asks; False where it is to be confirmed first, or was refused."""
    try:
        if form.cleaned_data["confirmed"]:
            services.record_handle(account=entry.account, link=form.found, by=user)
            return True
    except (NotFoundError, NotAllowedError):
        raise
    except RegistryError as error:
        form.refuse(error)
    return False
