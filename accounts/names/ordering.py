"""The parts of a name, and the order names stand in on a Vietnamese list."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from accounts.names.disguise import is_plain
from accounts.names.folding import Syllable, revealed, search_key, search_word, syllable, words

_MARKERS = frozenset({"y", "h"})
"""Y marks men and H' women among Ê-đê (and Gia Rai, Mnông): given name first, clan last (Y Thắng Niê)."""

# First words of clan names, so that clans of two words (Niê Kdăm, Mlô Duôn Du, Rơ Châm) are found.
_CLANS = frozenset(
    word.bare
    for word in words(
        "Adrơng Aliô Ayŭn Bkrông Byă Êban Ênuôl Hđơk Hmok Hra Hwing Kbuôr Knul Kpă Kpơr Kriêng Ksơr Ktla "
        "Ktul Mjâo Mlô Nay Niê Rahlan Rcham Rcom Rmah Rơ Siu"
    )
)
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKED = 3  # marker, given name, clan: the least that has an order
_LONGEST = 200


def canonical_order(name: Sequence[Syllable]) -> tuple[Syllable, ...]:
    """The words with family or clan first and the given name last, whatever order the people writes them in.

    A Kinh name stays as it is. "Y Thắng Niê" becomes Niê, Y, Thắng; "H' Linh Mlô Duôn" becomes Mlô, Duôn, H,
    Linh.
    """
    if len(name) < _MARKED or name[0].i_y[:-1] not in _MARKERS or not name[0].is_bare:
        return tuple(name)
    clan = next((at for at in range(2, len(name)) if name[at].bare in _CLANS), len(name) - 1)
    return (*name[clan:], *name[:clan])


def sort_key(full_name: str) -> str:
    """Plain ASCII that puts names in Vietnamese list order under collation C (the database has no ICU).

    Given name first, then family name, then what is between: the order of class and staff lists. Letters
    stand as in the alphabet (a ă â b c d đ e ê … o ô ơ … u ư), a letter of another language behind its
    nearest kin. Tones are ngang, huyền, hỏi, ngã, sắc, nặng, weighed word by word after the letters of that
    word: the order of Hoàng Phê's dictionary and of CLDR's Vietnamese tailoring. Names that differ in case or
    tone place only are equal: add the primary key to break ties.
    """
    name = canonical_order(words(revealed(full_name)[:_LONGEST]))
    if not name:
        return ""
    family = name[:1] if len(name) > 1 else ()
    return " ".join(_word_key(word) for word in (name[-1], *family, *name[1:-1]))


def list_keys(full_name: str) -> tuple[str, str]:
    """`sort_key` and `search_key` of a name at once: for the hundred thousand names of a list."""
    try:
        keys = [_PLAIN_WORDS[word] for word in full_name.split(" ")]
    except KeyError:
        keys = _plain_words(full_name)
    if not keys or keys[0][2] or len(full_name) > _LONGEST:
        return sort_key(full_name), search_key(full_name)
    search = " ".join([key[1] for key in keys])
    keys.insert(0, keys.pop())  # the given name leads
    return " ".join([key[0] for key in keys]), search


# Words of nothing but Vietnamese letters: what they make of both keys, and whether they may mark a name of
# another order. Names share them: a country's names hold some thousands.
_PLAIN_WORDS: Final[dict[str, tuple[str, str, bool]]] = {}
_REMEMBERED: Final = 16_384


def _plain_words(full_name: str) -> list[tuple[str, str, bool]]:
    """The words of a name that is plain; nothing for another, which may hold anything."""
    if len(full_name) > _LONGEST or not is_plain(full_name):
        return []
    if len(_PLAIN_WORDS) > _REMEMBERED:
        _PLAIN_WORDS.clear()
    found = []
    for raw in full_name.split():
        word = syllable(raw)
        parts = _word_key(word), search_word(word), word.i_y[:-1] in _MARKERS
        found.append(_PLAIN_WORDS.setdefault(raw, parts))
    return found


@lru_cache(maxsize=16384)
def _word_key(word: Syllable) -> str:
    # Two characters a letter: the plain letter, then its place among its kin; the tone digit sorts before any
    # letter.
    letters, tone = word.tone_placed[:-1], word.tone_placed[-1]
    return "".join(map(_letter_key, letters)) + tone


def _letter_key(letter: str) -> str:
    if letter in _LETTERS:
        plain = _plain(letter)
        return plain + "abc"[_LETTERS.index(letter) - _LETTERS.index(plain)]
    if letter.isascii():
        return f":{letter}"
    plain = _plain(letter)
    return f"{plain}z" if "a" <= plain <= "z" else f"~{ord(letter):06x}"


def _plain(letter: str) -> str:
    return {"đ": "d", "ƀ": "b"}.get(letter, unicodedata.normalize("NFD", letter)[0])
