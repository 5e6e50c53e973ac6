"""Whether a name or a handle passes for one that is known: by which keys to look, and what makes it so.

Known spellings keep their key and its neighbourhood: hashes of the key with one letter left out, and of its
second half likewise. Two keys that differ by one letter left out, put in, replaced or swapped share one of
these hashes, so that whoever holds many finds the few worth comparing through an index. In the second half
stands what tells bodies of one kind apart (the place), and there more than one letter is another place.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final
from zlib import crc32

from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA

from accounts.names.skeleton import joined_skeleton, plain_words

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_SHORTENED: Final = (("uybannhandan", "ubnd"), ("hoidongnhandan", "hdnd"), ("thanhpho", "tp"))
_LEVELS: Final = frozenset({"tinh", "tp"})
# Words that make a page sound more official, or newer, or like news; none tells one body from another.
_ADDED: Final = """
official, offical, oficial, chinh thuc, chinh chu, chinh hang, that, real, xac thuc, verified, da xac
minh, tick xanh, fanpage, fan page, fan, page, trang, trang chu, trang nha, web, website, facebook, fb,
zalo, tiktok, youtube, channel, kenh, kenh thong tin, thong tin, tin tuc, tin, tin nong, tin moi, tin
nhanh, ban tin, diem tin, news, new, bao chi, media, truyen thong, truyen hinh, radio, online, truc tuyen,
internet, dien tu, cong thong tin, cong thong tin dien tu, trang thong tin, trang thong tin dien tu,
portal, cong dong, hoi nhom, group, club, nguoi dan, que, que huong, que toi, toi, yeu, trong toi, review,
moi, so 2, 2, du phong, backup, chi nhanh, vn, viet nam, vietnam, vietnamese, tv, info, net, com, org,
gov, govvn, hotline, cskh, cham soc, ho tro, ho tro truc tuyen, support, help, tiep nhan, tiep nhan ho so,
tu van, thong bao, canh bao, chinh quyen, co quan, nha nuoc, hanh chinh, 24h, 24 7, 247, 24 gio, admin,
page chinh, tuyen dung, hom nay, today, daily, live, vip, hd, uy tin
"""
_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(r"^\d+h?$")
_MOST_WORDS: Final = 24
_SHORTEST: Final = 3  # letters of a key; "Huế" is a place, "Ea" the beginning of dozens
_LONGEST: Final = 120
_CARRIED: Final = 9  # letters of a name that may be recognised inside another
_ONE_OFF: Final = 8  # letters from which one other letter is a slip, and not another name
_TWO_OFF: Final = 13


class Likeness(IntEnum):
    """What makes a name pass for another, the strongest first. Not stored."""

    LOOKS_SAME = 1
    ADDED = 2
    LETTERS = 3
    PLACE = 4
    CARRIED = 5

    @property
    def label(self) -> "StrPromise":
        """Why the two can be taken for each other, in the reader's language."""
        return _LABELS[self]


