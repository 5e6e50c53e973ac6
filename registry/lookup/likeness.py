"""Which official pages a name or handle could be taken for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from rapidfuzz.distance import Levenshtein

from accounts.names import Asked, Likeness, Piece, asked, differences, likeness, reads_same
from registry.lookup.models import Spelt
from registry.lookup.places import names_another

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
        places: agencies whose place is called exactly so: that says nothing of a page, but whom to look for.
    """

    named: tuple[Known, ...]
    like: tuple[Known, ...]
    places: tuple[int, ...] = ()


def known_like(text: str, *, site: bool = False) -> Resembled:
    """Look for the spellings a text could be taken for; one statement, whatever the text.

    A portal can be posed as by a site alone: by the host of one (`site`), and not by a name.

    Who bears the very name of an agency in the register is taken for nobody else, and who is named for
    another real place is not taken for the one that is known.
    """
    question = asked(text)
    if not question.ways:
        return Resembled((), ())
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [list(question.hashes), _CANDIDATES])
        rows: list[tuple[int, int | None, int, str, str]] = [
            row for row in cursor.fetchall() if site or row[2] != Spelt.PORTAL
        ]
    found = list(_judged(text, question, rows))
    named = tuple(each for each in found if each.why == Likeness.LOOKS_SAME)
    # With all its marks a name means whoever is called exactly so, and no neighbour in plain letters.
    meant = {each.agency for each in named if each.kind == Spelt.AGENCY and reads_same(each.text, text)}
    named = tuple(each for each in named if not meant or each.agency in meant)
    literal = {way.key for way in question.ways if not way.stripped}
    places = tuple(row[0] for row in rows if row[2] == Spelt.PLACE and row[4] in literal)
    if any(each.kind == Spelt.AGENCY for each in named):
        return Resembled(named, _one_an_agency(named, text), places)
    return Resembled(named, _one_an_agency(found, text), places)


def compared(text: str, known: Known) -> list[Piece]:
    """Where the two differ, letter by letter."""
    return differences(text, known.text)


def _judged(
    said: str, question: Asked, rows: Sequence[tuple[int, int | None, int, str, str]]
) -> Iterator[Known]:
    sharing: dict[str, set[int]] = {}
    for agency, _account, _kind, _text, key in rows:
        sharing.setdefault(key, set()).add(agency)
    literal = [way.key for way in question.ways if not way.stripped]
    for agency, account, kind, text, key in rows:
        why = likeness(question, key, place=kind == Spelt.PLACE)
        if why is None or (why is Likeness.CARRIED and len(sharing[key]) > _SHARED):
            continue
        if names_another(said, literal, key, text):
            continue
        yield Known(agency, account, kind, text, key, why)


def _one_an_agency(found: Iterable[Known], text: str) -> tuple[Known, ...]:
    """The likest of each agency: by what makes it so, then letter by letter."""
    best: dict[int, Known] = {}
    small = text.lower()
    near = sorted(
        found,
        key=lambda one: (
            one.kind != Spelt.PORTAL,
            one.why,
            Levenshtein.distance(one.text.lower(), small),
            one.agency,
        ),
    )
    for each in near:
        best.setdefault(each.agency, each)
    return tuple(best.values())
