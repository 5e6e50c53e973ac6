"""How a declaration moves: held, checked against the table, moved by a guarded update, written down.

Locks are always taken in this order: declaration, account, then what the book locks itself.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import DeclaredFacts, Entry, Standing
from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError
from registry.declarations.models import Declaration, Lease, Step
from registry.declarations.states import NEWS, Act, State
from registry.declarations.transitions import after
from registry.users.models import User
from registry.users.policies import path_of

# Whole sentences, so that each language can order its words.
_DONE = {
    Act.APPROVE: _("%(who)s approved this declaration at %(when)s."),
    Act.RETURN: _("%(who)s returned this declaration for correction at %(when)s."),
    Act.WITHDRAW: _("%(who)s withdrew this declaration at %(when)s."),
    Act.CONTEST: _("This account has come into dispute: %(who)s found that at %(when)s."),
    Act.GIVE: _("%(who)s decided this dispute at %(when)s."),
    Act.KEEP: _("%(who)s decided this dispute at %(when)s."),
}
LETTERS = "notifications.send_waiting"


def hold(declaration: Declaration, *, version: int | None = None, window: UUID | None = None) -> Declaration:
    """Lock the declaration as the person saw it and return it fresh.

    Args:
        declaration: as read when the person looked at it.
        version: the version a form was made from, where that is older than `declaration`.
        window: the open page the form is in, whose own earlier savings are no conflict with it.

    Raises:
        ConflictError: `decided_already`: somebody was first; the message says who, what and when.
    """
    seen = declaration.version if version is None else version
    rows = Declaration.objects.filter(pk=declaration.pk)
    # Locked by itself: joined to facts that were replaced while this waited, the row would not be found.
    rows.select_for_update().only("pk").get()
    held = rows.select_related("official", "account", "facts").get()
    if held.version != seen and (window is None or held.window != window):
        raise overtaken(held)
    return held


def move(
    declaration: Declaration,
    act: Act,
    *,
    by: User,
    at: datetime | None = None,
    said: DeclaredFacts | None = None,
    **fields: Any,
) -> Step:
    """Move a held declaration along the table by a guarded update; return its step, written with the trail.

    Once it no longer waits for HR, nobody has it open any more.

    Args:
        declaration: held.
        act: what is done.
        by: by whom.
        at: when; None is now.
        said: the facts the trail names, where they are not the declaration's own (yet).
        fields: the columns that change with it.

    Raises:
        ConflictError: `not_now`, or `decided_already` when the guard finds another version or state.
    """
    move_quietly(declaration, act, **fields)
    return write_step(declaration, act, by=by, at=at or timezone.now(), said=said)


def move_quietly(declaration: Declaration, act: Act, **fields: Any) -> None:
    """Move it without step and trail, for what is nobody else's to see, many times a minute.

    Raises:
        ConflictError: as `move`.
    """
    target = after(declaration.state, act)
    guarded = Declaration.objects.filter(
        pk=declaration.pk, version=declaration.version, state=declaration.state
    )
    fields = {"window": None} | fields | {"state": target, "version": declaration.version + 1}
    if not guarded.update(**fields):
        raise overtaken(Declaration.objects.get(pk=declaration.pk))
    for name, value in fields.items():
        setattr(declaration, name, value)
    if target != State.SUBMITTED:
        Lease.objects.filter(declaration=declaration).delete()


def write_step(
    declaration: Declaration, act: Act, *, by: User, at: datetime, said: DeclaredFacts | None = None
) -> Step:
    """Write down what was done: the step, the trail, and the bell where the declarant is to hear of it."""
    # Nobody is written to about what they did themselves.
    told = act in NEWS and by.official_id != declaration.official_id
    step = Step.objects.create(
        declaration=declaration,
        act=act,
        state=declaration.state,
        version=declaration.version,
        by=by,
        at=at,
        told_at=None if told else at,
    )
    audit.record(
        act=f"declaration.{act}",
        by=by,
        subject_kind="official",
        subject_id=declaration.official_id,
        agency_path=path_of(declaration.official),
        payload={
            "declaration": str(declaration.public_id),
            "version": declaration.version,
            "state": str(declaration.state),
            "facts": said.pk if said else declaration.facts_id,
        },
    )
    if told:
        ring(LETTERS)
    return step


def overtaken(declaration: Declaration) -> ConflictError:
    """The refusal to whoever came second, saying who did what, and when."""
    last = Step.objects.filter(declaration=declaration).select_related("by").order_by("-version").first()
    if last is None:
        return ConflictError("decided_already", _("Somebody changed this declaration meanwhile. Look again."))
    done = _DONE.get(Act(last.act), _("%(who)s changed this declaration at %(when)s. Look at it again."))
    return ConflictError(
        "decided_already",
        done
        % {
            "who": last.by.get_full_name(),
            "when": date_format(timezone.localtime(last.at), "H:i d/m/Y"),
        },
        {"state": declaration.state, "act": last.act},
    )


def held_by_other(declaration: Declaration) -> bool:
    """Tell whether the account is somebody else's now. Whose is never told."""
    held = book.owner_of(declaration.account)
    return held is not None and held.official_id != declaration.official_id


def enter(facts: DeclaredFacts, *, standing: Standing, by: User) -> Entry:
    """Let facts stand, in a savepoint.

    Raises:
        ConflictError: `owned_by_other`, also when somebody became the owner at this very moment.
    """
    try:
        with transaction.atomic():
            return book.enter(facts=facts, standing=standing, by=by)
    except IntegrityError as error:
        raise ConflictError(
            "owned_by_other", _("This account is already declared by somebody else.")
        ) from error
