"""What the register knows of the people and accounts a piece of a list names, asked a piece at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from accounts.models import Standing
from accounts.platforms import Link
from registry.declarations.models import Declaration
from registry.declarations.states import OPEN, State
from registry.intake.copying import numbers
from registry.intake.scope import Scope

Key = tuple[str, str, str]  # platform, kind of identifier, identifier


class Person(NamedTuple):
    """Somebody on the staff lists within reach."""

    official_id: int
    path: str


class Said(NamedTuple):
    """What is said of an account, as far as a list can say it."""

    name_shown: str
    agency_shown: str
    disclaimer: str
    photo_id: int | None
    photo_problem: str
    declared_on: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """An account of the register: whose it is, and what stands for it."""

    account_id: int
    owned: bool
    official_id: int | None
    entry_id: int | None
    confirmed: bool
    said: Said | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A declaration of the same person and account that is under way, or was not accepted."""

    state: str
    said: Said
    on_behalf: bool


def keys_of(link: Link) -> list[Key]:
    """The keys of a link's identifiers, best first."""
    return [(link.platform, identifier.kind, identifier.key) for identifier in link.identifiers]


def people(codes: Iterable[str], scope: Scope) -> dict[str, Person]:
    """The people of these staff codes who are on record within reach, in post or not."""
    within, paths = scope.covers("a.path")
    rows = numbers(
        f"""
        SELECT o.staff_code, o.id, a.path FROM accounts_official o
        JOIN accounts_officialrecord r ON r.official_id = o.id AND r.recorded_until IS NULL
        JOIN accounts_agencyrecord a ON a.agency_id = r.agency_id AND a.recorded_until IS NULL
        WHERE o.branch_id = %s AND o.staff_code = ANY(%s) AND {within}
        """,  # noqa: S608 - the condition is made of our own words
        [scope.branch.pk, list(codes), *paths],
    )
    return {code: Person(official, path) for code, official, path in rows}


def known_accounts(keys: Iterable[Key]) -> dict[Key, Known]:
    """The accounts known by any of these identifiers."""
    parts = [list(part) for part in zip(*keys, strict=True)] or [[], [], []]
    rows = numbers(
        """
        SELECT i.platform, i.kind, i.key, i.account_id, w.id, w.official_id, e.id, e.standing,
            f.name_shown, f.agency_shown, f.disclaimer, f.photo_id, f.photo_problem, f.declared_on
        FROM unnest(%s::text[], %s::text[], %s::text[]) AS k(platform, kind, key)
        JOIN accounts_accountidentifier i ON i.platform = k.platform AND i.kind = k.kind AND i.key = k.key
            AND i.recorded_until IS NULL
        LEFT JOIN accounts_ownership w ON w.account_id = i.account_id AND w.recorded_until IS NULL
        LEFT JOIN accounts_entry e ON e.account_id = i.account_id AND e.recorded_until IS NULL
        LEFT JOIN accounts_declaredfacts f ON f.id = e.facts_id
        """,
        parts,
    )
    return {
        (platform, kind, key): Known(
            account_id=account,
            owned=ownership is not None,
            official_id=official,
            entry_id=entry,
            confirmed=standing == Standing.CONFIRMED,
            said=Said(*said) if entry is not None else None,
        )
        for platform, kind, key, account, ownership, official, entry, standing, *said in rows
    }


def claims(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Claim]:
    """By (official, account): what is under way, else the last thing that was not accepted."""
    wanted = set(pairs)
    if not wanted:
        return {}
    rows = (
        Declaration.objects.filter(
            account__in={account for _official, account in wanted}, state__in=[*OPEN, State.REJECTED]
        )
        .select_related("facts")
        .order_by("pk")
    )
    found: dict[tuple[int, int], Claim] = {}
    for row in rows:
        pair = (row.official_id, row.account_id)
        if pair in wanted and not (pair in found and row.state == State.REJECTED):
            found[pair] = Claim(row.state, said_in(row.facts), row.on_behalf)
    return found


def said_in(facts: Any) -> Said:
    """What facts say, as far as a list can say it."""
    return Said(*(getattr(facts, name) for name in Said._fields))
