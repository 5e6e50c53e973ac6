"""Where two names differ, letter by letter, for a page that shows it."""

import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from accounts.names.disguise import disguises
from accounts.names.folding import fold, tidy

_LONGEST = 300  # signs that are compared


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters that are alike in both, or differ in one way.

    Attributes:
        how: "same", "other" (these letters stand for those), "extra" (only in what was asked) or "missing".
        asked: the letters of what was asked, "" where they are missing there.
        known: the letters of the known name, "" where they are extra.
        signs: what letters of other alphabets, and signs nobody sees, are: "U+0430 CYRILLIC SMALL LETTER A".
    """

    how: str
    asked: str
    known: str
    signs: tuple[str, ...] = ()


def differences(asked: str, known: str) -> list[Piece]:
    """Both names side by side; capitals and small letters are not told apart.

    Nor are marks where what was asked bears none: a handle cannot, and everybody types without.
    """
    one, other = tidy(asked)[:_LONGEST], tidy(known)[:_LONGEST]
    pieces = []
    seen = _bare if one.isascii() else _small
    for step in Levenshtein.opcodes([seen(sign) for sign in one], [seen(sign) for sign in other]):
        here, there = one[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        pieces.append(Piece(_HOW[step.tag], here, there, _signs(here) if step.tag != "equal" else ()))
    return pieces


_HOW = {"equal": "same", "replace": "other", "delete": "extra", "insert": "missing"}


def _bare(sign: str) -> str:
    return fold(sign) or sign


def _small(sign: str) -> str:
    return unicodedata.normalize("NFC", sign.lower())


def _signs(text: str) -> tuple[str, ...]:
    return tuple(found.codepoint_name for found in disguises(text))
