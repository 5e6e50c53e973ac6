"""For what the handles of a page may be taken: numbers two pages share where one passes for the other.

Handles that differ by a letter are told apart: half of all communes have another whose name is one letter
away, and there the place is what makes the difference plain.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from django.db import connection

from accounts.comparison.digests import digest
from accounts.comparison.identifiers import HANDLES
from accounts.names import ways
from accounts.platforms import base

#: Kinds of identifier in which an address names a page.
NAMING: Final = (*sorted(HANDLES), base.HOST)
_NUMBER: Final = re.compile(r"\d+")

_OF_AGENCIES = """
SELECT w.account_id, i.shown FROM accounts_ownership w
JOIN accounts_accountidentifier i ON i.account_id = w.account_id AND i.recorded_until IS NULL
WHERE w.agency_id IS NOT NULL AND w.recorded_until IS NULL AND i.kind = ANY(%s)
"""


class Looks(NamedTuple):
    """What handles look like to a hurried reader. One passes for another that looks as it may be read."""

    own: list[int]  # as they are written
    read: list[int]  # likewise, and without words or digits that look added


def looks_of(handles: Iterable[str], agency_name: str) -> Looks:
    """What the handles of a page look like.

    Args:
        handles: as they are shown.
        agency_name: a number in it is part of the name (xã Bảo Lâm 2), and never added.
    """
    numbers = set(_NUMBER.findall(agency_name))
    own: set[int] = set()
    read: set[int] = set()
    for handle in handles:
        named = numbers.intersection(_NUMBER.findall(handle))
        for key, number, stripped in _readings(handle):
            if not stripped:
                own.add(number)
            elif not named.issubset(_NUMBER.findall(key)):
                continue
            read.add(number)
    return Looks(sorted(own), sorted(read))


def pages_alike(account_ids: Collection[int]) -> set[int]:
    """The agencies' accounts whose handles may pass for one of these pages', or these for theirs."""
    if not account_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_OF_AGENCIES, [list(NAMING)])
        known = [(account_id, looks_of([shown], "")) for account_id, shown in cursor.fetchall()]
    wanted = set(account_ids)
    own = {number for account_id, looks in known if account_id in wanted for number in looks.own}
    read = {number for account_id, looks in known if account_id in wanted for number in looks.read}
    return {
        account_id
        for account_id, looks in known
        if not own.isdisjoint(looks.read) or not read.isdisjoint(looks.own)
    }


@lru_cache(maxsize=200_000)
def _readings(handle: str) -> tuple[tuple[str, int, bool], ...]:
    return tuple((way.key, digest(way.key), way.stripped) for way in ways(handle))
