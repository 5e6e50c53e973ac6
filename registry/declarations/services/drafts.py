"""The declarant's own acts: draft, put forward, take back."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Account, DeclaredFacts, Entry, Official
from accounts.platforms import Link
from accounts.services import Statement
from common.errors import ConflictError, RegistryError
from registry.declarations import policies
from registry.declarations.models import Correction, Declaration
from registry.declarations.services import statements
from registry.declarations.services.steps import held_by_other, hold, move, move_quietly, write_step
from registry.declarations.states import OF_WHAT_STANDS, OPEN, UNDER_REVIEW, Act, Kind, State
from registry.declarations.transitions import after
from registry.users.models import User
from registry.users.policies import require_own


@transaction.atomic
def save_draft(
    *,
    official: Official,
    link: Link,
    statement: Statement,
    by: User,
    link_text: str = "",
    declaration: Declaration | None = None,
    version: int | None = None,
    window: UUID | None = None,
    as_typed: bool = False,
) -> Declaration:
    """Keep what the person has written so far; HR does not see it before it is put forward.

    Of a returned declaration HR goes on seeing what was returned; read what was saved as its `written`.

    Args:
        official: the declarant; `by` must be their own login.
        link: what `accounts.platforms.recognise` read.
        statement: what is said of the account. Saving again states it afresh, whole.
        by: the person.
        link_text: the link as pasted; dropped where it holds a phone number.
        declaration: the draft, or returned declaration, to go on with; None begins one.
        version: the version the form was made from.
        window: the open page it is written in: what that page itself saved meanwhile is no conflict.
        as_typed: saved by itself while the person types. Such a saving is never let past a newer one, its
            own page's neither (it may arrive late), and leaves no step: the next one the person makes does.

    Raises:
        NotFoundError, NotAllowedError: not the declarant.
        ConflictError: `decided_already`, `not_now`.
        RegistryError: `already_open` (extra: declaration) when another one of this account is under way;
            `not_a_persons`, `too_long`, `bad_characters`, `in_the_future`, `unknown_commitment`.
    """
    require_own(by, official)
    statements.require_personal(link)
    kept = statements.tidy(statement)
    pasted = statements.link_text(link_text, link)
    if declaration is not None:
        policies.require_see(by, declaration)
        declaration = hold(declaration, version=version, window=None if as_typed else window)
        require_own(by, declaration.official)
        after(declaration.state, Act.SAVE)
        if declaration.kind in OF_WHAT_STANDS:
            raise ConflictError(
                "not_now", _("This declaration says nothing of what the account shows. Take it back first.")
            )
    account = book.account_for(link=link, by=by)
    require_none_open(official, account, but=declaration)
    _require_none_corrected(official, account, but=declaration)
    kept["declared_on"] = timezone.localdate()
    facts = book.state_facts(account=account, by=by, official=official, **kept)
    kind = kind_of(official, account)
    if declaration is None:
        return begin(official, facts, pasted, kind, by=by)
    replaced = declaration.written.facts
    is_draft = declaration.state == State.DRAFT
    own: dict[str, Any] = (
        {"account": account, "facts": facts, "link_text": pasted, "kind": kind} if is_draft else {}
    )
    if as_typed:
        move_quietly(declaration, Act.SAVE, window=window, **own)
    else:
        move(declaration, Act.SAVE, by=by, said=facts, window=window, **own)
    if not is_draft:
        _end_correction(declaration)
        Correction.objects.create(
            declaration=declaration, account=account, facts=facts, link_text=pasted, kind=kind
        )
    _drop(replaced)
    return declaration


def begin(official: Official, facts: DeclaredFacts, pasted: str, kind: Kind, *, by: User) -> Declaration:
    """Begin a draft, with its first step.

    Raises:
        RegistryError: `already_open`, when another one of this account was begun a moment ago.
    """
    try:
        with transaction.atomic():
            begun = Declaration.objects.create(
                official=official, account=facts.account, facts=facts, link_text=pasted, kind=kind
            )
    except IntegrityError as error:
        raise _already_open(official, facts.account) from error
    write_step(begun, Act.SAVE, by=by, at=timezone.now())
    return begun


def kind_of(official: Official, account: Account) -> Kind:
    """A change where an entry of this person's already stands for the account, else a new account."""
    held = book.owner_of(account)
    is_theirs = held is not None and held.official_id == official.pk
    stands = is_theirs and Entry.objects.current().filter(account=account).exists()
    return Kind.CHANGE if stands else Kind.NEW


