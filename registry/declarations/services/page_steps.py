"""How a declaration of a page moves along the table: held, moved, its step and its event written."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Agency
from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError
from registry.declarations.models import PageDeclaration, PageStep
from registry.declarations.page_policies import path_of_agency
from registry.declarations.services.steps import LETTERS
from registry.declarations.states import PAGE_NEWS, Act
from registry.declarations.transitions import after
from registry.users.models import User


def hold_page(declaration: PageDeclaration, version: int | None) -> PageDeclaration:
    """Lock the declaration as the person saw it and return it fresh.

    Args:
        declaration: as read when the person looked at it.
        version: the version the page showed, where that is older than `declaration`.

    Raises:
        ConflictError: `decided_already`: somebody was first; the message says who and when.
    """
    seen = declaration.version if version is None else version
    rows = PageDeclaration.objects.filter(pk=declaration.pk)
    rows.select_for_update().only("pk").get()  # locked by itself, as `steps.hold` says
    held = rows.select_related("agency", "account", "facts").get()
    if held.version != seen:
        raise _overtaken(held)
    return held


def move_page(
    declaration: PageDeclaration,
    act: Act,
    *,
    by: User,
    at: datetime | None = None,
    against: Agency | None = None,
    **fields: Any,
) -> None:
    """Move a held declaration along the table, with its step and its event in the trail.

    Args:
        declaration: held.
        act: what is done.
        by: by whom.
        at: when; None is now.
        against: whose page it was, where the act is one of a dispute.
        fields: the columns that change with it.

    Raises:
        ConflictError: `not_now`.
    """
    fields |= {"state": after(declaration.state, act), "version": declaration.version + 1}
    for name, value in fields.items():
        setattr(declaration, name, value)
    declaration.save(update_fields=list(fields))
    write_page_step(declaration, act, by=by, at=at or timezone.now(), against=against)


def write_page_step(
    declaration: PageDeclaration, act: Act, *, by: User, at: datetime, against: Agency | None = None
) -> None:
    """Write down what was done: the step, the trail, and the bell where somebody is to hear of it."""
    told = act in PAGE_NEWS
    PageStep.objects.create(
        declaration=declaration,
        act=act,
        state=declaration.state,
        version=declaration.version,
        by=by,
        at=at,
        reason=declaration.reason if act is Act.RETURN else "",
        against=against,
        told_at=None if told else at,
    )
    audit.record(
        act=f"page.{act}",
        by=by,
        subject_kind="account",
        subject_id=declaration.account_id,
        agency_path=path_of_agency(declaration.agency),
        payload={
            "declaration": str(declaration.public_id),
            "kind": str(declaration.kind),
            "version": declaration.version,
            "state": str(declaration.state),
            "facts": declaration.facts_id,
        },
    )
    if told:
        ring(LETTERS)


def holder_of(declaration: PageDeclaration) -> Agency | None:
    """Which other agency has the page now; None where a person or nobody has it, or the declaration's own."""
    held = book.owner_of(declaration.account)
    return held.agency if held is not None and held.agency_id != declaration.agency_id else None


def _overtaken(declaration: PageDeclaration) -> ConflictError:
    at: datetime = declaration.decided_at or declaration.submitted_at
    who = declaration.decided_by or declaration.submitted_by
    return ConflictError(
        "decided_already",
        _("%(who)s changed this declaration at %(when)s. Look at it again.")
        % {"who": who.get_full_name(), "when": date_format(timezone.localtime(at), "H:i d/m/Y")},
        {"state": declaration.state},
    )
