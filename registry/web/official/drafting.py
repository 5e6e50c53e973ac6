"""Keeping what is typed, by the form's buttons and by itself; two open windows are told apart."""

import uuid
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.agency_names import agency_meant
from accounts.photos import PhotoLimits, RedrawnPhoto, redraw
from accounts.services import Statement, keep_photo
from common.errors import ConflictError, RegistryError
from registry.declarations import services
from registry.declarations.models import Correction, Declaration
from registry.declarations.selectors import own_declarations
from registry.declarations.states import OF_WHAT_STANDS, Act, State
from registry.declarations.transitions import possible
from registry.users.policies import not_found, path_of
from registry.web.access import for_officials, person
from registry.web.forms import RegistryForm
from registry.web.official.checks import checks_of
from registry.web.official.forms import DetailsForm
from registry.web.showing import link_of, statement_of


def own_declaration(request: HttpRequest, public_id: UUID) -> Declaration:
    """One of the person's own declarations.

    Raises:
        NotFoundError: none such, or somebody else's (an officer looks at those elsewhere).
    """
    found = own_declarations(person(request)).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def open_to_change(request: HttpRequest, public_id: UUID) -> Declaration:
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


@dataclass(frozen=True, slots=True)
class Seen:
    """The version a form was made from, and the window it is in."""

    version: int | None
    window: UUID

    @classmethod
    def of(cls, request: HttpRequest) -> "Seen":
        """What a form says of itself; a new window where it says nothing (or nonsense)."""
        version = request.POST.get("version", "")
        try:
            window = UUID(request.POST.get("window", ""))
        except ValueError:
            window = uuid.uuid4()
        return cls(int(version) if version.isdecimal() and len(version) < 10 else None, window)  # noqa: PLR2004

    def require(self, declaration: Declaration, *, as_typed: bool = False) -> None:
        """Refuse what was typed over an older version, before anything of it is worked on.

        Raises:
            ConflictError: `changed_meanwhile`.
        """
        same_window = not as_typed and declaration.window == self.window
        if self.version is not None and self.version != declaration.version and not same_window:
            raise ConflictError(
                "changed_meanwhile",
                _("This declaration was changed in another window at %(when)s.")
                % {"when": date_format(timezone.localtime(declaration.written.facts.stated_at), "H:i d/m/Y")},
            )


def said_in(form: DetailsForm | None, declaration: Declaration) -> Statement:
    """What the form says, over what was said before; answers that cannot be read leave that as it was."""
    said: dict[str, Any] = form.cleaned_data if form else {}
    statement = statement_of(declaration.written.facts)
    if said.get("remove_photo"):
        statement["photo"], statement["photo_problem"] = None, ""
    for name in ("name_shown", "agency_shown", "disclaimer", "opened_on"):
        if name in said:
            statement[name] = said[name]
    if "agency_shown" in said:
        meant = agency_meant(said["agency_shown"], near=path_of(declaration.official))
        statement["agency_resolved"] = meant
    return statement


def photo_in(form: DetailsForm) -> RedrawnPhoto | None:
    """The photo that was sent, drawn afresh; None where none was. Raises PhotoError."""
    photo = form.cleaned_data.get("photo")
    return None if photo is None else redraw(photo.read(PhotoLimits().file_bytes + 1))


def keep(
    request: HttpRequest,
    declaration: Declaration,
    statement: Statement,
    seen: Seen,
    *,
    redrawn: RedrawnPhoto | None = None,
    as_typed: bool = False,
) -> Declaration:
    """Keep a statement. A good photo stays even where another answer is refused.

    Raises:
        RegistryError, ConflictError: as `services.save_draft`.
    """
    if redrawn is None:
        return _save(request, declaration, statement, seen, as_typed=as_typed)
    before = statement_of(declaration.written.facts)
    with transaction.atomic():  # kept and named in one, or it might be dropped as unused between the two
        picture = Statement(photo=keep_photo(redrawn=redrawn), photo_problem="")
        try:
            return _save(request, declaration, {**statement, **picture}, seen, as_typed=as_typed)
        except RegistryError as error:
            refused = error
        if not isinstance(refused, ConflictError):
            kept = _save(request, declaration, {**before, **picture}, seen, as_typed=as_typed)
            declaration.version, declaration.window, declaration.facts = kept.version, kept.window, kept.facts
            if isinstance(kept.written, Correction):
                declaration.correction = kept.written
    raise refused


def _save(
    request: HttpRequest, declaration: Declaration, statement: Statement, seen: Seen, *, as_typed: bool
) -> Declaration:
    written = declaration.written
    return services.save_draft(
        official=declaration.official,
        link=link_of(written.account),
        link_text=written.link_text,
        statement=statement,
        declaration=declaration,
        version=seen.version,
        window=seen.window,
        as_typed=as_typed,
        by=person(request),
    )


@for_officials
@require_POST
def save(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what has been typed so far, and say what the rules would say of it; a piece of the page."""
    declaration = open_to_change(request, public_id)
    seen = Seen.of(request)
    form = DetailsForm(request.POST, request.FILES)
    sent_photo = "photo" in request.FILES
    context: dict[str, Any] = {"form": form, "with_photo": sent_photo, "declaration": declaration}
    valid = form.is_valid()
    try:
        seen.require(declaration, as_typed=True)
        redrawn = photo_in(form)
        statement = said_in(form, declaration)
        unchanged = redrawn is None and statement == statement_of(declaration.written.facts)
        if unchanged and valid and not sent_photo:
            return HttpResponse(status=204)
        if not unchanged:
            declaration = keep(request, declaration, statement, seen, redrawn=redrawn, as_typed=True)
    except ConflictError as error:
        context["conflict"] = str(error.message)
    except RegistryError as error:
        form.refuse(error)
    facts = declaration.written.facts
    context |= {"declaration": declaration, "facts": facts, "now": timezone.now(), **photo_limits()}
    if "conflict" not in context:
        context["checks"] = checks_of(facts)
    return render(request, "web/official/_saved.html", context)


def photo_limits() -> dict[str, int]:
    """What the photo door asks of a file, for the hint beside it: mebibytes, pixels."""
    limits = PhotoLimits()
    return {"largest": limits.file_bytes // 1024 // 1024, "smallest": limits.min_side}


def seen_by(form: RegistryForm, declaration: Declaration) -> dict[str, Any]:
    """What a page says of its version and window, to be sent back by its form."""
    window = form.data.get("window", "") if form.is_bound else ""
    return {"version": declaration.version, "window": window or str(uuid.uuid4())}
