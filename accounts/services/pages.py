"""Acts on agencies' own pages: what is said of one, and what is confirmed as posing as one."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Account,
    Agency,
    DeclaredFacts,
    Official,
    PageAdministrator,
    PageFacts,
    Photo,
    ReportedFake,
)
from accounts.platforms import Link
from accounts.services.accounts import account_for, hold_account, owner_of, state_facts
from common import records
from common.audit import services as audit
from common.errors import ConflictError, RegistryError


class PageStatement(TypedDict, total=False):
    """What an agency says of its page besides its name; everything may be absent, and a rule then says so."""

    decision_number: str
    decision_on: date | None
    responsible: Official | None
    responsible_role: str
    authorised_number: str
    authorised_on: date | None
    contact_phone: str
    contact_email: str
    badge: str
    badge_from: str
    badge_evidence: str
    badge_photo: Photo | None
    badge_seen_on: date | None
    portal_url: str
    data_notice: str
    feedback: str


@transaction.atomic
def state_page(
    *,
    account: Account,
    agency: Agency,
    name_shown: str,
    administrators: Iterable[Official],
    by: Any,
    **page: Unpack[PageStatement],
) -> DeclaredFacts:
    """Record what an agency says of a page: one immutable row, with who runs it.

    Args:
        account: the page.
        agency: whose page it is.
        name_shown: the name the page bears.
        administrators: who runs it, each once.
        by: who says so.
        page: the rest, made fit by the caller.
    """
    facts = state_facts(account=account, agency=agency, name_shown=name_shown, by=by)
    stated = PageFacts.objects.create(facts=facts, **page)
    PageAdministrator.objects.bulk_create(
        [PageAdministrator(page=stated, official=official) for official in administrators]
    )
    return facts


@transaction.atomic
def confirm_fake(
    *, link: Link, agency: Agency, by: Any, name_shown: str = "", confirmed_on: date | None = None
) -> ReportedFake:
    """Record that a page poses as an agency's, as the agency itself says. It becomes public.

    Args:
        link: the page.
        agency: as which it poses.
        by: who confirms it for the agency.
        name_shown: the name it bears.
        confirmed_on: the day, today where not given.

    Raises:
        RegistryError: `in_the_future`.
        ConflictError: `confirmed_already`; `in_the_register` where somebody has declared the account: whose
            it is is not said.
    """
    day = confirmed_on or timezone.localdate()
    if day > timezone.localdate():
        raise RegistryError("in_the_future", _("This day is yet to come."), field="confirmed_on")
    account = account_for(link=link, by=by)
    hold_account(account_id=account.pk)
    if owner_of(account) is not None:
        raise ConflictError(
            "in_the_register",
            _("This page is declared in the register. Ask the inspectorate to look into it."),
            field="link",
        )
    if ReportedFake.objects.current().filter(account=account, agency=agency).exists():
        raise ConflictError("confirmed_already", _("This page is confirmed as a fake already."), field="link")
    fake = ReportedFake.objects.create(
        account=account,
        agency=agency,
        name_shown=name_shown,
        confirmed_on=day,
        recorded_from=timezone.now(),
        recorded_by=by,
    )
    audit.record(
        act="fake.confirmed",
        by=by,
        subject_kind="account",
        subject_id=account.pk,
        payload={"agency": agency.code},
    )
    return fake


@transaction.atomic
def withdraw_fake(*, fake: ReportedFake, by: Any) -> None:
    """Take back what was confirmed by mistake; that it stood until now stays in the past.

    Raises:
        ConflictError: `stale` when it no longer stands.
    """
    records.end(fake)
    audit.record(
        act="fake.withdrawn",
        by=by,
        subject_kind="account",
        subject_id=fake.account_id,
        payload={"agency": fake.agency.code},
    )
