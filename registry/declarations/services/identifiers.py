"""The permanent id of an account: stated by whose it is and looked at by HR, or recorded by HR; struck out.

That two identifiers are one account is never believed on one word: what a person states of their own
account goes the way of everything they declare, and holds once another officer has looked at the page.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Account, AccountIdentifier, Entry, Official
from accounts.platforms import Identifier, Link, recognise
from common.errors import ConflictError, RegistryError
from registry.declarations import policies
from registry.declarations.models import Correction, Declaration
from registry.declarations.services import statements
from registry.declarations.services.drafts import begin, require_none_open, submit
from registry.declarations.services.steps import held_by_other, hold, write_step
from registry.declarations.states import Act, Kind, State
from registry.users.models import User
from registry.users.policies import not_found, require_own


def permanent_id_of(*, account: Account, link: Link) -> Identifier:
    """The permanent id a link states, if it can be recorded for the account. Nothing is recorded.

    Of an id that is another account's nothing is told but that, unless both are registered for one person.

    Raises:
        RegistryError: `other_platform`, `no_permanent_id`, `known_already`, `own_other`.
        ConflictError: `known_as_another`.
    """
    if link.platform != account.platform:
        raise RegistryError("other_platform", _("This link is of another platform."), field="link")
    stated = link.permanent
    if stated is None:
        raise RegistryError(
            "no_permanent_id",
            _("This states no permanent id: the name in it can pass to somebody else. See where the id is."),
            field="link",
        )
    known = book.find_account(link)
    if known is None:
        return stated
    if known == account:
        raise RegistryError(
            "known_already", _("This id is on record for this account already."), field="link"
        )
    here, there = book.owner_of(account), book.owner_of(known)
    if here and there and here.official_id is not None and here.official_id == there.official_id:
        raise RegistryError(
            "own_other",
            _("Another account registered for the same person has this id: they are one. Close one of them."),
            field="link",
        )
    raise ConflictError(
        "known_as_another",
        _(
            "The register knows another account by this id. If it is this one, declare it by this link;"
            " what is unclear is then looked into."
        ),
        field="link",
    )


@transaction.atomic
def state_permanent_id(*, account: Account, link: Link, link_text: str, by: User) -> Declaration:
    """Put before HR which permanent id one's own account has; stated again, it corrects what was returned.

    Args:
        account: registered for the person.
        link: what `accounts.platforms.recognise` read.
        link_text: the link as pasted, for HR to open.
        by: the person.

    Raises:
        NotFoundError, NotAllowedError: it is not the person's.
        RegistryError: `already_open` (extra: declaration), and as for `permanent_id_of`.
        ConflictError: as there.
    """
    official, entry = _registered(account)
    require_own(by, official)
    permanent_id_of(account=account, link=link)
    pasted = statements.link_text(link_text, link)
    returned = Declaration.objects.filter(
        official=official, account=account, kind=Kind.IDENTIFY, state=State.RETURNED
    ).first()
    if returned is None:
        require_none_open(official, account, but=None)
        return submit(declaration=begin(official, entry.facts, pasted, Kind.IDENTIFY, by=by), by=by)
    hold(returned)
    Correction.objects.create(
        declaration=returned, account=account, facts=entry.facts, link_text=pasted, kind=Kind.IDENTIFY
    )
    return submit(declaration=returned, by=by)


@transaction.atomic
def record_permanent_id(*, account: Account, link: Link, link_text: str, by: User) -> Declaration:
    """Record the permanent id of an account of somebody of the branch. It holds at once; they are told.

    Raises:
        NotFoundError, NotAllowedError: see `policies.require_registrar`.
        RegistryError: `already_stated` (extra: declaration) while the person's own statement waits for HR;
            and as for `permanent_id_of`.
        ConflictError: as there.
    """
    official, _entry = _registered(account)
    policies.require_registrar(by, official)
    permanent_id_of(account=account, link=link)
    pasted = statements.link_text(link_text, link)
    waiting = Declaration.objects.filter(
        official=official, account=account, kind=Kind.IDENTIFY, state=State.SUBMITTED
    ).first()
    if waiting is not None:
        raise RegistryError(
            "already_stated",
            _("The person has stated a permanent id of this account themselves. Decide on that."),
            {"declaration": str(waiting.public_id)},
            field="link",
        )
    book.record_permanent_id(account=account, link=link, by=by)
    holder, entry = _registered(account)  # again, now that nobody can change it
    if holder != official:
        raise not_found()
    now = timezone.now()
    recorded = Declaration.objects.create(
        official=official,
        account=account,
        facts=entry.facts,
        link_text=pasted,
        kind=Kind.IDENTIFY,
        state=State.APPROVED,
        on_behalf=True,
        submitted_by=by,
        submitted_at=now,
        decided_by=by,
        decided_at=now,
        entry=entry,
    )
    write_step(recorded, Act.REGISTER, by=by, at=now)
    return recorded


@transaction.atomic
def record_handle(*, account: Account, link: Link, by: User) -> AccountIdentifier:
    """Record the name the address of somebody's account bears now; the one it bore before ends.

    It holds at once. What the person declared has changed then, and that is a finding until they declare it
    as it is now.

    Raises:
        NotFoundError, NotAllowedError: see `policies.require_registrar`.
        RegistryError, ConflictError: as in the book.
    """
    official, _entry = _registered(account)
    policies.require_registrar(by, official)
    return book.record_handle(account=account, link=link, by=by)


@transaction.atomic
def strike_permanent_id(*, identifier: AccountIdentifier, by: User) -> None:
    """Strike out a permanent id that was recorded by mistake for somebody of the branch.

    Raises:
        NotFoundError, NotAllowedError: see `policies.require_registrar`.
        RegistryError, ConflictError: as in the book.
    """
    official, _entry = _registered(identifier.account)
    policies.require_registrar(by, official)
    book.strike_permanent_id(identifier=identifier, by=by)


def identify(declaration: Declaration, *, by: User) -> Entry:
    """Record the permanent id a held declaration states; return the entry that stands for the account.

    The book takes its locks in its own order (identifier, account), so nothing of the account is held before.

    Raises:
        ConflictError: `known_as_another`; `not_registered` when the account is no longer the person's.
    """
    link = recognise(declaration.link_text, platform=declaration.account.platform)
    book.record_permanent_id(account=declaration.account, link=link, by=by)
    entry = Entry.objects.current().filter(account=declaration.account).first()
    if entry is None or held_by_other(declaration):
        raise ConflictError(
            "not_registered", _("This account is no longer registered for the person. Return the statement.")
        )
    return entry


def _registered(account: Account) -> tuple[Official, Entry]:
    """For whom the account is registered, and what stands.

    Raises:
        NotFoundError: for nobody, or for an agency.
    """
    held = book.owner_of(account)
    entry = Entry.objects.current().filter(account=account).select_related("facts").first()
    if held is None or held.official is None or entry is None:
        raise not_found()
    return held.official, entry