_LABELS: "dict[Likeness, StrPromise]" = {
    Likeness.LOOKS_SAME: _("The same name to the eye"),
    Likeness.ADDED: _("The same name with words or digits added"),
    Likeness.LETTERS: _("The same name but for a letter or two"),
    Likeness.CARRIED: _("The whole name stands inside a longer one"),
    Likeness.PLACE: _("Speaks for a place whose authority has its own page"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read what was asked: its key, and whether added words or digits were taken off."""

    key: str
    stripped: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, ready to be looked for.

    Attributes:
        ways: keys of the whole, the most literal first.
        parts: keys of what stands inside it, to be met exactly.
        hashes: of all that is worth looking for.
    """

    ways: tuple[Way, ...]
    parts: frozenset[str]
    hashes: tuple[int, ...]


def spellings(text: str) -> list[str]:
    """The keys by which a name or handle is known: as written, shortened, without its level (tỉnh)."""
    return list(dict.fromkeys(_keys(plain_words(text))))


def place_spelling(text: str) -> str:
    """The key of a place, "" where it is too short to be told from other words."""
    key = joined_skeleton("".join(plain_words(text)))
    return key if len(key) >= _SHORTEST else ""


def neighbourhood(key: str) -> list[int]:
    """The hashes a known key is kept under."""
    tail = key[len(key) // 2 :]
    found = {_hash("=", key)}
    if len(key) >= _ONE_OFF:
        found |= {_hash("~", key), *(_hash("~", each) for each in _one_less(key))}
    if len(key) >= _TWO_OFF:
        found |= {_hash("-", tail), *(_hash("-", each) for each in _one_less(tail))}
    return sorted(found)


def asked(text: str) -> Asked:
    """Read a name or handle somebody asks about."""
    said = plain_words(text)[:_MOST_WORDS]
    read = _ways(said)
    parts = frozenset(_inside(said)) - {way.key for way in read}
    return Asked(read, parts, tuple(sorted({*_near(read), *(_hash("=", part) for part in parts)})))


def ways(text: str) -> tuple[Way, ...]:
    """How a name or handle may be read, the most literal first: `asked` without what serves to look it up."""
    return _ways(plain_words(text)[:_MOST_WORDS])


def _ways(said: list[str]) -> tuple[Way, ...]:
    ways: dict[str, Way] = {}
    for key in _keys(said):
        ways.setdefault(key, Way(key, stripped=False))
    for kept in _without_added(said):
        for key in _keys(kept):
            ways.setdefault(key, Way(key, stripped=True))
    whole = "".join(said)
    for letters in _without_affixes(whole):
        for key in _keys([letters]):
            ways.setdefault(key, Way(key, stripped=True))
    return tuple(way for way in ways.values() if _SHORTEST <= len(way.key) <= _LONGEST)


def likeness(question: Asked, key: str, *, place: bool) -> Likeness | None:
    """What makes what was asked pass for a known key; None where nothing does."""
    for way in question.ways:
        if way.key == key:
            if place:
                return Likeness.PLACE if way.stripped else None
            return Likeness.ADDED if way.stripped else Likeness.LOOKS_SAME
    if place:
        return None
    if any(_a_slip(way.key, key) for way in question.ways):
        return Likeness.LETTERS
    return Likeness.CARRIED if key in question.parts else None


def _a_slip(one: str, other: str) -> bool:
    """Whether two keys differ by so little that it is overlooked; another number is another body."""
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < _ONE_OFF else 1 if shorter < _TWO_OFF else 2
    if not allowed or OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return False
    return _DIGITS.findall(one) == _DIGITS.findall(other)


def _keys(said: list[str]) -> Iterator[str]:
    plain = "".join(said)
    yield joined_skeleton(plain)
    short = plain
    for long, abbreviation in _SHORTENED:
        short = short.replace(long, abbreviation)
    yield joined_skeleton(short)
    said = _with_cities(said)
    kept = [word for at, word in enumerate(said) if word not in _LEVELS or at == len(said) - 1]
    if len(kept) < len(said):
        yield from _keys(kept)


def _with_cities(said: list[str]) -> list[str]:
    out: list[str] = []
    for word in said:
        if word == "pho" and out and out[-1] == "thanh":
            out[-1] = "tp"
        else:
            out.append(word)
    return out


_PHRASES: Final = frozenset(tuple(phrase.split()) for phrase in " ".join(_ADDED.split()).split(", "))
_LONGEST_PHRASE: Final = max(map(len, _PHRASES))
_AFFIXES: Final = tuple(sorted("".join(phrase) for phrase in _PHRASES if not phrase[0].isdigit()))


def _without_added(said: list[str]) -> Iterator[list[str]]:
    """The words without those that were added: at the ends first, then anywhere; numbers likewise."""
    first, last = 0, len(said)
    while first < last and (size := _added(said[first:last], at_end=False)):
        first += size
    while first < last and (size := _added(said[first:last], at_end=True)):
        last -= size
    if last - first < len(said) and first < last:
        yield said[first:last]
    anywhere: list[str] = []
    at = 0
    while at < len(said):
        size = _added(said[at:], at_end=False)
        if not size:
            anywhere.append(said[at])
        at += size or 1
    if anywhere and anywhere not in (said, said[first:last]):
        yield anywhere


def _added(said: list[str], *, at_end: bool) -> int:
    """How many words of a listed phrase, or a number, stand at one end."""
    for size in range(min(_LONGEST_PHRASE, len(said)), 0, -1):
        if tuple(said[-size:] if at_end else said[:size]) in _PHRASES:
            return size
    return int(bool(_NUMBER.match(said[-1 if at_end else 0])))


def _without_affixes(letters: str) -> Iterator[str]:
    """Letters that run together, without what stands in front or behind; each step is a way to read them."""
    waiting, seen = [letters], {letters}
    while waiting and len(seen) < 12:  # noqa: PLR2004 - two or three steps lead anywhere
        one = waiting.pop(0)
        shorter = [one.rstrip("0123456789"), one.lstrip("0123456789")]
        shorter += [one.removesuffix(each) for each in _AFFIXES if one.endswith(each)]
        shorter += [one.removeprefix(each) for each in _AFFIXES if one.startswith(each)]
        for each in shorter:
            if len(each) >= _SHORTEST and each not in seen:
                seen.add(each)
                waiting.append(each)
                yield each


def _inside(said: list[str]) -> Iterator[str]:
    """Keys of runs of whole words; of letters that run together, of what they begin and end with."""
    if len(said) == 1:
        key = joined_skeleton(said[0])
        for at in range(_CARRIED, len(key)):
            yield key[:at]
            yield key[-at:]
        return
    for start in range(len(said)):
        for end in range(start + 2, len(said) + 1):
            for key in _keys(said[start:end]):
                if len(key) >= _CARRIED:
                    yield key


def _near(ways: Iterable[Way]) -> Iterator[int]:
    for way in ways:
        key = way.key
        yield _hash("=", key)
        if len(key) >= _ONE_OFF - 1:
            yield _hash("~", key)
            yield from (_hash("~", each) for each in _one_less(key))
        if len(key) >= _TWO_OFF - 2:
            # its own half may begin a letter earlier or later than the known one's
            for start in range(len(key) // 2 - 1, len(key) // 2 + 2):
                tail = key[start:]
                yield _hash("-", tail)
                yield from (_hash("-", each) for each in _one_less(tail))


def _one_less(key: str) -> Iterator[str]:
    return (key[:at] + key[at + 1 :] for at in range(len(key)))


def _hash(kind: str, key: str) -> int:
    """A number for an index; a chance meeting of two is found out by comparing the keys."""
    return crc32(f"{kind}{key}".encode()) - 2**31  # as PostgreSQL's integers go
