"""One declaration of a page: beside what stands, decided by another officer, or taken back."""

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
from django.views.decorators.http import require_POST, require_safe

from accounts.models import AgencyRecord, DeclaredFacts, Entry, PageComparison
from common.errors import ConflictError, RegistryError
from registry.declarations import services
from registry.declarations.models import PageDeclaration
from registry.declarations.page_policies import is_own, may_decide, may_decide_dispute
from registry.declarations.page_selectors import page_declaration_for, page_steps_of
from registry.declarations.states import DISPUTE_NOTICE, OPEN, UNDER_REVIEW, PageKind, State
from registry.users.models import Role, User
from registry.users.selectors import agency_records_for
from registry.web.access import for_role, person
from registry.web.forms import VersionForm, seen_version
from registry.web.reviewer.page_words import lines_of
from registry.web.reviewer.told import account_said, verdicts_told


class ReturnPageForm(VersionForm):
    """Why a declaration goes back."""

    reason = forms.CharField(
        label=gettext_lazy("What is to be corrected"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@for_role(Role.HR_OFFICER)
@require_safe
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One declaration of a page, ready to be decided."""
    user = person(request)
    return _page(request, user, page_declaration_for(user, public_id))


@for_role(Role.HR_OFFICER)
@require_POST
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let what was said of the page stand."""
    user = person(request)
    declaration = page_declaration_for(user, public_id)
    try:
        decided = services.approve_page(declaration=declaration, by=user, version=seen_version(request))
    except ConflictError as error:
        return _overtaken(request, user, public_id, error)
    if decided.state == State.DISPUTED:
        messages.warning(
            request, _("Somebody else has come to hold this page meanwhile: it is in dispute now.")
        )
        return redirect("reviewer:page_case", public_id=public_id)
    messages.success(request, _("Approved: %s.") % account_said(declaration.account))
    return redirect("reviewer:pages")


@for_role(Role.HR_OFFICER)
@require_POST
def send_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Return the declaration with the reason."""
    user = person(request)
    declaration = page_declaration_for(user, public_id)
    form = ReturnPageForm(request.POST)
    if not form.is_valid():
        return _page(request, user, declaration, status=422, form=form)
    data = form.cleaned_data
    try:
        services.return_page(declaration=declaration, reason=data["reason"], by=user, version=data["version"])
    except ConflictError as error:
        return _overtaken(request, user, public_id, error, form=form)
    except RegistryError as error:
        if error.status != RegistryError.status:
            raise
        form.refuse(error)
        return _page(request, user, declaration, status=422, form=form)
    messages.success(request, _("Returned for correction: %s.") % account_said(declaration.account))
    return redirect("reviewer:pages")


@for_role(Role.HR_OFFICER)
@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the declaration back."""
    user = person(request)
    declaration = page_declaration_for(user, public_id)
    try:
        services.withdraw_page(declaration=declaration, by=user, version=seen_version(request))
    except ConflictError as error:
        return _overtaken(request, user, public_id, error)
    messages.success(request, _("Withdrawn: %s.") % account_said(declaration.account))
    return redirect("reviewer:pages")


def _overtaken(
    request: HttpRequest,
    user: User,
    public_id: UUID,
    error: ConflictError,
    *,
    form: ReturnPageForm | None = None,
) -> HttpResponse:
    fresh = page_declaration_for(user, public_id)
    return _page(request, user, fresh, status=409, conflict=str(error.message), form=form)


def _page(
    request: HttpRequest,
    user: User,
    declaration: PageDeclaration,
    *,
    status: int = 200,
    conflict: str = "",
    form: ReturnPageForm | None = None,
) -> HttpResponse:
    is_close = declaration.kind == PageKind.CLOSE
    compared = PageComparison.objects.filter(account=declaration.account_id, facts=declaration.facts_id)
    comparison = None if is_close else compared.first()
    decidable = may_decide(user, declaration)
    before = None if is_close else _before(user, declaration)
    version = {"version": declaration.version}
    context: dict[str, Any] = {
        "declaration": declaration,
        "agency": AgencyRecord.objects.current().get(agency=declaration.agency_id),
        "lines": lines_of(declaration.facts, before),
        "before": before,
        "is_close": is_close,
        "is_open": declaration.state in OPEN,
        "portal_unrecorded": not is_close and services.portal_unrecorded(declaration.facts),
        "under_review": declaration.state in UNDER_REVIEW,
        "dispute_notice": DISPUTE_NOTICE,
        "decides_dispute": may_decide_dispute(user, declaration),
        "steps": page_steps_of(declaration),
        "is_returned": declaration.state == State.RETURNED and not is_close,
        "verdicts": verdicts_told(comparison, timezone.localdate()),
        "looked_at": comparison is not None,
        "decidable": decidable,
        "why_not": "" if decidable else _why_not(user, declaration),
        "version_form": VersionForm(initial=version),
        "return_form": form or ReturnPageForm(initial=version),
        "conflict": conflict,
        "crumbs": [(reverse("reviewer:pages"), _("Our pages"))],
    }
    return render(request, "web/reviewer/page_case.html", context, status=status)


def _before(user: User, declaration: PageDeclaration) -> DeclaredFacts | None:
    """What stands of the page now, where that is the officer's to see."""
    mine = agency_records_for(user, Role.HR_OFFICER).values("agency")
    standing = (
        Entry.objects.current()
        .filter(account=declaration.account, facts__agency__in=mine)
        .exclude(facts=declaration.facts_id)
        .select_related("facts__page__responsible")
        .first()
    )
    return standing.facts if standing else None


def _why_not(user: User, declaration: PageDeclaration) -> str:
    if declaration.state != State.SUBMITTED:
        return ""
    if is_own(user, declaration):
        return _(
            "You put this forward yourself, so another HR officer decides it: a colleague, or the officer of"
            " the agency above."
        )
    return _("Your role lets you look at this, not decide it.")
