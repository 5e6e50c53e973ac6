"""HR's acts on what was put before them, and the decision of disputes."""

from collections.abc import Mapping
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Account, Entry, Official, Standing
from common.audit import services as audit
from common.errors import RegistryError
from registry.declarations import policies
from registry.declarations.models import Declaration, PageDeclaration, Return
from registry.declarations.services import statements
from registry.declarations.services.identifiers import identify
from registry.declarations.services.steps import enter, held_by_other, hold, move, write_step
from registry.declarations.states import Act, Kind, State
from registry.declarations.transitions import after
from registry.users.models import User

# What a return can point at; "" is the declaration as a whole.
FIELDS = frozenset(
    {"", "link", "name_shown", "photo", "agency_shown", "disclaimer", "commitments", "opened_on"}
)
_LONGEST_REASON = 1000


@transaction.atomic
def approve(*, declaration: Declaration, by: User, version: int | None = None) -> Declaration:
    """Let a declaration stand in the register.

    When somebody else came to hold the account since, it becomes a dispute instead: look at the state of
    what is returned.

    Args:
        declaration: as the officer saw it.
        by: an HR officer of the branch, neither the declarant nor who put it forward.
        version: the version the page showed.

    Raises:
        NotFoundError, NotAllowedError: see `policies.require_decider`.
        ConflictError: `decided_already` (who, what, when), `not_now`; of a permanent id `known_as_another`,
            `not_registered`.
    """
    policies.require_decider(by, declaration)
    held = hold(declaration, version=version)
    after(held.state, Act.APPROVE)
    policies.require_decider(by, held)
    now = timezone.now()
    entry: Entry | None
    if held.kind == Kind.IDENTIFY:
        entry = identify(held, by=by)
        move(held, Act.APPROVE, by=by, at=now, entry=entry, decided_by=by, decided_at=now)
        return held
    book.hold_account(account_id=held.account_id)
    theirs = not held_by_other(held)
    if held.kind == Kind.CLOSE:
        if theirs:  # else it is gone from the person already, which is what they wanted
            book.close(account=held.account, by=by)
        entry = None
    elif not theirs:
        move(held, Act.CONTEST, by=by)
        return held
    else:
        entry = enter(held.facts, standing=_standing(held), by=by)
    move(held, Act.APPROVE, by=by, at=now, entry=entry, decided_by=by, decided_at=now)
    return held


@transaction.atomic
def return_(
    *, declaration: Declaration, reasons: Mapping[str, str], by: User, version: int | None = None
) -> Declaration:
    """Send a declaration back to be corrected.

    Args:
        declaration: as the officer saw it.
        reasons: by field what is to be corrected, at least one; field "" is the whole.
        by: as for `approve`.
        version: the version the page showed.

    Raises:
        NotFoundError, NotAllowedError: see `policies.require_decider`.
        ConflictError: `decided_already` (who, what, when), `not_now`.
        RegistryError: `reason_missing`, `too_long`, `bad_characters`, `unknown_field`.
    """
    policies.require_decider(by, declaration)
    kept = _reasons(reasons)
    held = hold(declaration, version=version)
    after(held.state, Act.RETURN)
    policies.require_decider(by, held)
    now = timezone.now()
    step = move(held, Act.RETURN, by=by, at=now, reasons=kept, decided_by=by, decided_at=now)
    Return.objects.create(step=step, facts=held.facts, link_text=held.link_text, reasons=kept)
    book.withdraw_proposal(facts=held.facts)
    return held


@transaction.atomic
def decide_dispute(
    *,
    declaration: Declaration,
    outcome: Literal["give", "keep"],
    reason: str,
    by: User,
    version: int | None = None,
) -> Declaration:
    """Decide whose a disputed account is.

    Giving moves the account, and the claimed facts then stand; who held it is told of the loss, not of the
    winner. Keeping ends the claim.

    Args:
        declaration: as the officer saw it.
        outcome: to the claimant, or to stay.
        reason: why. It may name both sides, so it goes into the trail alone, where neither of them reads it.
        by: see `policies.require_dispute_decider`.
        version: the version the page showed.

    Raises:
        NotFoundError, NotAllowedError: see `policies.require_dispute_decider`.
        ConflictError: `decided_already` (who, what, when), `not_now`.
        RegistryError: `reason_missing`, `too_long`, `bad_characters`.
    """
    policies.require_see(by, declaration)
    act = Act.GIVE if outcome == "give" else Act.KEEP
    held = hold(declaration, version=version)
    after(held.state, act)
    book.hold_account(account_id=held.account_id)
    policies.require_dispute_decider(by, held)
    reasoned(held, outcome=outcome, reason=reason, by=by)
    now = timezone.now()
    if act is Act.KEEP:
        move(held, act, by=by, at=now, decided_by=by, decided_at=now)
        book.withdraw_proposal(facts=held.facts)
        return held
    if held_by_other(held):
        tell_loser(held.account, by=by)
        book.transfer(account=held.account, to=held.official, by=by)
    entry = enter(held.facts, standing=_standing(held), by=by)
    move(held, act, by=by, at=now, entry=entry, decided_by=by, decided_at=now)
    return held


def _standing(declaration: Declaration) -> Standing:
    return Standing.UNCONFIRMED if declaration.on_behalf else Standing.CONFIRMED


def tell_loser(account: Account, *, by: User) -> None:
    """Leave in the loser's own history that the account is no longer theirs, and nothing of the winner."""
    standing = Entry.objects.current().filter(account=account).select_related("facts__official").first()
    loser: Official | None = standing.facts.official if standing else None
    if standing is None or loser is None:
        return
    now = timezone.now()
    closed = Declaration.objects.create(
        official=loser,
        account=account,
        facts=standing.facts,
        kind=Kind.CLOSE,
        state=State.APPROVED,
        on_behalf=True,
        submitted_by=by,
        submitted_at=now,
        decided_by=by,
        decided_at=now,
    )
    write_step(closed, Act.REGISTER, by=by, at=now)


def reasoned(
    declaration: Declaration | PageDeclaration, *, outcome: Literal["give", "keep"], reason: str, by: User
) -> None:
    """Write into the trail, and nowhere else, why a dispute is decided as it is.

    Raises:
        RegistryError: `reason_missing`, `too_long`, `bad_characters`.
    """
    kept = statements.bounded(reason, "reason", _LONGEST_REASON)
    if not kept:
        raise RegistryError(
            "reason_missing", _("Write down why. It is kept with the decision."), field="reason"
        )
    audit.record(
        act="dispute.reasoned",
        by=by,
        subject_kind="account",
        subject_id=declaration.account_id,
        payload={"declaration": str(declaration.public_id), "outcome": outcome, "reason": kept},
    )


def _reasons(reasons: Mapping[str, str]) -> dict[str, str]:
    kept = {field: text.strip() for field, text in reasons.items() if text.strip()}
    if not kept:
        raise RegistryError(
            "reason_missing", _("Say at least once what is to be corrected."), field="reasons"
        )
    if not kept.keys() <= FIELDS:
        raise RegistryError("unknown_field", _("A reason points at no field of the form."), field="reasons")
    return {field: statements.bounded(text, field, _LONGEST_REASON) for field, text in kept.items()}
