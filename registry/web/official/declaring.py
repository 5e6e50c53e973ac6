"""Declaring an account: the link, what the account shows, check and send. Each step is kept as a draft."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import OfficialRecord
from common.errors import ConflictError, RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.selectors import own_declarations
from registry.declarations.states import State
from registry.web.access import declarant, for_officials, person
from registry.web.forms import posted
from registry.web.official import drafting
from registry.web.official.checks import checks_of
from registry.web.official.drafting import Seen, open_to_change
from registry.web.official.duties import READY_NOTICE, advice_for, duties_of
from registry.web.official.forms import CheckForm, DetailsForm, LinkForm
from registry.web.official.recognising import answers_differ, met_already, read_in
from registry.web.showing import link_of, statement_of

WITH_IDENTIFIERS = ("account__identifiers", "correction__account__identifiers")  # to prefetch for a list


@for_officials
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Step 1: paste the link. What is recognised begins a draft."""
    return _link_step(request, None)


@for_officials
@require_http_methods(["GET", "POST"])
def change_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Step 1 again, for a declaration already begun."""
    return _link_step(request, open_to_change(request, public_id))


def _link_step(request: HttpRequest, declaration: Declaration | None) -> HttpResponse:
    initial = {"link": declaration.written.link_text} if declaration else None
    form = LinkForm(**posted(request), initial=initial)
    met = None
    if request.method == "POST" and form.is_valid():
        met = met_already(person(request), form.found, but=declaration)
        if met is not None:
            form.add_error("link", met.words)
        else:
            try:
                kept = services.save_draft(
                    official=declarant(request),
                    link=form.found,
                    link_text=form.cleaned_data["link"],
                    statement=statement_of(declaration.written.facts) if declaration else {},
                    declaration=declaration,
                    by=person(request),
                )
            except RegistryError as error:
                if isinstance(error, ConflictError):
                    raise
                form.refuse(error)
            else:
                return redirect("official:details", kept.public_id)
    context = {
        "form": form,
        "declaration": declaration,
        "met": met,
        "steps": steps(),
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/link.html", context, status=422 if form.is_bound else 200)


@for_officials
@require_POST
def recognised(request: HttpRequest) -> HttpResponse:
    """What the register reads in a link, as a piece of the page; nothing is kept."""
    form = LinkForm(request.POST)
    context: dict[str, Any] = {}
    if request.POST.get("link", "").strip():
        context = {"form": form}
        if form.is_valid():
            met = met_already(person(request), form.found, but=_begun(request))
            context |= {"read": read_in(form.found), "met": met}
    return render(request, "web/official/_recognised.html", context)


def _begun(request: HttpRequest) -> Declaration | None:
    """The declaration whose link is being changed, if it is one."""
    try:
        public_id = UUID(request.POST.get("but", ""))
    except ValueError:
        return None
    return own_declarations(person(request)).filter(public_id=public_id).first()


@for_officials
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Step 2: what the account shows. Saved whole; then on to the check, or back home to go on later."""
    declaration = open_to_change(request, public_id)
    facts = declaration.written.facts
    initial = {
        name: getattr(facts, name) for name in ("name_shown", "agency_shown", "disclaimer", "opened_on")
    }
    form = DetailsForm(**posted(request), initial=initial)
    status, conflict = 200, ""
    if request.method == "POST":
        seen, status = Seen.of(request), 422
        try:
            seen.require(declaration)
            if form.is_valid():
                redrawn = drafting.photo_in(form)
                statement = drafting.said_in(form, declaration)
                declaration = drafting.keep(request, declaration, statement, seen, redrawn=redrawn)
                return _onward(request, declaration)
        except ConflictError as error:
            declaration = open_to_change(
                request, public_id
            )  # which raises where it is no longer the person's
            status, conflict = 409, str(error.message)
        except RegistryError as error:
            form.refuse(error)
    written = declaration.written
    asked = duties_of(declaration.official)
    context = {
        "form": form,
        "declaration": declaration,
        "seen": drafting.seen_by(form, declaration),
        "conflict": conflict,
        "differs": answers_differ(form, written.facts) if conflict else [],
        "written": written,
        "read": read_in(link_of(written.account)),
        "facts": written.facts,
        "reasons": declaration.reasons if declaration.state == State.RETURNED else {},
        "record": OfficialRecord.objects.current().filter(official=declaration.official).first(),
        "notice": READY_NOTICE,
        "advice": advice_for(declaration.official),
        "duties": {name: [each for each in asked if each.field == name] for name in form.fields},
        "checks": checks_of(written.facts) if written.facts.name_shown else None,
        **drafting.photo_limits(),
        "steps": steps(),
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/details.html", context, status=status)


def _onward(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """Where the button that was pressed leads."""
    where = request.POST.get("next")
    if where == "save":
        messages.success(request, _("Your draft is saved. Go on with it whenever you like."))
        return redirect("official:home")
    if where == "look":
        return redirect(reverse("official:details", args=[declaration.public_id]) + "#photo-part")
    if where == "crop":
        return redirect("official:crop", declaration.public_id)
    return redirect("official:check", declaration.public_id)


@for_officials
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Step 3: read it all again, agree to the commitments, send."""
    declaration = open_to_change(request, public_id)
    form = CheckForm(**posted(request))
    status, conflict = 200, ""
    if request.method == "POST":
        seen, status = Seen.of(request), 422
        try:
            seen.require(declaration)
            if form.is_valid():
                statement = statement_of(declaration.written.facts)
                statement["commitments"] = form.cleaned_data["commitments"]
                with transaction.atomic():
                    agreed = drafting.keep(request, declaration, statement, seen)
                    sent = services.submit(declaration=agreed, by=person(request))
                messages.success(request, _("Your declaration has been sent to your HR officer."))
                return redirect("official:declaration", sent.public_id)
        except ConflictError as error:
            status, conflict = 409, str(error.message)
        except RegistryError as error:
            form.refuse(error)
        declaration = open_to_change(request, public_id)  # what was taken back, or done meanwhile
    written = declaration.written
    context = {
        "form": form,
        "declaration": declaration,
        "seen": drafting.seen_by(form, declaration),
        "conflict": conflict,
        "written": written,
        "facts": written.facts,
        "checks": checks_of(written.facts),
        "steps": steps(),
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/check.html", context, status=status)


def steps() -> list[str]:
    """The names of the steps."""
    return [_("Link"), _("What the account shows"), _("Check and send")]
