"""Acts on accounts: found by their identifiers, owned, spoken of, entered, closed."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Account,
    AccountIdentifier,
    Agency,
    DeclaredFacts,
    Entry,
    Official,
    Ownership,
    Photo,
    Proposal,
    Standing,
)
from accounts.platforms import Link
from accounts.services.officials import end_nil
from common import records
from common.audit import services as audit
from common.errors import ConflictError


class Statement(TypedDict, total=False):
    """What a person says of an account; everything may be absent (that is what the rules are for)."""

    name_shown: str
    photo: Photo | None
    photo_problem: str
    agency_shown: str
    agency_resolved: Agency | None
    disclaimer: str
    commitments: list[str]
    commitments_version: str
    opened_on: date | None
    declared_on: date | None


def find_account(link: Link) -> Account | None:
    """The account a link names, by the best identifier the register knows; None when it knows none."""
    for identifier in link.identifiers:
        found = (
            AccountIdentifier.objects.current()
            .filter(platform=link.platform, kind=identifier.kind, key=identifier.key)
            .select_related("account")
            .first()
        )
        if found:
            return found.account
    return None


@transaction.atomic
def account_for(*, link: Link, by: Any, at: datetime | None = None) -> Account:
    """The account a link names, recorded if the register did not know it.

    Two identifiers in one link were stated together by the platform's own address, so they are one
    account; an identifier already known to be another account's is never moved.
    """
    hold_identifiers(link=link)
    account = find_account(link) or Account.objects.create(platform=link.platform)
    for identifier in link.identifiers:
        known = AccountIdentifier.objects.current().filter(
            platform=link.platform, kind=identifier.kind, key=identifier.key
        )
        if not known.exists():
            AccountIdentifier.objects.create(
                account=account,
                platform=link.platform,
                kind=identifier.kind,
                key=identifier.key,
                shown=identifier.shown,
                url=link.url,
                recorded_from=at or timezone.now(),
                recorded_by=by,
            )
    return account


def hold_identifiers(*, link: Link) -> None:
    """Let nobody else record these identifiers until this transaction ends, whether or not they exist yet."""
    keys = sorted(f"{link.platform}:{one.kind}:{one.key}" for one in link.identifiers)
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def hold_account(*, account_id: int) -> None:
    """Let acts on one account follow one another: every act on it takes this lock first.

    It holds until the caller's transaction ends, so the caller must be in one. Others may go on speaking of
    the account meanwhile (state facts, begin drafts): only acts wait.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account_id)


def owner_of(account: Account) -> Ownership | None:
    """Whose the account is now."""
    return Ownership.objects.current().select_related("official", "agency").filter(account=account).first()


@transaction.atomic
def state_facts(
    *,
    account: Account,
    by: Any,
    official: Official | None = None,
    agency: Agency | None = None,
    **statement: Unpack[Statement],
) -> DeclaredFacts:
    """Record what somebody says of an account: one immutable row."""
    return DeclaredFacts.objects.create(
        account=account, official=official, agency=agency, stated_by=by, **statement
    )


@transaction.atomic
def propose(*, facts: DeclaredFacts) -> Proposal:
    """Put facts under review: they are compared and judged like an entry, without standing."""
    proposal, _created = Proposal.objects.get_or_create(facts=facts, defaults={"account": facts.account})
    return proposal


@transaction.atomic
def withdraw_proposal(*, facts: DeclaredFacts) -> None:
    """End the review of facts, whatever came of it."""
    Proposal.objects.filter(facts=facts).delete()


@transaction.atomic
def enter(*, facts: DeclaredFacts, standing: Standing, by: Any, at: datetime | None = None) -> Entry:
    """Let facts stand in the register for their account, owned by whoever declared them.

    Raises:
        ConflictError: `owned_by_other` when somebody else owns the account; who is not said.
    """
    hold_account(account_id=facts.account_id)
    instant = at or timezone.now()
    ownership = Ownership.objects.current().filter(account=facts.account).first()
    if ownership is None:
        Ownership.objects.create(
            account=facts.account,
            official=facts.official,
            agency=facts.agency,
            recorded_from=instant,
            recorded_by=by,
        )
    elif (ownership.official_id, ownership.agency_id) != (facts.official_id, facts.agency_id):
        raise ConflictError("owned_by_other", _("This account is already declared by somebody else."))
    confirmed_at = instant if standing == Standing.CONFIRMED else None
    current = Entry.objects.current().filter(account=facts.account).first()
    if current:
        entry = records.succeed(
            current, by=by, at=at, facts=facts, standing=standing, confirmed_at=confirmed_at
        )
    else:
        entry = Entry.objects.create(
            account=facts.account,
            facts=facts,
            standing=standing,
            confirmed_at=confirmed_at,
            recorded_from=instant,
            recorded_by=by,
        )
    withdraw_proposal(facts=facts)
    if facts.official:
        end_nil(official=facts.official, by=by)
    audit.record(
        act="entry.recorded",
        by=by,
        subject_kind="account",
        subject_id=facts.account_id,
        payload={"standing": standing, "facts": facts.pk},
    )
    return entry


@transaction.atomic
def confirm(*, entry: Entry, by: Any) -> Entry:
    """The person's own word that an entry is right, now."""
    confirmed = records.succeed(entry, by=by, standing=Standing.CONFIRMED, confirmed_at=timezone.now())
    audit.record(act="entry.confirmed", by=by, subject_kind="account", subject_id=entry.account_id)
    return confirmed


@transaction.atomic
def close(*, account: Account, by: Any) -> None:
    """End an account's entry and ownership: it is no longer anybody's in the register."""
    hold_account(account_id=account.pk)
    entry = Entry.objects.current().filter(account=account).first()
    if entry:
        records.end(entry)
    ownership = Ownership.objects.current().filter(account=account).first()
    if ownership:
        records.end(ownership)
    audit.record(act="account.closed", by=by, subject_kind="account", subject_id=account.pk)


@transaction.atomic
def transfer(*, account: Account, to: Official | Agency, by: Any) -> Ownership:
    """Give an account to another owner: after a dispute was decided, or a page after a merger.

    The old entry ends with it.
    """
    hold_account(account_id=account.pk)
    entry = Entry.objects.current().filter(account=account).first()
    if entry:
        records.end(entry)
    official, agency = (to, None) if isinstance(to, Official) else (None, to)
    current = Ownership.objects.current().filter(account=account).first()
    if current:
        ownership = records.succeed(current, by=by, official=official, agency=agency)
    else:
        ownership = Ownership.objects.create(
            account=account, official=official, agency=agency, recorded_from=timezone.now(), recorded_by=by
        )
    audit.record(
        act="account.transferred",
        by=by,
        subject_kind="account",
        subject_id=account.pk,
        payload={"to_official" if official else "to_agency": to.pk},
    )
    return ownership
