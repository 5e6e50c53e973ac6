"""What another officer decides on a declaration of a page; and disputes between two who say it is theirs.

Locks are always taken in this order: declaration, account, then what the book locks itself.
"""

from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Entry, Standing
from accounts.platforms import recognise
from common.errors import RegistryError
from registry.declarations import page_policies as policies
from registry.declarations.models import PageDeclaration
from registry.declarations.services.decisions import reasoned, tell_loser
from registry.declarations.services.page_steps import hold_page, holder_of, move_page
from registry.declarations.services.statements import bounded
from registry.declarations.states import Act, PageKind
from registry.declarations.transitions import after
from registry.users.models import User

_LONGEST_REASON = 1000


@transaction.atomic
def approve_page(*, declaration: PageDeclaration, by: User, version: int | None = None) -> PageDeclaration:
    """Let what was said of a page stand: entered, changed, given to its new agency, or closed.

    When somebody else came to hold the page since, it becomes a dispute instead: look at the state of what
    is returned.

    Args:
        declaration: as the officer saw it.
        by: another HR officer of the branch, or of the parent's.
        version: the version the page showed.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_decider`.
        ConflictError: `decided_already`, `not_now`; `owned_by_other` where a page to be given is not the
            officer's to give; `known_as_another` where its permanent id is another account's.
    """
    policies.require_decider(by, declaration)
    held = hold_page(declaration, version)
    after(held.state, Act.APPROVE)
    policies.require_decider(by, held)
    if _is_contested(held):
        return _contest(held, by=by)
    _record_permanent_id(held, by=by)
    book.hold_account(account_id=held.account_id)
    owner = book.owner_of(held.account)
    entry: Entry | None = None
    if held.kind == PageKind.CLOSE:
        if owner is not None and owner.agency_id == held.agency_id:
            book.close(account=held.account, by=by)
    elif _is_contested(held):
        return _contest(held, by=by)
    else:
        if owner is not None and owner.agency_id != held.agency_id:
            policies.require_giver(by, owner)
            book.transfer(account=held.account, to=held.agency, by=by)
        entry = book.enter(facts=held.facts, standing=Standing.CONFIRMED, by=by)
    move_page(held, Act.APPROVE, by=by, entry=entry, decided_by=by, decided_at=timezone.now())
    return held


@transaction.atomic
def return_page(
    *, declaration: PageDeclaration, reason: str, by: User, version: int | None = None
) -> PageDeclaration:
    """Send a declaration of a page back to be corrected.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_decider`.
        ConflictError: `decided_already`, `not_now`.
        RegistryError: `reason_missing`, `too_long`, `bad_characters`.
    """
    policies.require_decider(by, declaration)
    kept = bounded(reason, "reason", _LONGEST_REASON)
    if not kept:
        raise RegistryError("reason_missing", _("Say what is to be corrected."), field="reason")
    held = hold_page(declaration, version)
    after(held.state, Act.RETURN)
    policies.require_decider(by, held)
    move_page(held, Act.RETURN, by=by, reason=kept, decided_by=by, decided_at=timezone.now())
    book.withdraw_proposal(facts=held.facts)
    return held


@transaction.atomic
def decide_page_dispute(
    *,
    declaration: PageDeclaration,
    outcome: Literal["give", "keep"],
    reason: str,
    by: User,
    version: int | None = None,
) -> PageDeclaration:
    """Decide whose a disputed page is.

    Giving moves the page, and what was claimed of it then stands; keeping ends the claim. Both sides are
    told.

    Args:
        declaration: as the officer saw it.
        outcome: to the agency that claims it, or to stay.
        reason: why. It may name both sides, so it goes into the trail alone, where neither of them reads it.
        by: see `page_policies.require_dispute_decider`.
        version: the version the page showed.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_dispute_decider`.
        ConflictError: `decided_already`, `not_now`; `known_as_another` as for `approve_page`.
        RegistryError: `reason_missing`, `too_long`, `bad_characters`.
    """
    policies.require_dispute_decider(by, declaration)
    act = Act.GIVE if outcome == "give" else Act.KEEP
    held = hold_page(declaration, version)
    after(held.state, act)
    if act is Act.GIVE:
        _record_permanent_id(held, by=by)
    book.hold_account(account_id=held.account_id)
    policies.require_dispute_decider(by, held)
    reasoned(held, outcome=outcome, reason=reason, by=by)
    now, against = timezone.now(), holder_of(held)
    if act is Act.KEEP:
        move_page(held, act, by=by, at=now, against=against, decided_by=by, decided_at=now)
        book.withdraw_proposal(facts=held.facts)
        return held
    owner = book.owner_of(held.account)
    if owner is not None and owner.agency_id != held.agency_id:
        if owner.official is not None:
            tell_loser(held.account, by=by)
        book.transfer(account=held.account, to=held.agency, by=by)
    entry = book.enter(facts=held.facts, standing=Standing.CONFIRMED, by=by)
    move_page(held, act, by=by, at=now, against=against, entry=entry, decided_by=by, decided_at=now)
    return held


def _is_contested(held: PageDeclaration) -> bool:
    """Whether somebody else has come to hold what was put forward as new, or as a change of one's own."""
    owner = book.owner_of(held.account)
    return (
        held.kind in (PageKind.NEW, PageKind.CHANGE)
        and owner is not None
        and owner.agency_id != held.agency_id
    )


def _contest(held: PageDeclaration, *, by: User) -> PageDeclaration:
    move_page(held, Act.CONTEST, by=by, against=holder_of(held))
    return held


def _record_permanent_id(held: PageDeclaration, *, by: User) -> None:
    """Record the permanent id put forward; the book takes its locks in its own order: none is held before."""
    if held.permanent_text:
        link = recognise(held.permanent_text, platform=held.account.platform)
        book.record_permanent_id(account=held.account, link=link, by=by)
