"""How the marks of two names agree: those a reader supplies, and those that say another word."""

import unicodedata

from accounts.names.disguise import disguises, is_invisible
from accounts.names.folding import Syllable, fold_d, revealed, words


def as_read(text: str) -> tuple[str, ...]:
    """The words of a text as they are read: tones wherever they stand, disguised letters undone."""
    return tuple(word.i_y for word in words(revealed(text)))


def reads_same(one: str, other: str) -> bool:
    """Whether two names are read alike, marks and all: Cẩm Giang is not Cẩm Giàng."""
    return as_read(one) == as_read(other)


def written_openly(text: str, known: str) -> bool:
    """Whether a text may be somebody's honest writing of a known name of the same letters.

    Marks may be left out ("so y te Ha Tinh"), as people type; none may say otherwise ("Hà Tỉnh"), and no
    letter may be another alphabet's or hide inside. Compared from the end, for beginnings are shortened.
    """
    inside = text.strip("".join(sign for sign in set(text) if is_invisible(sign)))
    if disguises(inside):
        return False
    for said, theirs in zip(reversed(words(revealed(text))), reversed(words(revealed(known))), strict=False):
        if said.bare != theirs.bare:
            break
        if said.i_y != theirs.i_y and not _fewer_marks(said, theirs):
            return False
    return True


def _fewer_marks(said: Syllable, theirs: Syllable) -> bool:
    """Whether a word differs from another of the same letters by nothing but marks left out."""
    return all(mine <= full for mine, full in zip(_marks(said), _marks(theirs), strict=True))


def _marks(word: Syllable) -> list[frozenset[str]]:
    """The marks of each letter, the tone on the last: where on a word it stands says nothing."""
    letters: list[set[str]] = []
    for sign in unicodedata.normalize("NFD", fold_d(word.i_y[:-1])):
        if unicodedata.combining(sign) and letters:
            letters[-1].add(sign)
        else:
            letters.append({sign} if sign == "đ" else set())
    tone = {word.i_y[-1]} - {"0"}
    return [frozenset(each) for each in (*letters, tone)]
