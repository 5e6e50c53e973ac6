"""Disputes over an agency's page: the officer above both sides decides; each side sees only its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from registry.declarations import services
from registry.declarations.models import PageDeclaration
from registry.declarations.page_selectors import page_declaration_for, page_sides_for, page_steps_of
from registry.declarations.states import State
from registry.users.models import User
from registry.web.access import for_role, person
from registry.web.reviewer.disputes import DecisionForm, decided
from registry.web.reviewer.page_words import lines_of
from registry.web.reviewer.scope import HR, people, unit_names


class PageDecisionForm(DecisionForm):
    """Whose the page is, and why."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].label = gettext_lazy("Whose is the page?")
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]  # a ChoiceField's
            ("give", gettext_lazy("It goes to the agency that claims it")),
            ("keep", gettext_lazy("It stays with whom it is registered for")),
        ]


@for_role(HR)
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Both sides of a dispute over a page, for whoever decides it and nobody else."""
    user = person(request)
    declaration = page_declaration_for(user, public_id)
    if declaration.state != State.DISPUTED:
        return redirect("reviewer:page_case", public_id=public_id)
    page_sides_for(user, declaration)  # whoever does not decide it is told that it is not there
    form = PageDecisionForm(request.POST or None, initial={"version": declaration.version})
    if request.method == "POST" and form.is_valid():
        return decided(
            request,
            form,
            decide=lambda: _decide(user, declaration, form),
            page=lambda: _page(request, user, declaration, form, 422),
            afresh=lambda: _afresh(request, user, public_id),
        )
    return _page(request, user, declaration, form, 422 if form.is_bound else 200)


def _afresh(request: HttpRequest, user: User, public_id: UUID) -> HttpResponse:
    fresh = page_declaration_for(user, public_id)
    if fresh.state != State.DISPUTED:
        return redirect("reviewer:page_case", public_id=public_id)
    return _page(request, user, fresh, PageDecisionForm(initial={"version": fresh.version}), 409)


def _page(
    request: HttpRequest, user: User, declaration: PageDeclaration, form: PageDecisionForm, status: int
) -> HttpResponse:
    sides = page_sides_for(user, declaration)
    held = sides.ownership
    names = unit_names({declaration.agency_id} | ({held.agency_id} if held and held.agency_id else set()))
    person_id = held.official_id if held else None
    of_agency = sides.standing if sides.standing and sides.standing.facts.agency_id else None
    context = {
        "declaration": declaration,
        "claimant": names.get(declaration.agency_id, ""),
        "lines": lines_of(declaration.facts, of_agency.facts if of_agency else None),
        "compared": of_agency is not None,
        "holder": names.get(held.agency_id or 0, "") if held else "",
        "holder_person": people({person_id}).get(person_id) if person_id else None,
        "held": held,
        "standing": sides.standing,
        "steps": page_steps_of(declaration),
        "form": form,
        "crumbs": [(reverse("reviewer:disputes"), _("Disputes"))],
    }
    return render(request, "web/reviewer/page_dispute.html", context, status=status)


def _decide(user: User, declaration: PageDeclaration, form: PageDecisionForm) -> None:
    said = form.cleaned_data
    services.decide_page_dispute(
        declaration=declaration,
        outcome="give" if said["outcome"] == "give" else "keep",
        reason=said["reason"],
        by=user,
        version=said["version"],
    )
