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

from accounts.agency_names import agency_meant
from accounts.models import OfficialRecord
from accounts.photos import PhotoLimits, redraw
from accounts.platforms import PLATFORMS
from accounts.services import Statement, keep_photo
from common.errors import ConflictError, RegistryError
from registry.declarations import services
from registry.declarations.models import Correction, Declaration
from registry.declarations.selectors import own_declarations
from registry.declarations.states import OF_WHAT_STANDS, Act, State
from registry.declarations.transitions import possible
from registry.users.policies import not_found, path_of
from registry.web.access import declarant, for_officials, person
from registry.web.forms import posted
from registry.web.official.duties import READY_NOTICE, advice_for
from registry.web.official.forms import CheckForm, DetailsForm, LinkForm
from registry.web.showing import link_of, statement_of

WITH_IDENTIFIERS = ("account__identifiers", "correction__account__identifiers")  # to prefetch for a list


def own_declaration(request: HttpRequest, public_id: UUID) -> Declaration:
    """One of the person's own declarations.

    Raises:
        NotFoundError: none such, or somebody else's (an officer looks at those elsewhere).
    """
    found = own_declarations(person(request)).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def _open_to_change(request: HttpRequest, public_id: UUID) -> Declaration:
    """A draft or returned declaration.

    Raises:
        NotFoundError: not the person's.
        ConflictError: it is on its way, or decided.
    """
    found = own_declaration(request, public_id)
    if Act.SAVE not in possible(found.state) or found.kind in OF_WHAT_STANDS:
        raise ConflictError(
            "not_now", _("This declaration can no longer be changed: it is “%(state)s”.")
            % {"state": State(found.state).label},
        )  # fmt: skip
    return found


@for_officials
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Step 1: paste the link. What is recognised begins a draft."""
    return _link_step(request, None)


@for_officials
@require_http_methods(["GET", "POST"])
def change_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Step 1 again, for a declaration already begun."""
    return _link_step(request, _open_to_change(request, public_id))