@transaction.atomic
def submit(*, declaration: Declaration, by: User, version: int | None = None) -> Declaration:
    """Put a draft, or a corrected declaration, before HR. From now on HR sees the correction.

    When somebody else holds the account it becomes a dispute; nothing tells who that is. The last approved
    entry stands while a change is under review.

    Raises:
        NotFoundError, NotAllowedError: not the declarant.
        ConflictError: `decided_already`, `not_now`.
        RegistryError: `name_missing`, `commitments_missing`; `already_open` (extra: declaration) when
            another declaration of the account a correction names was begun meanwhile.
    """
    require_own(by, declaration.official)
    held = hold(declaration, version=version)
    corrected = _take_correction(held)
    book.hold_account(account_id=held.account_id)
    says_anew = held.kind not in OF_WHAT_STANDS
    act = Act.CLAIM if says_anew and held_by_other(held) else Act.SUBMIT
    after(held.state, act)
    if says_anew:
        statements.require_complete(held.facts)
        book.propose(facts=held.facts)
    now = timezone.now()
    try:
        with transaction.atomic():
            move(
                held,
                act,
                by=by,
                at=now,
                **corrected,
                submitted_by=by,
                submitted_at=now,
                decided_by=None,
                decided_at=None,
                reasons={},
            )
    except IntegrityError as error:  # another one of the account was begun at this very moment
        raise _already_open(held.official, held.account) from error
    return held


def _take_correction(held: Declaration) -> dict[str, Any]:
    """Make what a correction says the held declaration's own; return the columns to be written.

    Raises:
        RegistryError: `already_open`.
    """
    written = held.written
    if written is held:
        return {}
    require_none_open(held.official, written.account, but=held)
    kind = held.kind
    if kind not in OF_WHAT_STANDS:
        kind = kind_of(held.official, written.account)  # an import may have registered it meanwhile
    said = {
        "account": written.account,
        "facts": written.facts,
        "link_text": written.link_text,
        "kind": kind,
    }
    _end_correction(held)
    for name, value in said.items():
        setattr(held, name, value)
    return said


def _end_correction(declaration: Declaration) -> None:
    Correction.objects.filter(declaration=declaration).delete()
    declaration.correction = None  # of this instance; the row is gone


@transaction.atomic
def withdraw(*, declaration: Declaration, by: User, version: int | None = None) -> Declaration:
    """Take a declaration back before it is decided; what stood before goes on standing.

    Raises:
        NotFoundError, NotAllowedError: neither the declarant nor, where HR put it forward, HR of the branch.
        ConflictError: `decided_already`, `not_now`.
    """
    policies.require_withdrawer(by, declaration)
    held = hold(declaration, version=version)
    under_review = held.state in UNDER_REVIEW
    written = held.written
    move(held, Act.WITHDRAW, by=by)
    if written is not held:
        _end_correction(held)
        _drop(written.facts)
    if under_review:
        book.withdraw_proposal(facts=held.facts)
    return held


def require_none_open(official: Official, account: Account, *, but: Declaration | None) -> None:
    """Let pass when no declaration of this person and account is under way, `but` aside.

    Raises:
        RegistryError: `already_open` (extra: declaration).
    """
    others = Declaration.objects.filter(official=official, account=account, state__in=OPEN)
    if others.exclude(pk__in=[but.pk] if but else []).exists():
        raise _already_open(official, account)


def _require_none_corrected(official: Official, account: Account, *, but: Declaration | None) -> None:
    """Let pass when no returned declaration is being corrected to be one of this account, `but` aside.

    Only the declarant's own acts ask this: an officer is told nothing of what is not put forward yet.
    """
    others = Correction.objects.filter(
        declaration__official=official, account=account, declaration__state__in=OPEN
    ).exclude(declaration__in=[but.pk] if but else [])
    other = others.select_related("declaration").first()
    if other is not None:
        raise _already_open(official, account, other.declaration)


def _already_open(official: Official, account: Account, other: Declaration | None = None) -> RegistryError:
    other = other or Declaration.objects.filter(official=official, account=account, state__in=OPEN).first()
    return RegistryError(
        "already_open",
        _("A declaration of this account is already under way. Go on with that one."),
        {"declaration": str(other.public_id)} if other else {},
        field="link",
    )


def _drop(facts: DeclaredFacts) -> None:
    """Forget what a draft said before it was written afresh, unless anything came to rest on it."""
    rests = (facts.entries, facts.declarations, facts.corrections, facts.returns)
    if not any(rows.exists() for rows in rests):
        facts.delete()
