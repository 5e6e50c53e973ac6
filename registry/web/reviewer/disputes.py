"""Disputes over one account: the officer above both sides decides; each side sees only its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.page_selectors import page_declarations_for, page_disputes_to_decide
from registry.declarations.selectors import (
    claims_others_decide,
    contested_entries_for,
    contested_others_decide,
    declaration_for,
    disputes_to_decide,
    history_of,
    oldest_first,
    sides_for,
)
from registry.declarations.states import State
from registry.users.models import Role, User
from registry.web.access import for_role, person
from registry.web.forms import VersionForm
from registry.web.paging import page_of
from registry.web.reviewer.scope import people, unit_names

_MANY = 100  # of what others decide, and of pages


class DecisionForm(VersionForm):
    """Whose the account is, and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Whose is the account?"),
        choices=[
            ("give", gettext_lazy("It goes to the person who claims it")),
            ("keep", gettext_lazy("It stays with whom it is registered for")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write down why. It is kept with the decision.")},
    )


@for_role(Role.HR_OFFICER)
@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """What this officer decides, and what of their branch others decide."""
    user = person(request)

    # Which they are first: what is shown of them is looked up of those alone.
    def to_decide(after: list[Any] | None, limit: int) -> list[Declaration]:
        mine = disputes_to_decide(user)
        if after is not None:
            later = Q(submitted_at__gt=after[0]) | Q(submitted_at=after[0], pk__gt=after[1])
            mine = mine.filter(later)
        return oldest_first(list(mine.values_list("pk", flat=True)[:limit]))

    page = page_of(to_decide, "submitted_at", "id", cursor=request.GET.get("after", ""), size=25)
    decided_here = {row.pk for row in page.rows}
    claimed = claims_others_decide(user).values_list("pk", flat=True)[:_MANY]
    claims = [row for row in oldest_first(list(claimed)) if row.pk not in decided_here]
    pages = list(page_disputes_to_decide(user)[:_MANY])
    claimed_pages = list(
        page_declarations_for(user)
        .filter(state=State.DISPUTED)
        .exclude(pk__in=page_disputes_to_decide(user).values("pk"))
        .order_by("submitted_at", "id")[:_MANY]
    )
    first = list(contested_others_decide(user).values_list("pk", flat=True)[:_MANY])
    contested = list(
        contested_entries_for(user).filter(pk__in=first).prefetch_related("account__identifiers")
    )
    who = people(
        {row.official_id for row in [*page.rows, *claims]}
        | {entry.facts.official_id for entry in contested if entry.facts.official_id}
    )
    names = unit_names({row.agency_id for row in [*pages, *claimed_pages]})
    return render(
        request,
        "web/reviewer/disputes.html",
        {
            "pages": [(row, names.get(row.agency_id, "")) for row in pages],
            "claimed_pages": [(row, names.get(row.agency_id, "")) for row in claimed_pages],
            "page": page,
            "rows": [(row, who.get(row.official_id)) for row in page.rows],
            "claims": [(row, who.get(row.official_id)) for row in claims],
            "contested": [(entry, who.get(entry.facts.official_id or 0)) for entry in contested],
        },
    )


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Both sides of a dispute, for whoever decides it and nobody else."""
    user = person(request)
    declaration = declaration_for(user, public_id)
    if declaration.state != State.DISPUTED:
        return redirect("reviewer:case", public_id=public_id)
    sides_for(user, declaration)  # whoever does not decide it is told that it is not there
    form = DecisionForm(request.POST or None, initial={"version": declaration.version})
    if request.method == "GET":
        _viewed(user, declaration)
    elif form.is_valid():
        return decided(
            request,
            form,
            decide=lambda: _decide(user, declaration, form),
            page=lambda: _page(request, user, declaration, form, 422),
            afresh=lambda: _afresh(request, user, public_id),
        )
    return _page(request, user, declaration, form, 422 if form.is_bound else 200)


def decided(
    request: HttpRequest,
    form: DecisionForm,
    *,
    decide: Callable[[], None],
    page: Callable[[], HttpResponse],
    afresh: Callable[[], HttpResponse],
) -> HttpResponse:
    """The answer to a decision of a dispute: what is refused is told beside the form.

    Args:
        request: the request.
        form: what was said, in order.
        decide: writes it down.
        page: the page with the form, where the decision is refused.
        afresh: what to show where somebody else was first.
    """
    try:
        decide()
    except ConflictError as error:
        messages.error(request, str(error.message))
        return afresh()
    except RegistryError as error:
        if error.status != RegistryError.status:
            raise
        form.refuse(error)
        return page()
    messages.success(request, _("The dispute is decided. Both sides have been told what concerns them."))
    return redirect("reviewer:disputes")


def _afresh(request: HttpRequest, user: User, public_id: UUID) -> HttpResponse:
    fresh = declaration_for(user, public_id)
    if fresh.state != State.DISPUTED:
        return redirect("reviewer:case", public_id=public_id)
    return _page(request, user, fresh, DecisionForm(initial={"version": fresh.version}), 409)


def _page(
    request: HttpRequest, user: User, declaration: Declaration, form: DecisionForm, status: int
) -> HttpResponse:
    sides = sides_for(user, declaration)
    officials = {declaration.official_id}
    if sides.ownership and sides.ownership.official_id:
        officials.add(sides.ownership.official_id)
    who = people(officials)
    holder = sides.ownership
    return render(
        request,
        "web/reviewer/dispute.html",
        {
            "declaration": declaration,
            "claimant": who.get(declaration.official_id),
            "sides": sides,
            "holder": who.get(holder.official_id) if holder and holder.official_id else None,
            "holder_agency": unit_names({holder.agency_id}).get(holder.agency_id, "")
            if holder and holder.agency_id
            else "",
            "steps": history_of(declaration),
            "form": form,
            "crumbs": [(reverse("reviewer:disputes"), _("Disputes"))],
        },
        status=status,
    )


def _decide(user: User, declaration: Declaration, form: DecisionForm) -> None:
    said = form.cleaned_data
    services.decide_dispute(
        declaration=declaration,
        outcome="give" if said["outcome"] == "give" else "keep",
        reason=said["reason"],
        by=user,
        version=said["version"],
    )


def _viewed(user: User, declaration: Declaration) -> None:
    audit.record(
        act="declaration.viewed",
        by=user,
        subject_kind="official",
        subject_id=declaration.official_id,
        payload={"declaration": str(declaration.public_id)},
    )
