"""How a name or a handle looks to a hurried reader: one short key for all that is taken for each other.

After Unicode's UTS #39 (a skeleton of what a text looks like), with what that leaves to others: diacritics,
which Vietnamese readers supply by themselves, and the digits and pairs of letters that pass for one letter. A
key says "could be taken for", never "is".
"""

import unicodedata
from functools import lru_cache
from importlib import import_module
from typing import Final

from accounts.names.folding import revealed, words

# What the eye does not tell apart: one stands for all, in what is asked and in what is known.
_ONE_FOR_ALL: Final = str.maketrans(
    {"l": "i", "y": "i", "1": "i", "0": "o", "5": "s", "3": "e", "4": "a", "8": "b", "9": "g"}
)
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ci", "d"))
_LONGEST: Final = 300  # signs that are looked at


def skeleton(text: str) -> str:
    """Letters and digits as they look, joined: "Sở Y tế", "ѕо.y-te" and "s0yte" give one key."""
    return joined_skeleton("".join(plain_words(text)))


def plain_words(text: str) -> list[str]:
    """The words of a text in plain small letters and digits: imitating letters undone, no diacritics.

    Parts of a handle are words too: `cong.an_hatinh`.
    """
    found = (_plain(word.bare) for word in words(revealed(text[:_LONGEST])))
    return [word for word in found if word]


def joined_skeleton(plain: str) -> str:
    """The key of plain letters and digits. Digits at the end are a number, and never read as letters."""
    key = plain.rstrip("0123456789")
    number = plain[len(key) :]
    for pair, letter in _PAIRS:
        key = key.replace(pair, letter)
    return key.translate(_ONE_FOR_ALL) + number


@lru_cache(maxsize=16384)
def _plain(word: str) -> str:
    return word if word.isascii() else "".join(map(_seen_as, word))


@lru_cache(maxsize=4096)
def _seen_as(sign: str) -> str:
    """The plain letters one sign is seen as, "" where it is seen as none."""
    if sign.isascii():
        return sign if sign.isalnum() else ""
    compatible = unicodedata.normalize("NFKD", sign).casefold()
    plain = "".join(part for part in compatible if part.isascii() and part.isalnum())
    if plain:
        return plain
    twins = (str(twin["c"]) for twin in _confusables().get(sign, ()))
    seen = ("".join(part for part in twin.casefold() if part.isascii() and part.isalnum()) for twin in twins)
    return min((each for each in seen if each), key=len, default="")


def _confusables() -> dict[str, list[dict[str, str]]]:
    """Unicode's list of confusables, read when the first foreign sign is met."""
    found: dict[str, list[dict[str, str]]] = import_module(
        "confusable_homoglyphs.confusables"
    ).confusables_data
    return found
