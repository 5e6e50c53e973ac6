"""Acts on declarations of agencies' own pages: put forward, decided by another officer, confirmed, closed.

Locks are always taken in this order: declaration, account, then what the book locks itself.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Account, Agency, DeclaredFacts, Entry, ReportedFake, Standing
from accounts.platforms import PLATFORMS, Link, recognise
from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.declarations import page_policies as policies
from registry.declarations.models import PageDeclaration
from registry.declarations.services.page_statements import PageSaid, tidy
from registry.declarations.services.statements import bounded
from registry.declarations.states import OPEN, Act, PageKind
from registry.declarations.transitions import after
from registry.users.models import User
from registry.users.policies import not_found

_LONGEST_LINK = 2000
_LONGEST_REASON = 1000


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

    What stands goes on standing until it is decided.

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
        ConflictError: `owned_by_other`; `already_open` (extra: declaration) while another is under way.
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
    kind = _kind_of(agency, account, by=by)
    permanent = _permanent(account, permanent_text)
    facts = _state(agency, account, kept, by=by)
    return _open(agency, account, facts, kind, by=by, link_text=text, permanent_text=permanent)


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
        ConflictError: `decided_already`, `not_now`, `owned_by_other`.
        RegistryError: `withdraw_instead` of a closing; and as for `page_statements.tidy`.
    """
    policies.require_page_officer(by, declaration.agency)
    kept = tidy(said, agency=declaration.agency)
    held = _hold(declaration, version)
    after(held.state, Act.SUBMIT)
    if held.kind == PageKind.CLOSE:
        raise RegistryError(
            "withdraw_instead", _("Withdraw it, and ask anew if the page is to be closed after all.")
        )
    book.hold_account(account_id=held.account_id)
    kind = _kind_of(held.agency, held.account, by=by)
    facts = _state(held.agency, held.account, kept, by=by)
    book.propose(facts=facts)
    _move(
        held,
        Act.SUBMIT,
        by=by,
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
    return _open(agency, account, entry.facts, PageKind.CLOSE, by=by)


@transaction.atomic
def approve_page(*, declaration: PageDeclaration, by: User, version: int | None = None) -> PageDeclaration:
    """Let what was said of a page stand: entered, changed, given to its new agency, or closed.

    Args:
        declaration: as the officer saw it.
        by: another HR officer of the branch, or of the parent's.
        version: the version the page showed.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_decider`.
        ConflictError: `decided_already`, `not_now`; `owned_by_other` where the account has come to be
            somebody else's; `known_as_another` where its permanent id is another account's.
    """
    policies.require_decider(by, declaration)
    held = _hold(declaration, version)
    after(held.state, Act.APPROVE)
    policies.require_decider(by, held)
    if held.permanent_text:  # the book takes its locks in its own order: nothing is held before
        link = recognise(held.permanent_text, platform=held.account.platform)
        book.record_permanent_id(account=held.account, link=link, by=by)
    book.hold_account(account_id=held.account_id)
    owner = book.owner_of(held.account)
    entry: Entry | None = None
    if held.kind == PageKind.CLOSE:
        if owner is not None and owner.agency_id == held.agency_id:
            book.close(account=held.account, by=by)
    else:
        if owner is not None and owner.agency_id != held.agency_id:
            policies.require_giver(by, held.agency, owner)
            book.transfer(account=held.account, to=held.agency, by=by)
        entry = book.enter(facts=held.facts, standing=Standing.CONFIRMED, by=by)
    _move(held, Act.APPROVE, by=by, entry=entry, decided_by=by, decided_at=timezone.now())
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
    held = _hold(declaration, version)
    after(held.state, Act.RETURN)
    policies.require_decider(by, held)
    _move(held, Act.RETURN, by=by, reason=kept, decided_by=by, decided_at=timezone.now())
    book.withdraw_proposal(facts=held.facts)
    return held


@transaction.atomic
def withdraw_page(*, declaration: PageDeclaration, by: User, version: int | None = None) -> PageDeclaration:
    """Take a declaration of a page back before it is approved.

    Raises:
        NotFoundError, NotAllowedError: see `page_policies.require_page_officer`.
        ConflictError: `decided_already`, `not_now`.
    """
    policies.require_page_officer(by, declaration.agency)
    held = _hold(declaration, version)
    after(held.state, Act.WITHDRAW)
    _move(held, Act.WITHDRAW, by=by)
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


def _kind_of(agency: Agency, account: Account, *, by: User) -> PageKind:
    """What the declaration asks, by whose the account is now."""
    held = book.owner_of(account)
    if held is None:
        return PageKind.NEW
    if held.agency_id == agency.pk:
        return PageKind.CHANGE
    policies.require_giver(by, agency, held)
    return PageKind.TRANSFER


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
                submitted_by=by,
                submitted_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "already_open", _("A declaration of this page is already under way. Go on with that one.")
        ) from error
    if kind is not PageKind.CLOSE:
        book.propose(facts=facts)
    _tell(opened, Act.SUBMIT, by=by)
    return opened


def _standing(account: Account) -> Entry | None:
    return Entry.objects.current().filter(account=account).select_related("facts__agency").first()


def _hold(declaration: PageDeclaration, version: int | None) -> PageDeclaration:
    """Lock the declaration as the person saw it. Raises ConflictError `decided_already`."""
    seen = declaration.version if version is None else version
    rows = PageDeclaration.objects.filter(pk=declaration.pk)
    rows.select_for_update().only("pk").get()  # locked by itself, as `steps.hold` says
    held = rows.select_related("agency", "account", "facts").get()
    if held.version != seen:
        raise _overtaken(held)
    return held


def _move(declaration: PageDeclaration, act: Act, *, by: User, **fields: Any) -> None:
    """Move a held declaration along the table, with its event in the trail."""
    fields |= {"state": after(declaration.state, act), "version": declaration.version + 1}
    for name, value in fields.items():
        setattr(declaration, name, value)
    declaration.save(update_fields=list(fields))
    _tell(declaration, act, by=by)


def _tell(declaration: PageDeclaration, act: Act, *, by: User) -> None:
    audit.record(
        act=f"page.{act}",
        by=by,
        subject_kind="account",
        subject_id=declaration.account_id,
        agency_path=policies.path_of_agency(declaration.agency),
        payload={
            "declaration": str(declaration.public_id),
            "kind": str(declaration.kind),
            "version": declaration.version,
            "state": str(declaration.state),
            "facts": declaration.facts_id,
        },
    )


def _overtaken(declaration: PageDeclaration) -> ConflictError:
    at: datetime = declaration.decided_at or declaration.submitted_at
    who = declaration.decided_by or declaration.submitted_by
    return ConflictError(
        "decided_already",
        _("%(who)s changed this declaration at %(when)s. Look at it again.")
        % {"who": who.get_full_name(), "when": date_format(timezone.localtime(at), "H:i d/m/Y")},
        {"state": declaration.state},
    )
