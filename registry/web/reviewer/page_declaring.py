"""A page put forward: a new one, a change, one taken over after a merger, one corrected after its return."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Agency, AgencyRecord, DeclaredFacts, Entry
from accounts.photos import PhotoLimits
from accounts.services import find_account, keep_photo
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import services
from registry.declarations.models import PageDeclaration
from registry.declarations.page_selectors import page_declaration_for, page_entries_for, page_entry_for
from registry.declarations.services import PageSaid
from registry.declarations.states import DISPUTE_NOTICE, State
from registry.users.models import Role
from registry.users.policies import not_found
from registry.web.access import for_role, person
from registry.web.reviewer.page_forms import PageForm, PageLinkForm, PageOwnerForm, initial_of, picture_of
from registry.web.reviewer.people import offered
from registry.web.reviewer.scope import own_agencies, unit_of
from registry.web.reviewer.told import account_said


@dataclass(frozen=True, slots=True)
class Asked:
    """What a filled-in form is put forward as."""

    title: str
    shown: str  # which page
    agency: AgencyRecord
    put: Callable[[PageSaid, str, int | None], PageDeclaration]  # (what is said, permanent link, version)
    facts: DeclaredFacts | None = None  # said before, to begin from
    version: int | None = None
    reason: str = ""  # why it was returned


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Which page, and whose; both stay in the address while the rest is filled in."""
    user = person(request)
    form = PageLinkForm(request.GET, user=user, own=own_agencies(user))
    if not form.is_valid():
        context = {"form": form, "crumbs": _crumbs()}
        return render(request, "web/reviewer/page_link.html", context, status=422 if form.is_bound else 200)
    agency = _unit(request, form)
    known = find_account(form.found)
    if known is not None:
        standing = page_entries_for(user).filter(account=known, facts__agency=agency.agency)
        if standing.exists():
            messages.info(request, _("This page stands in the register already. Change it here."))
            return redirect("reviewer:page_change", account_id=known.public_id)
    text = form.cleaned_data["link"]

    def put(said: PageSaid, permanent: str, _version: int | None) -> PageDeclaration:
        return services.put_page_forward(
            agency=agency.agency,
            said=said,
            by=user,
            link=form.found,
            link_text=text,
            permanent_text=permanent,
        )

    return _fill_in(request, Asked(_("Declare a page"), form.found.url or text, agency, put))


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Say anew what there is to say of a page that stands."""
    entry = page_entry_for(person(request), account_id)
    agency = _record(entry.facts.agency)
    return _fill_in(request, _standing(request, _("Change a page"), entry, agency))


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Take over the page of an agency that was merged: which agency has it now, then all there is to say."""
    user = person(request)
    entry = page_entry_for(user, account_id)
    own = [each for each in own_agencies(user) if each.dissolved_on is None]
    form = PageOwnerForm(request.GET, user=user, own=own)
    agency = _unit(request, form) if form.is_valid() else None
    if agency is None or agency.agency_id == entry.facts.agency_id:
        if agency is not None:
            form.add_error("agency", _("It is this agency's page already. Choose the one that has it now."))
        context = {"form": form, "entry": entry, "crumbs": _crumbs()}
        return render(request, "web/reviewer/page_to.html", context, status=422 if form.is_bound else 200)
    return _fill_in(request, _standing(request, _("Take a page over"), entry, agency))


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a returned declaration forward once more."""
    user = person(request)
    declaration = page_declaration_for(user, public_id)

    def put(said: PageSaid, permanent: str, version: int | None) -> PageDeclaration:
        return services.put_page_forward_again(
            declaration=declaration, said=said, by=user, version=version, permanent_text=permanent
        )

    return _fill_in(
        request,
        Asked(
            _("Correct a declaration"),
            account_said(declaration.account),
            _record(declaration.agency),
            put,
            declaration.facts,
            declaration.version,
            declaration.reason,
        ),
    )


def _standing(request: HttpRequest, title: str, entry: Entry, agency: AgencyRecord) -> Asked:
    user = person(request)

    def put(said: PageSaid, permanent: str, _version: int | None) -> PageDeclaration:
        return services.put_page_forward(
            agency=agency.agency, said=said, by=user, account=entry.account, permanent_text=permanent
        )

    return Asked(title, account_said(entry.account), agency, put, entry.facts)


def _fill_in(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The form, and what comes of it."""
    user = person(request)
    initial = (initial_of(asked.facts) if asked.facts else {}) | {"version": asked.version}
    form = PageForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        user=user,
        agency=asked.agency,
        picture=picture_of(asked.facts),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            redrawn = form.redrawn()
            with transaction.atomic():  # kept and named in one, or it might be dropped as unused between
                picture = keep_photo(redrawn=redrawn) if redrawn else None
                put = asked.put(form.said(picture), data["permanent_link"], data["version"])
        except (NotFoundError, NotAllowedError):
            raise
        except RegistryError as error:
            form.refuse(error)
        else:
            if put.state == State.DISPUTED:
                messages.warning(request, DISPUTE_NOTICE)
            else:
                messages.success(
                    request, _("Put forward. Another HR officer, or the parent agency's, decides.")
                )
            return redirect("reviewer:page_case", public_id=put.public_id)
    context = {
        "form": form,
        "largest": PhotoLimits().file_bytes // 1024 // 1024,
        "asked": asked,
        "people": offered(user, asked.agency),
        "crumbs": _crumbs(),
    }
    return render(request, "web/reviewer/page_form.html", context, status=422 if form.is_bound else 200)


def _crumbs() -> list[tuple[str, str]]:
    return [(reverse("reviewer:pages"), _("Our pages"))]


def _unit(request: HttpRequest, form: PageOwnerForm) -> AgencyRecord:
    found = unit_of(person(request), form.cleaned_data["agency"])
    if found is None:
        raise not_found()
    return found


def _record(agency: Agency | None) -> AgencyRecord:
    return AgencyRecord.objects.current().select_related("agency").get(agency=agency)
