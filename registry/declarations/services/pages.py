"""Acts of an agency on declarations of its own pages: put forward, withdrawn, confirmed, asked to be closed.

Locks are always taken in this order: declaration, account, then what the book locks itself.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Account, Agency, DeclaredFacts, Entry, ReportedFake
from accounts.platforms import PLATFORMS, Link, recognise
from common.errors import ConflictError, RegistryError
from registry.declarations import page_policies as policies
from registry.declarations.models import PageDeclaration
from registry.declarations.services.page_statements import PageSaid, tidy
from registry.declarations.services.page_steps import hold_page, holder_of, move_page, write_page_step
from registry.declarations.services.statements import bounded
from registry.declarations.states import OPEN, Act, PageKind, State
from registry.declarations.transitions import after
from registry.users.models import User
from registry.users.policies import not_found

_LONGEST_LINK = 2000


@transaction.atomic
def put_page_forward(
    *,
    agency: Agency,
    said: PageSaid,
    by: User,
    link: Link | None = None,
    link_text: str = "",
    account: Account | None = None,
    permanent_text: str = "",
) -> PageDeclaration:
    """Put a page before another HR officer: a new one, a change of one, or one of an agency merged into this.

    A page that somebody else holds, and is not the officer's to give, becomes a dispute; whose it is is not
    said. What stands goes on standing until it is decided.

    Args:
        agency: whose page it is to be.
        said: all that is said of it, also what stays the same.
        by: an HR officer of the agency, or of one above it.
        link: the page, where it is a new one; or
        account: the page the register knows.
        link_text: the link as pasted.
        permanent_text: a link that states the page's permanent id, "" where none is known or to be recorded.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_page_officer`.
        RegistryError: `not_an_agencys`; `no_permanent_id`; and as for `page_statements.tidy`.
        ConflictError: `already_open` (extra: declaration) while another is under way.
    """
    policies.require_page_officer(by, agency)
    kept = tidy(said, agency=agency)
    text = bounded(link_text, "link", _LONGEST_LINK)
    if link is not None:
        _require_agencys(link)
        account = book.account_for(link=link, by=by)
    assert account is not None  # noqa: S101 - one of the two is given
    book.hold_account(account_id=account.pk)
    _require_none_open(agency, account)
    kind, act = _asked(agency, account, by=by)
    permanent = _permanent(account, permanent_text)
    facts = _state(agency, account, kept, by=by)
    return _open(agency, account, facts, kind, act, by=by, link_text=text, permanent_text=permanent)


@transaction.atomic
def put_page_forward_again(
    *,
    declaration: PageDeclaration,
    said: PageSaid,
    by: User,
    version: int | None = None,
    permanent_text: str = "",
) -> PageDeclaration:
    """Put a returned declaration forward once more, as it is said now.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_page_officer`.
        ConflictError: `decided_already`, `not_now`.
        RegistryError: `withdraw_instead` of a closing; and as for `page_statements.tidy`.
    """
    policies.require_page_officer(by, declaration.agency)
    kept = tidy(said, agency=declaration.agency)
    held = hold_page(declaration, version)
    after(held.state, Act.SUBMIT)
    if held.kind == PageKind.CLOSE:
        raise RegistryError(
            "withdraw_instead", _("Withdraw it, and ask anew if the page is to be closed after all.")
        )
    book.hold_account(account_id=held.account_id)
    kind, act = _asked(held.agency, held.account, by=by)
    facts = _state(held.agency, held.account, kept, by=by)
    book.propose(facts=facts)
    move_page(
        held,
        act,
        by=by,
        against=holder_of(held) if act is Act.CLAIM else None,
        facts=facts,
        kind=kind,
        permanent_text=_permanent(held.account, permanent_text),
        submitted_by=by,
        submitted_at=timezone.now(),
        decided_by=None,
        decided_at=None,
        reason="",
    )
    return held


@transaction.atomic
def ask_to_close_page(*, account: Account, by: User) -> PageDeclaration:
    """Ask that a page be taken out of the register; another officer decides.

    Raises:
        NotFoundError, NotAllowedError: it is no page of the officer's branches.
        ConflictError: `already_open` (extra: declaration).
    """
    entry = _standing(account)
    agency = entry.facts.agency if entry else None
    if entry is None or agency is None:
        raise not_found()
    policies.require_page_officer(by, agency)
    book.hold_account(account_id=account.pk)
    _require_none_open(agency, account)
    return _open(agency, account, entry.facts, PageKind.CLOSE, Act.SUBMIT, by=by)


@transaction.atomic
def withdraw_page(*, declaration: PageDeclaration, by: User, version: int | None = None) -> PageDeclaration:
    """Take a declaration of a page back before it is approved.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_page_officer`.
        ConflictError: `decided_already`, `not_now`.
    """
    policies.require_page_officer(by, declaration.agency)
    held = hold_page(declaration, version)
    move_page(held, Act.WITHDRAW, by=by)
    if held.kind != PageKind.CLOSE:
        book.withdraw_proposal(facts=held.facts)
    return held


@transaction.atomic
def confirm_page(*, entry: Entry, by: User) -> Entry:
    """The agency's own word that what stands of its page is still right.

    Raises:
        NotFoundError, NotAllowedError: it is no page of the officer's branches.
        ConflictError: `stale`, when the entry no longer stands.
    """
    book.hold_account(account_id=entry.account_id)
    owner = book.owner_of(entry.account)
    if owner is None or owner.agency is None:
        raise not_found()
    policies.require_page_officer(by, owner.agency)
    return book.confirm(entry=entry, by=by)


@transaction.atomic
def confirm_fake(
    *, agency: Agency, link: Link, by: User, name_shown: str = "", confirmed_on: date | None = None
) -> ReportedFake:
    """Confirm for the agency that a page poses as it. It becomes public at once.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_page_officer`.
        RegistryError, ConflictError: as for the book's own act.
    """
    policies.require_page_officer(by, agency)
    name = bounded(name_shown, "name_shown", 200)
    return book.confirm_fake(agency=agency, link=link, by=by, name_shown=name, confirmed_on=confirmed_on)


@transaction.atomic
def withdraw_fake(*, fake: ReportedFake, by: User) -> None:
    """Take back, for the agency, that a page poses as it.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_page_officer`.
        ConflictError: `stale`.
    """
    policies.require_page_officer(by, fake.agency)
    book.withdraw_fake(fake=fake, by=by)


def _require_agencys(link: Link) -> None:
    if not PLATFORMS[link.platform].agency:
        raise RegistryError("not_an_agencys", _("No agency can have a page on this platform."), field="link")


def _require_none_open(agency: Agency, account: Account) -> None:
    other = PageDeclaration.objects.filter(agency=agency, account=account, state__in=OPEN).first()
    if other is not None:
        raise ConflictError(
            "already_open",
            _("A declaration of this page is already under way. Go on with that one."),
            {"declaration": str(other.public_id)},
            field="link",
        )


def _asked(agency: Agency, account: Account, *, by: User) -> tuple[PageKind, Act]:
    """What the declaration asks, and how it begins, by whose the account is now."""
    held = book.owner_of(account)
    if held is None:
        return PageKind.NEW, Act.SUBMIT
    if held.agency_id == agency.pk:
        return PageKind.CHANGE, Act.SUBMIT
    if policies.may_give(by, held):
        return PageKind.TRANSFER, Act.SUBMIT
    return PageKind.NEW, Act.CLAIM


def _permanent(account: Account, text: str) -> str:
    """The link that states a permanent id, as it is kept. Raises RegistryError at its field."""
    kept = bounded(text, "permanent_link", _LONGEST_LINK)
    if not kept:
        return ""
    try:
        link = recognise(kept, platform=account.platform)
    except RegistryError as error:
        raise RegistryError(error.code, error.message, error.extra, field="permanent_link") from error
    if link.permanent is None:
        raise RegistryError("no_permanent_id", _("This link states no permanent id."), field="permanent_link")
    return kept


def _state(agency: Agency, account: Account, said: PageSaid, *, by: User) -> DeclaredFacts:
    return book.state_page(
        account=account,
        agency=agency,
        name_shown=said.name_shown,
        administrators=said.administrators,
        by=by,
        **said.statement,
    )


def _open(
    agency: Agency,
    account: Account,
    facts: DeclaredFacts,
    kind: PageKind,
    act: Act,
    *,
    by: User,
    link_text: str = "",
    permanent_text: str = "",
) -> PageDeclaration:
    now = timezone.now()
    try:
        with transaction.atomic():
            opened = PageDeclaration.objects.create(
                agency=agency,
                account=account,
                facts=facts,
                link_text=link_text,
                permanent_text=permanent_text,
                kind=kind,
                state=after(State.DRAFT, act),
                submitted_by=by,
                submitted_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "already_open", _("A declaration of this page is already under way. Go on with that one.")
        ) from error
    if kind is not PageKind.CLOSE:
        book.propose(facts=facts)
    against = holder_of(opened) if act is Act.CLAIM else None
    write_page_step(opened, act, by=by, at=now, against=against)
    return opened


def _standing(account: Account) -> Entry | None:
    return Entry.objects.current().filter(account=account).select_related("facts__agency").first()
