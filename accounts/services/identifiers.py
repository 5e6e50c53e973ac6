"""Acts on what accounts are known by: that two names are one account is recorded, never guessed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.comparison.identifiers import HANDLES
from accounts.models import Account, AccountIdentifier
from accounts.platforms import Link, base
from accounts.services.accounts import hold_account, hold_identifiers
from common import records
from common.audit import services as audit
from common.errors import ConflictError, RegistryError


@transaction.atomic
def record_permanent_id(
    *, account: Account, link: Link, by: Any, at: datetime | None = None
) -> AccountIdentifier:
    """Record the permanent id of an account known by a handle so far.

    Args:
        account: the account.
        link: what the platform's own page of it says; it states a permanent id.
        by: who looked at that page.
        at: when, now where not given.

    Raises:
        RegistryError: `no_permanent_id` when the link states none, `other_platform`.
        ConflictError: `known_as_another` when the id is another account's; whose is not said.
    """
    return _record(account, link, frozenset({base.PERMANENT_ID}), by=by, at=at)


@transaction.atomic
def record_handle(*, account: Account, link: Link, by: Any, at: datetime | None = None) -> AccountIdentifier:
    """Record the handle an account with a permanent id bears now; the one it bore before ends.

    The platform gives a handle to one account at a time. So one that another account of the register bore
    ends for that one too, if its permanent id is known; else the register could not tell them apart.

    Args:
        account: the account, whose permanent id is on record.
        link: what states its present handle.
        by: who saw it.
        at: when, now where not given.

    Raises:
        RegistryError: `needs_permanent_id`; `no_handle` when the link states none, `other_platform`.
        ConflictError: `known_as_another` when the handle is that of an account known by nothing else.
    """
    if not _current(account).filter(kind=base.PERMANENT_ID).exists():
        raise RegistryError(
            "needs_permanent_id",
            _("Record the account's permanent id first: a handle alone does not prove that it is the same."),
        )
    return _record(account, link, HANDLES, by=by, at=at)


@transaction.atomic
def strike_permanent_id(*, identifier: AccountIdentifier, by: Any) -> None:
    """End a permanent id that was recorded by mistake: the account is known by what is left.

    It may then be recorded for whose account it is. What was on record until now stays in the past.

    Raises:
        RegistryError: `not_permanent`; `only_identifier` where the account is known by nothing else.
        ConflictError: `stale` when it no longer stands.
    """
    hold_account(account_id=identifier.account_id)
    if identifier.kind != base.PERMANENT_ID:
        raise RegistryError("not_permanent", _("Only a permanent id can be struck out."))
    others = AccountIdentifier.objects.current().filter(account=identifier.account_id)
    if not others.exclude(pk=identifier.pk).exists():
        raise RegistryError(
            "only_identifier",
            _("The register knows this account by nothing else. Take the whole account out instead."),
        )
    records.end(identifier)
    audit.record(
        act="identifier.struck",
        by=by,
        subject_kind="account",
        subject_id=identifier.account_id,
        payload={"kind": identifier.kind, "shown": identifier.shown},
    )


def _record(
    account: Account, link: Link, kinds: frozenset[str], *, by: Any, at: datetime | None
) -> AccountIdentifier:
    stated = next((one for one in link.identifiers if one.kind in kinds), None)
    if link.platform != account.platform:
        raise RegistryError("other_platform", _("This link is of another platform."), field="link")
    if stated is None:
        if base.PERMANENT_ID in kinds:
            raise RegistryError("no_permanent_id", _("This link states no permanent id."), field="link")
        raise RegistryError("no_handle", _("This link states no handle."), field="link")
    hold_identifiers(link=link)
    bearer = (
        AccountIdentifier.objects.current()
        .filter(platform=link.platform, kind=stated.kind, key=stated.key)
        .first()
    )
    for held in sorted({account.pk, bearer.account_id if bearer else account.pk}):
        hold_account(account_id=held)
    if bearer is not None and bearer.account_id == account.pk:
        return bearer
    if bearer is not None:
        if base.PERMANENT_ID in kinds or not _known_otherwise(bearer):
            raise ConflictError("known_as_another", _("The register knows another account by this."))
        records.end(bearer, at=at)
    # A page may have two ids, but bears one handle of a kind at a time.
    before = None if base.PERMANENT_ID in kinds else _current(account).filter(kind=stated.kind).first()
    instant = records.end(before, at=at) if before else at
    identifier = AccountIdentifier.objects.create(
        account=account,
        platform=link.platform,
        kind=stated.kind,
        key=stated.key,
        shown=stated.shown,
        url=link.url,
        recorded_from=instant or timezone.now(),
        recorded_by=by,
    )
    audit.record(
        act="identifier.recorded",
        by=by,
        subject_kind="account",
        subject_id=account.pk,
        payload={"kind": stated.kind, "shown": stated.shown},
    )
    return identifier


def _current(account: Account) -> Any:
    return AccountIdentifier.objects.current().filter(account=account)


def _known_otherwise(bearer: AccountIdentifier) -> bool:
    return (
        AccountIdentifier.objects.current().filter(account=bearer.account_id, kind=base.PERMANENT_ID).exists()
    )
