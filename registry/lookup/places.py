"""Real places in names: one whole place for another is another body, and no slip of somebody who imitates.

"Ủy ban nhân dân xã Thuận Bắc" is two letters away from "… xã Xuân Bắc": both exist. A letter changed so that
no place of the State's list comes of it stays what it looks like.
"""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from accounts.data import territories
from accounts.names import as_read, begins_like_body, spellings

_SHORTEST = 5  # letters of a place with its level ("xã Ea")
_LONGEST = 9  # words of a place with its level


class _Place(NamedTuple):
    """A place, by the key of its full name; of a commune, the province named behind it, "" for none."""

    place: str
    province: str


def names_another(text: str, literal: Collection[str], known: str, known_text: str) -> bool:
    """Whether what was asked differs from a known spelling by a whole place, each a real one.

    Args:
        text: what was asked.
        literal: its keys, nothing taken off.
        known: the key of the spelling it resembles.
        known_text: that spelling as it is written.
    """
    if known in literal:  # the same letters: only their marks can make another place of it
        said, theirs = _place_read(text), _place_read(known_text)
        return bool(said and theirs and said != theirs)
    if known in _keys() and begins_like_body(text):
        return True  # a body of the place, not the place's authority
    return any(_of_another_place(key, known) for key in literal)


def _of_another_place(key: str, known: str) -> bool:
    """Whether two keys begin alike and each ends in a place; or one goes on with one, the other has none."""
    places = _keys()
    alike = next((at for at, (mine, its) in enumerate(zip(key, known, strict=False)) if mine != its), None)
    first = min(len(key), len(known)) if alike is None else alike
    for at in range(first + 1):  # a place begins before the first letter that differs
        said, theirs = places.get(key[at:]), places.get(known[at:])
        if said and theirs and _differ(said, theirs):
            return True
    goes_on = first == len(known) and key[first:] in places
    return goes_on and not any(known[at:] in places for at in range(len(known)))


def _differ(one: _Place, other: _Place) -> bool:
    elsewhere = one.province and other.province and one.province != other.province
    return one.place != other.place or bool(elsewhere)


def _place_read(text: str) -> tuple[str, ...]:
    """The longest real place a text ends in, as it is read with its tones; () for none."""
    said = as_read(text)
    ends = (said[-size:] for size in range(min(_LONGEST, len(said)), 1, -1))
    return next((end for end in ends if end in _readings()), ())


@cache
def _keys() -> dict[str, _Place]:
    """The keys places have at the end of a name: alone, and with their province behind."""
    found: dict[str, _Place] = {}
    behind: dict[str, list[str]] = {}
    for name, province in territories():
        keys = [key for key in spellings(name) if len(key) >= _SHORTEST]
        if not keys:
            continue
        for key in keys:
            found.setdefault(key, _Place(keys[0], ""))
            for end in behind.get(province, ()):
                found.setdefault(key + end, _Place(keys[0], behind[province][0]))
        if not province:
            behind[name] = keys
    return found


@cache
def _readings() -> frozenset[tuple[str, ...]]:
    """The places as they are read, tones and all."""
    return frozenset(as_read(place.name) for place in territories())
