"""One case of the review queue: three columns, what the rules say, and the decision."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import AgencyRecord, Category, Comparison, Entry, OfficialRecord, Status
from accounts.services import owner_of
from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.policies import is_own, may_decide
from registry.declarations.selectors import (
    declaration_for,
    gone_up,
    history_of,
    last_return,
    leases_on,
    returned_ones,
)
from registry.declarations.states import OF_WHAT_STANDS, Kind, State
from registry.findings.review import following, waiting
from registry.findings.services import Answer, verdicts
from registry.users.models import Role, User
from registry.web.access import for_role, person
from registry.web.forms import VersionForm, seen_version
from registry.web.identifiers import stated_in
from registry.web.official.wording import reasons_in_words
from registry.web.reviewer.differences import Line, amended_since, lines_of
from registry.web.reviewer.official import label_of
from registry.web.reviewer.queue import why_urgent
from registry.web.reviewer.reasons import ReturnForm
from registry.web.reviewer.scope import unit_names
from registry.web.reviewer.told import account_said, comparison_told


@for_role(Role.HR_OFFICER)
@require_safe
def case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One declaration, ready to be decided. Looking at it is written down, for the person to read."""
    user = person(request)
    declaration = declaration_for(user, public_id)
    _looked_at(declaration, user)
    return _page(request, user, declaration)


@for_role(Role.HR_OFFICER)
@require_POST
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the declaration stand, and go on to the next."""
    user = person(request)
    declaration = declaration_for(user, public_id)
    after = following(user, declaration, timezone.localdate())
    try:
        decided = services.approve(declaration=declaration, by=user, version=seen_version(request))
    except ConflictError as error:
        fresh = declaration_for(user, public_id)
        return _page(request, user, fresh, status=409, conflict=str(error.message))
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
    return _next(request, after)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The case with the reasons open; a POST returns it with them, and goes on to the next."""
    user = person(request)
    declaration = declaration_for(user, public_id)
    if request.method != "POST":
        _looked_at(declaration, user)
        return _page(request, user, declaration, returning=True)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, user, declaration, status=422, form=form)
    after = following(user, declaration, timezone.localdate())
    try:
        services.return_(
            declaration=declaration, reasons=form.reasons(), by=user, version=form.cleaned_data["version"]
        )
    except ConflictError as error:
        fresh = declaration_for(user, public_id)
        return _page(request, user, fresh, status=409, conflict=str(error.message), form=form)
    except RegistryError as error:
        if error.status != RegistryError.status:
            raise
        form.refuse(error)
        return _page(request, user, declaration, status=422, form=form)
    messages.success(request, _("Returned for correction: %s.") % account_said(declaration.account))
    return _next(request, after)


@for_role(Role.HR_OFFICER)
@require_POST
def open_it(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell colleagues that this officer has the case open, and this officer what became of it meanwhile."""
    user = person(request)
    declaration = declaration_for(user, public_id)
    services.open_case(declaration=declaration, by=user)
    if not request.headers.get("HX-Request"):
        messages.success(request, _("Your colleagues now see that you have this case open."))
        return redirect("reviewer:case", public_id)
    context = {
        "declaration": declaration,
        "lease": leases_on(user, [declaration]).get(declaration.pk),
        "moved": declaration.version != seen_version(request),
    }
    return render(request, "web/reviewer/_open.html", context)


@for_role(Role.HR_OFFICER)
@require_POST
def leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell colleagues that this officer no longer has the case open."""
    user = person(request)
    services.leave_case(declaration=declaration_for(user, public_id), by=user)
    return redirect("reviewer:queue")


def _looked_at(declaration: Declaration, user: User) -> None:
    audit.record(
        act="declaration.viewed",
        by=user,
        subject_kind="official",
        subject_id=declaration.official_id,
        payload={"declaration": str(declaration.public_id)},
    )


def _next(request: HttpRequest, after: Declaration | None) -> HttpResponse:
    if after is None:
        return redirect("reviewer:queue")
    messages.info(request, _("This is the next one in the queue."))
    return redirect("reviewer:case", public_id=after.public_id)


def _page(
    request: HttpRequest,
    user: User,
    declaration: Declaration,
    *,
    status: int = 200,
    conflict: str = "",
    form: ReturnForm | None = None,
    returning: bool = False,
) -> HttpResponse:
    today = timezone.localdate()
    record = OfficialRecord.objects.current().get(official=declaration.official_id)
    agency = AgencyRecord.objects.current().get(agency=record.agency_id)
    comparison = Comparison.objects.filter(account=declaration.account_id, facts=declaration.facts_id).first()
    before = _before(declaration)
    decidable = may_decide(user, declaration)
    queued = waiting(user, today).filter(pk=declaration.pk).first() if decidable else None
    waits = declaration.state == State.SUBMITTED
    is_again = declaration.state != State.RETURNED and bool(returned_ones([declaration]))
    returned = last_return(declaration) if is_again else None
    goes_up = gone_up([declaration]) if waits else {}
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
        **_said(comparison, today),
        "looked_at": comparison is not None,
        "steps": history_of(declaration),
        "urgent": why_urgent(queued) if queued else "",
        "is_again": is_again,
        "returned": returned,
        "amended": amended_since(returned, declaration) if returned else None,
        "decidable": decidable,
        "from_below": decidable and declaration.pk in goes_up,
        "why_not": "" if decidable else _why_not(user, declaration, goes_up),
        "lease": leases_on(user, [declaration]).get(declaration.pk),
        "version_form": VersionForm(initial={"version": declaration.version}),
        "return_form": form or ReturnForm(initial={"version": declaration.version}),
        "returning": returning or form is not None,
        "next": following(user, declaration, today),
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


def _said(comparison: Comparison | None, today: date) -> dict[str, list[Any]]:
    """What the rules say: what is to be looked at (rule, status kind, words), and the rules found in line."""
    said = verdicts(comparison, today) if comparison else []
    words = {
        Answer.NOT_IN_LINE: ("attention", _("Not in line")),
        Answer.UNCHECKED: ("wait", _("Could not be checked: have a look")),
    }
    told = [(each.rule, *words[answer]) for answer in words for each in said if each.answer is answer]
    return {
        "to_look_at": told,
        "in_line": [each.rule for each in said if each.answer is Answer.IN_LINE],
    }


def _why_not(user: User, declaration: Declaration, goes_up: dict[int, int | None]) -> str:
    if declaration.state == State.DISPUTED:
        return _("This account is disputed. The HR officer of an agency above both sides decides it.")
    if declaration.state != State.SUBMITTED:
        return ""
    if not is_own(user, declaration):
        return _("Your role lets you look at this, not decide it.")
    if declaration.pk not in goes_up:
        return _("You cannot decide on what you declared yourself. A colleague in HR decides it.")
    agency = goes_up[declaration.pk]
    if agency is None:
        return _(
            "You cannot decide on what you declared yourself, and no agency above has an HR officer. Ask the"
            " system administrator to appoint one."
        )
    return _(
        "You cannot decide on what you declared yourself. As you are the only HR officer here, it waits for"
        " the HR officer of the agency above: %(agency)s."
    ) % {"agency": unit_names({agency}).get(agency, "")}
