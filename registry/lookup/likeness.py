"""Which official pages a name or handle could be taken for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection
from rapidfuzz.distance import Levenshtein

from accounts.names import Asked, Likeness, Piece, asked, differences, likeness, reads_same
from registry.lookup.models import Spelt

SHOWN: Final = 5  # agencies an answer names
_SHARED: Final = 3  # agencies that may share a name before it stands for none of them inside a longer one
_CANDIDATES: Final = 1_500
# A function of the first migration, which keeps the planner to the index.
_NEAR: Final = "SELECT agency_id, account_id, kind, text, key FROM lookup_near(%s::integer[], %s)"


@dataclass(frozen=True, slots=True)
class Known:
    """A spelling of the register that what was asked resembles."""

    agency: int
    account: int | None
    kind: int
    text: str
    key: str
    why: Likeness


@dataclass(frozen=True, slots=True)
class Resembled:
    """All that what was asked resembles.

    Attributes:
        named: spellings of agencies that are called exactly so.
        like: others it could be taken for, the likest first; one an agency.
    """

    named: tuple[Known, ...]
    like: tuple[Known, ...]


def known_like(text: str) -> Resembled:
    """Look for the spellings a text could be taken for; one statement, whatever the text.

    Who bears the very name of an agency in the register is taken for nobody else.
    """
    question = asked(text)
    if not question.ways:
        return Resembled((), ())
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [list(question.hashes), _CANDIDATES])
        rows: list[tuple[int, int | None, int, str, str]] = cursor.fetchall()
    found = list(_judged(question, rows))
    named = tuple(each for each in found if each.why == Likeness.LOOKS_SAME)
    # With all its marks a name means whoever is called exactly so, and no neighbour in plain letters.
    meant = {each.agency for each in named if each.kind == Spelt.AGENCY and reads_same(each.text, text)}
    named = tuple(each for each in named if not meant or each.agency in meant)
    if any(each.kind == Spelt.AGENCY for each in named):
        return Resembled(named, _one_an_agency(named, text))
    return Resembled(named, _one_an_agency(found, text))


def compared(text: str, known: Known) -> list[Piece]:
    """Where the two differ, letter by letter."""
    return differences(text, known.text)


def _judged(question: Asked, rows: Iterable[tuple[int, int | None, int, str, str]]) -> Iterable[Known]:
    rows = list(rows)
    sharing: dict[str, set[int]] = {}
    for agency, _account, _kind, _text, key in rows:
        sharing.setdefault(key, set()).add(agency)
    for agency, account, kind, text, key in rows:
        why = likeness(question, key, place=kind == Spelt.PLACE)
        if why is None or (why is Likeness.CARRIED and len(sharing[key]) > _SHARED):
            continue
        yield Known(agency, account, kind, text, key, why)


def _one_an_agency(found: Iterable[Known], text: str) -> tuple[Known, ...]:
    """The likest of each agency: by what makes it so, then letter by letter."""
    best: dict[int, Known] = {}
    small = text.lower()
    near = sorted(found, key=lambda one: (one.why, Levenshtein.distance(one.text.lower(), small), one.agency))
    for each in near:
        best.setdefault(each.agency, each)
    return tuple(best.values())
