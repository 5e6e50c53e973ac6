"""How the book's things are shown: an account by its platform and handle, facts with their photo."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Account,
    AccountIdentifier,
    AgencyRecord,
    AgencyVerdict,
    Comparison,
    DeclaredFacts,
)
from accounts.platforms import PLATFORMS, Identifier, Link
from accounts.services import Statement
from registry.declarations.states import State

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# How each state looks beside its words; colour is never alone.
STATE_KINDS = {
    State.DRAFT: "neutral",
    State.SUBMITTED: "wait",
    State.RETURNED: "attention",
    State.APPROVED: "ok",
    State.DISPUTED: "attention",
    State.REJECTED: "bad",
    State.WITHDRAWN: "neutral",
}


def identifiers_of(account: Account) -> list[AccountIdentifier]:
    """By what an account is known now, oldest first; one query, none when they were prefetched."""
    known = [row for row in account.identifiers.all() if row.recorded_until is None]
    return sorted(known, key=lambda row: row.pk)


def platform_name(account: Account) -> "str | StrPromise":
    """What people call the account's platform."""
    known = PLATFORMS.get(account.platform)
    return known.name if known else account.platform


def handle_of(account: Account) -> str:
    """The account's name on its platform; of a telephone number only the mask."""
    return next((row.shown for row in identifiers_of(account)), "")


def url_of(account: Account) -> str:
    """The address to open, "" where there is none."""
    return next((row.url for row in identifiers_of(account) if row.url.startswith("https://")), "")


def agencies_meant(rows: Iterable[Comparison]) -> dict[int, str]:
    """The names of the agencies that accounts show, by id; one query."""
    ids = {row.agency_shown_id for row in rows if row.agency_shown_id is not None}
    records = AgencyRecord.objects.current().filter(agency__in=ids)
    return dict(records.values_list("agency_id", "name"))


def agency_words(row: Comparison, on: date, meant: Mapping[int, str]) -> tuple[str, str]:
    """What the agency shown is to the employer on a day, and which agency that is: (status kind, sentence).

    Said whether it is in line or not: "a body above" counts as shown, and people see which one was read.
    """
    kind, said = _AGENCY_WORDS[row.agency_on(on)]
    name = meant.get(row.agency_shown_id or 0, "")
    return kind, f"{said}: {name}" if name else str(said)


_AGENCY_WORDS = {
    AgencyVerdict.MISSING: ("neutral", _("No agency shown")),
    AgencyVerdict.CURRENT: ("ok", _("The current employer")),
    AgencyVerdict.ALIAS: ("ok", _("The current employer, under another name of it")),
    AgencyVerdict.ANCESTOR: ("ok", _("The body above the current employer")),
    AgencyVerdict.OTHER: ("attention", _("Another agency than the current employer")),
    AgencyVerdict.FORMER: ("attention", _("An agency that exists no more under this name")),
    AgencyVerdict.UNKNOWN: ("wait", _("No agency of that name is in the register")),
}


def link_of(account: Account) -> Link:
    """The account as a link, for acts that ask for one."""
    known = identifiers_of(account)
    return Link(account.platform, tuple(Identifier(r.kind, r.key, r.shown) for r in known), url_of(account))


def statement_of(facts: DeclaredFacts) -> Statement:
    """What was said of an account, to be said again; the commitments are asked afresh."""
    return Statement(
        name_shown=facts.name_shown,
        photo=facts.photo,
        photo_problem=facts.photo_problem,
        agency_shown=facts.agency_shown,
        agency_resolved=facts.agency_resolved,
        disclaimer=facts.disclaimer,
        opened_on=facts.opened_on,
    )
