"""The review queue: what waits, one case a page, approved or returned."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import AgencyRecord, Category, Comparison, Entry, OfficialRecord, Status
from accounts.services import owner_of
from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration, Step
from registry.declarations.policies import is_own, may_decide
from registry.declarations.selectors import (
    declaration_for,
    history_of,
    needs_parent,
    own_declarations,
    queue_for,
)
from registry.declarations.states import OF_WHAT_STANDS, Act, Kind, State
from registry.users.models import Role, User
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.identifiers import stated_in
from registry.web.official.wording import reasons_in_words
from registry.web.paging import page_by_key
from registry.web.reviewer.differences import Line, lines_of
from registry.web.reviewer.official import label_of
from registry.web.reviewer.reasons import READY, ReturnForm
from registry.web.reviewer.scope import people
from registry.web.reviewer.told import account_said, comparison_told, verdicts_told


@for_role(Role.HR_OFFICER)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this officer, oldest first, and what of their own waits for others."""
    user = person(request)
    waiting = queue_for(user).prefetch_related("account__identifiers")
    page = page_by_key(waiting, "submitted_at", "id", cursor=request.GET.get("after", ""), size=25)
    who = people({row.official_id for row in page.rows})
    parents = needs_parent(page.rows)
    returned = Step.objects.filter(declaration__in=[row.pk for row in page.rows], act=Act.RETURN)
    again = set(returned.values_list("declaration", flat=True))
    today = timezone.localdate()
    own = list(own_declarations(user).filter(state=State.SUBMITTED).prefetch_related("account__identifiers"))
    upwards = needs_parent(own)
    return render(
        request,
        "web/reviewer/queue.html",
        {
            "page": page,
            "rows": [
                {
                    "declaration": row,
                    "who": who.get(row.official_id),
                    "days": (today - timezone.localtime(row.submitted_at).date()).days
                    if row.submitted_at
                    else 0,
                    "from_below": row.pk in parents,
                    "is_again": row.pk in again,
                }
                for row in page.rows
            ],
            "own": [(row, row.pk in upwards) for row in own],
        },
    )


class ApproveForm(RegistryForm):
    """The version the officer looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@for_role(Role.HR_OFFICER)
@require_safe
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One declaration, ready to be decided. Looking at it is written down, for the person to read."""
    user = person(request)
    declaration = declaration_for(user, public_id)
    audit.record(
        act="declaration.viewed",
        by=user,
        subject_kind="official",
        subject_id=declaration.official_id,
        payload={"declaration": str(declaration.public_id)},
    )
    return _page(request, user, declaration)


@for_role(Role.HR_OFFICER)
@require_POST
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the declaration stand, and go on to the next."""
    user = person(request)
    declaration = declaration_for(user, public_id)
    form = ApproveForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        decided = services.approve(declaration=declaration, by=user, version=version)
    except ConflictError as error:
        return _page(request, user, _fresh(user, public_id), status=409, conflict=str(error.message))
    if decided.state == State.DISPUTED:
        messages.warning(
            request,
            _(
                "Somebody else has come to hold this account, so it is now a dispute."
                " The officer above both sides decides it."
            ),
        )
    else:
        messages.success(request, _("Approved: %s.") % account_said(declaration.account))
    return _next(request, user)


@for_role(Role.HR_OFFICER)
@require_POST
def send_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Return the declaration with reasons by field, and go on to the next."""
    user = person(request)
    declaration = declaration_for(user, public_id)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, user, declaration, status=422, form=form)
    try:
        services.return_(
            declaration=declaration, reasons=form.reasons(), by=user, version=form.cleaned_data["version"]
        )
    except ConflictError as error:
        fresh = _fresh(user, public_id)
        return _page(request, user, fresh, status=409, conflict=str(error.message), form=form)
    except RegistryError as error:
        if error.status != RegistryError.status:
            raise
        form.refuse(error)
        return _page(request, user, declaration, status=422, form=form)
    messages.success(request, _("Returned for correction: %s.") % account_said(declaration.account))
    return _next(request, user)


def _fresh(user: User, public_id: UUID) -> Declaration:
    return declaration_for(user, public_id)


def _next(request: HttpRequest, user: User) -> HttpResponse:
    following = queue_for(user).first()
    if following is None:
        return redirect("reviewer:queue")
    messages.info(request, _("This is the next one in the queue."))
    return redirect("reviewer:case", public_id=following.public_id)


def _page(
    request: HttpRequest,
    user: User,
    declaration: Declaration,
    *,
    status: int = 200,
    conflict: str = "",
    form: ReturnForm | None = None,
) -> HttpResponse:
    record = OfficialRecord.objects.current().get(official=declaration.official_id)
    agency = AgencyRecord.objects.current().get(agency=record.agency_id)
    comparison = Comparison.objects.filter(facts=declaration.facts_id).first()
    before = _before(declaration)
    decidable = may_decide(user, declaration)
    following = queue_for(user).exclude(pk=declaration.pk).first()
    context: dict[str, Any] = {
        "declaration": declaration,
        "record": record,
        "unit": agency,
        "category": label_of(Category, record.category),
        "post": label_of(Status, record.status),
        "lines": _lines(declaration, before, record, agency, comparison),
        "before": before,
        "is_close": declaration.kind == Kind.CLOSE,
        "stated": stated_in(declaration),
        "says_anew": declaration.kind not in OF_WHAT_STANDS,
        "verdicts": verdicts_told(comparison, timezone.localdate()),
        "looked_at": comparison is not None,
        "steps": history_of(declaration),
        "decidable": decidable,
        "why_not": "" if decidable else _why_not(user, declaration),
        "approve_form": ApproveForm(initial={"version": declaration.version}),
        "return_form": form or ReturnForm(initial={"version": declaration.version}),
        "ready": READY,
        "next": following,
        "reasons": reasons_in_words(declaration.reasons),
        "crumbs": [(reverse("reviewer:queue"), _("To review"))],
        "conflict": conflict,
    }
    return render(request, "web/reviewer/case.html", context, status=status)


def _before(declaration: Declaration) -> Entry | None:
    """What stands for this person's account now; never what stands for somebody else."""
    held = owner_of(declaration.account)
    if held is None or held.official_id != declaration.official_id:
        return None
    return (
        Entry.objects.current()
        .filter(account=declaration.account)
        .exclude(facts=declaration.facts_id)
        .select_related("facts", "facts__photo")
        .first()
    )


def _lines(
    declaration: Declaration,
    before: Entry | None,
    record: OfficialRecord,
    agency: AgencyRecord,
    comparison: Comparison | None,
) -> list[Line]:
    told = comparison_told(comparison, name_shown=declaration.facts.name_shown) if comparison else []
    return lines_of(
        declaration.facts, before.facts if before else None, record=record, agency=agency, told=told
    )


def _why_not(user: User, declaration: Declaration) -> str:
    if declaration.state == State.DISPUTED:
        return _("This account is disputed. The HR officer of an agency above both sides decides it.")
    if declaration.state != State.SUBMITTED:
        return ""
    if is_own(user, declaration):
        if needs_parent([declaration]):
            return _(
                "You cannot decide on what you declared yourself. As you are the only HR officer here,"
                " it waits for the HR officer of the agency above."
            )
        return _("You cannot decide on what you declared yourself. A colleague in HR decides it.")
    return _("Your role lets you look at this, not decide it.")
