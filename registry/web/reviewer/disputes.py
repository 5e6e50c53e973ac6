"""Disputes over one account: the officer above both sides decides; each side sees only its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.declarations import services
from registry.declarations.dispute_lists import Disputes, disputes_for
from registry.declarations.models import Declaration
from registry.declarations.selectors import declaration_for, history_of, sides_for
from registry.declarations.states import State
from registry.users.models import Role, User
from registry.web.access import for_role, person
from registry.web.forms import VersionForm
from registry.web.paging import page_of
from registry.web.reviewer.scope import people, unit_names

_MOST = 25  # of what others decide: the oldest


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

    listed: list[Disputes] = []

    def to_decide(after: list[Any] | None, limit: int) -> list[Declaration]:
        listed.append(disputes_for(user, after=after, size=limit, most=_MOST + 1))
        return listed[0].to_decide

    page = page_of(to_decide, "submitted_at", "id", cursor=request.GET.get("after", ""), size=25)
    shown = listed[0]
    more = any(len(part) > _MOST for part in (shown.claims, shown.claimed_pages))
    claims, claimed_pages = shown.claims[:_MOST], shown.claimed_pages[:_MOST]
    contested = shown.contested[:_MOST]
    who = people(
        {row.official_id for row in [*page.rows, *claims]}
        | {each.entry.facts.official_id for each in contested if each.entry.facts.official_id}
    )
    names = unit_names({row.agency_id for row in [*shown.pages_to_decide, *claimed_pages]})
    return render(
        request,
        "web/reviewer/disputes.html",
        {
            "pages": [(row, names.get(row.agency_id, "")) for row in shown.pages_to_decide],
            "claimed_pages": [(row, names.get(row.agency_id, "")) for row in claimed_pages],
            "page": page,
            "rows": [(row, who.get(row.official_id)) for row in page.rows],
            "claims": [(row, who.get(row.official_id)) for row in claims],
            "contested": [
                (each.entry, each.at, who.get(each.entry.facts.official_id or 0)) for each in contested
            ],
            "most": _MOST,
            "more_claims": more,
            "more_contested": len(shown.contested) > _MOST,
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
