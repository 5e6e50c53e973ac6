"""How the book's things are shown: an account by its platform and handle, facts with their photo."""

from typing import TYPE_CHECKING

from accounts.models import Account, AccountIdentifier, DeclaredFacts
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