def _link_step(request: HttpRequest, declaration: Declaration | None) -> HttpResponse:
    initial = {"link": declaration.written.link_text} if declaration else None
    form = LinkForm(**posted(request), initial=initial)
    other = None
    if request.method == "POST" and form.is_valid():
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
            other = error.extra.get("declaration")
        else:
            return redirect("official:details", kept.public_id)
    context = {
        "form": form,
        "declaration": declaration,
        "other": other,
        "steps": steps(),
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/link.html", context, status=422 if form.is_bound else 200)


@for_officials
@require_POST
def recognised(request: HttpRequest) -> HttpResponse:
    """What the register reads in a link, as a piece of the page; nothing is kept."""
    form = LinkForm(request.POST)
    context: dict[str, Any] = {"form": form}
    if request.POST.get("link", "").strip() and form.is_valid():
        platform = PLATFORMS[form.found.platform]
        context |= {"link": form.found, "platform": platform, "first": form.found.identifiers[0]}
    elif not request.POST.get("link", "").strip():
        context = {}
    return render(request, "web/official/_recognised.html", context)


@for_officials
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Step 2: what the account shows. Saved whole; then on to the check, or back home to go on later."""
    declaration = _open_to_change(request, public_id)
    facts = declaration.written.facts
    form = DetailsForm(
        **posted(request),
        initial={
            "version": declaration.version,
            "name_shown": facts.name_shown,
            "agency_shown": facts.agency_shown,
            "disclaimer": facts.disclaimer,
            "opened_on": facts.opened_on,
        },
    )
    if request.method == "POST":
        _require_seen(form, declaration)
        if form.is_valid():
            try:
                declaration = _save(request, form, declaration)
            except RegistryError as error:
                if isinstance(error, ConflictError):
                    raise
                form.refuse(error)
            else:
                if request.POST.get("next") == "save":
                    messages.success(request, _("Your draft is saved. Go on with it whenever you like."))
                    return redirect("official:home")
                return redirect("official:check", declaration.public_id)
    context = {
        "form": form,
        "declaration": declaration,
        "written": declaration.written,
        "facts": declaration.written.facts,
        "reasons": declaration.reasons if declaration.state == State.RETURNED else {},
        "record": OfficialRecord.objects.current().filter(official=declaration.official).first(),
        "notice": READY_NOTICE,
        "advice": advice_for(declaration.official),
        "largest": PhotoLimits().file_bytes // 1024 // 1024,
        "smallest": PhotoLimits().min_side,
        "steps": steps(),
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/details.html", context, status=422 if form.is_bound else 200)


def _require_seen(form: DetailsForm | CheckForm, declaration: Declaration) -> None:
    """Refuse a form made from an older version, before anything of it is worked on.

    Raises:
        ConflictError: `changed_meanwhile`.
    """
    seen = form.data.get("version", "")
    if seen and seen != str(declaration.version):
        raise ConflictError(
            "changed_meanwhile",
            _("This declaration was changed in another window meanwhile. Look at it again."),
        )


def _save(request: HttpRequest, form: DetailsForm, declaration: Declaration) -> Declaration:
    """Keep what the form says. A good photo stays even where another answer is refused."""
    said = form.cleaned_data
    before = statement_of(declaration.written.facts)
    after = before.copy()
    photo = said["photo"]
    redrawn = redraw(photo.read(PhotoLimits().file_bytes + 1)) if photo is not None else None
    if redrawn is None and said["remove_photo"]:
        after["photo"], after["photo_problem"] = None, ""
    after["name_shown"] = said["name_shown"]
    after["agency_shown"] = said["agency_shown"]
    after["agency_resolved"] = agency_meant(said["agency_shown"], near=path_of(declaration.official))
    after["disclaimer"] = said["disclaimer"]
    after["opened_on"] = said["opened_on"]
    if redrawn is None:
        return _keep(request, declaration, after)
    with transaction.atomic():  # kept and named in one, or it might be dropped as unused between the two
        picture = Statement(photo=keep_photo(redrawn=redrawn), photo_problem="")
        try:
            return _keep(request, declaration, {**after, **picture})
        except RegistryError as error:
            refused = error
        if not isinstance(refused, ConflictError):
            kept = _keep(request, declaration, {**before, **picture})
            declaration.version, declaration.facts = kept.version, kept.facts
            if isinstance(kept.written, Correction):
                declaration.correction = kept.written
    raise refused


def _keep(request: HttpRequest, declaration: Declaration, statement: Statement) -> Declaration:
    written = declaration.written
    return services.save_draft(
        official=declaration.official,
        link=link_of(written.account),
        link_text=written.link_text,
        statement=statement,
        declaration=declaration,
        by=person(request),
    )


@for_officials
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Step 3: read it all again, agree to the commitments, send."""
    declaration = _open_to_change(request, public_id)
    form = CheckForm(**posted(request), initial={"version": declaration.version})
    if request.method == "POST":
        _require_seen(form, declaration)
        if form.is_valid():
            statement = statement_of(declaration.written.facts)
            statement["commitments"] = form.cleaned_data["commitments"]
            try:
                with transaction.atomic():
                    agreed = _keep(request, declaration, statement)
                    sent = services.submit(declaration=agreed, by=person(request))
            except RegistryError as error:
                if isinstance(error, ConflictError):
                    raise
                form.refuse(error)
                declaration = own_declaration(request, public_id)
            else:
                messages.success(request, _("Your declaration has been sent to your HR officer."))
                return redirect("official:declaration", sent.public_id)
    context = {
        "form": form,
        "declaration": declaration,
        "written": declaration.written,
        "facts": declaration.written.facts,
        "steps": steps(),
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/check.html", context, status=422 if form.is_bound else 200)


def steps() -> list[str]:
    """The names of the steps."""
    return [_("Link"), _("What the account shows"), _("Check and send")]
