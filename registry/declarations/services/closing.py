"""A person's own word on what stands: it is right, it is closed, there is none."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Account, Entry, NilReturn, Official
from common.errors import RegistryError
from registry.declarations import policies
from registry.declarations.models import Declaration
from registry.declarations.services.drafts import begin, require_none_open, submit
from registry.declarations.services.steps import write_step
from registry.declarations.states import OPEN, Act, Kind, State
from registry.users.models import User
from registry.users.policies import not_found, require_own


@transaction.atomic
def confirm_entry(*, entry: Entry, by: User) -> Entry:
    """The person's own word that an entry is right: of what HR registered for them, and again every year.

    Raises:
        NotFoundError: the account is not theirs (an officer's own sight of it does not matter here).
        ConflictError: `stale`, when the entry no longer stands.
    """
    book.hold_account(account_id=entry.account_id)
    held = book.owner_of(entry.account)
    if held is None or held.official is None or not by.is_active or held.official_id != by.official_id:
        raise not_found()
    return book.confirm(entry=entry, by=by)


@transaction.atomic
def declare_nil(*, official: Official, by: User) -> NilReturn:
    """The person's own statement "I have no account".

    Raises:
        NotFoundError, NotAllowedError: `by` is not the official's own login.
        RegistryError: `has_accounts`; `has_open` while a declaration of theirs is under way.
    """
    require_own(by, official)
    if Declaration.objects.filter(official=official, state__in=OPEN).exists():
        raise RegistryError(
            "has_open", _("You have declarations under way. Withdraw them first if you have no account.")
        )
    return book.record_nil(official=official, by=by)


@transaction.atomic
def close_account(*, account: Account, by: User) -> Declaration:
    """Take an account out of the register: it was closed, lost, or was never the person's.

    The person's own closing waits for HR like every declaration; an HR officer's, for somebody of their
    branch, holds at once and the person is told.

    Raises:
        NotFoundError, NotAllowedError: the account is not the person's, nor of somebody in their branch.
        RegistryError: `already_open` (extra: declaration).
    """
    book.hold_account(account_id=account.pk)
    held = book.owner_of(account)
    entry = Entry.objects.current().filter(account=account).select_related("facts").first()
    if held is None or held.official is None or entry is None:
        raise not_found()
    official = held.official
    if by.is_active and by.official_id == official.pk:
        require_none_open(official, account, but=None)
        return submit(declaration=begin(official, entry.facts, "", Kind.CLOSE, by=by), by=by)
    policies.require_registrar(by, official)
    require_none_open(official, account, but=None)
    now = timezone.now()
    closed = Declaration.objects.create(
        official=official,
        account=account,
        facts=entry.facts,
        kind=Kind.CLOSE,
        state=State.APPROVED,
        on_behalf=True,
        submitted_by=by,
        submitted_at=now,
        decided_by=by,
        decided_at=now,
    )
    book.close(account=account, by=by)
    write_step(closed, Act.REGISTER, by=by, at=now)
    return closed
