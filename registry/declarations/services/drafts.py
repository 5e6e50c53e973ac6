"""The declarant's own acts: draft, put forward, take back."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Account, DeclaredFacts, Entry, Official
from accounts.platforms import Link
from accounts.services import Statement
from common.errors import ConflictError, RegistryError
from registry.declarations import policies
from registry.declarations.models import Declaration
from registry.declarations.services import statements
from registry.declarations.services.steps import held_by_other, hold, hold_account, move, write_step
from registry.declarations.states import OPEN, UNDER_REVIEW, Act, Kind, State
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
) -> Declaration:
    """Keep what the person has written so far; HR does not see it before it is put forward.

    Args:
        official: the declarant; `by` must be their own login.
        link: what `accounts.platforms.recognise` read.
        statement: what is said of the account. Saving again states it afresh, whole.
        by: the person.
        link_text: the link as pasted; dropped where it holds a phone number.
        declaration: the draft, or returned declaration, to go on with; None begins one.
        version: the version the form was made from.

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
        declaration = hold(declaration, version=version)
        require_own(by, declaration.official)
        after(declaration.state, Act.SAVE)
        if declaration.kind == Kind.CLOSE:
            raise ConflictError("not_now", _("A closing says nothing new about the account."))
    account = book.account_for(link=link, by=by)
    require_none_open(official, account, but=declaration)
    kept["declared_on"] = timezone.localdate()
    facts = book.state_facts(account=account, by=by, official=official, **kept)
    kind = kind_of(official, account)
    if declaration is None:
        return begin(official, facts, pasted, kind, by=by)
    replaced = declaration.facts if declaration.state == State.DRAFT else None
    move(declaration, Act.SAVE, by=by, account=account, facts=facts, link_text=pasted, kind=kind)
    if replaced is not None:
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
    """Put a draft, or a corrected declaration, before HR.

    When somebody else holds the account it becomes a dispute; nothing tells who that is. The last approved
    entry stands while a change is under review.

    Raises:
        NotFoundError, NotAllowedError: not the declarant.
        ConflictError: `decided_already`, `not_now`.
        RegistryError: `name_missing`, `commitments_missing`.
    """
    require_own(by, declaration.official)
    held = hold(declaration, version=version)
    hold_account(held.account)
    act = Act.CLAIM if held.kind != Kind.CLOSE and held_by_other(held) else Act.SUBMIT
    after(held.state, act)
    if held.kind != Kind.CLOSE:
        statements.require_complete(held.facts)
        book.propose(facts=held.facts)
    now = timezone.now()
    move(
        held,
        act,
        by=by,
        at=now,
        submitted_by=by,
        submitted_at=now,
        decided_by=None,
        decided_at=None,
        reasons={},
    )
    return held


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
    move(held, Act.WITHDRAW, by=by)
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


def _already_open(official: Official, account: Account) -> RegistryError:
    other = Declaration.objects.filter(official=official, account=account, state__in=OPEN).first()
    return RegistryError(
        "already_open",
        _("A declaration of this account is already under way. Go on with that one."),
        {"declaration": str(other.public_id)} if other else {},
        field="link",
    )


def _drop(facts: DeclaredFacts) -> None:
    """Forget what a draft said before it was written afresh, unless anything came to rest on it."""
    referenced = facts.entries.exists() or Declaration.objects.filter(facts=facts).exists()
    if not referenced:
        facts.delete()
