"""Looking for what a body is called in what an account shows.

Whole words only, folded: case, tone place, i and y do not matter, and a word without any diacritics counts
for the one with them ("Cong an", "công an"); one with other diacritics does not ("công ân").

In a handle words run together. It is cut at its separators, between letters and digits, and where a capital
begins a word; a name is there when some run of whole pieces, written together, is that name without its
spaces: `cong.an.ha.tinh`, `hoa_congan` and `tieudoan2.hoa` name a body, `congancuchi` and `thongbqp` name
none, because what stands inside a longer word may be chance. A name of three signs or fewer must be one
piece, or stand between separators (`hoa.bqp`, `hoa.d2`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from accounts.names.disguise import is_plain
from accounts.names.folding import Syllable, revealed, words

_SHORT = 3  # signs; a name of no more is looked for by itself only
_LONGEST = 1_000  # characters of a text that are looked at
_MOST_PIECES = 24
_CHUNKS = re.compile(r"[^\W_]+")
_RUNS = re.compile(r"[^\W\d_]+|\d+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Phrases:
    """The names of one body, and of those above it, ready to be looked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_first: defaultdict[str, list[tuple[Syllable, ...]]] = defaultdict(list)
        self._joined: dict[str, tuple[Syllable, ...]] = {}
        seen: set[tuple[str, ...]] = set()
        for text in texts:
            phrase = _phrase(text)
            key = tuple(word.i_y for word in phrase)
            if phrase and key not in seen:
                seen.add(key)
                self._by_first[phrase[0].bare].append(phrase)
                self._joined.setdefault("".join(word.bare for word in phrase), phrase)

    def in_text(self, text: str, *, but: str = "") -> str:
        """The first of the names that stands in a text, as written there; "" for none.

        Args:
            text: a name, a notice, the name of an agency.
            but: the person's own name: what is part of it is nobody's employer ("Nguyễn Công An").
        """
        if not text:
            return ""
        said = words(revealed(text[:_LONGEST]))
        for at, word in enumerate(said):
            for phrase in self._by_first.get(word.bare, ()):
                part = said[at : at + len(phrase)]
                if len(part) == len(phrase) and all(map(_is, part, phrase)) and not _within(phrase, but):
                    return " ".join(word.raw for word in part)
        return ""

    def in_handle(self, handle: str, *, but: str = "") -> str:
        """The first of the names that a handle spells, as written there; "" for none.

        Args:
            handle: as the platform shows it, with or without "@".
            but: as for `in_text`.
        """
        for run, is_whole in _runs(handle):
            letters = _bare(run)
            phrase = self._joined.get(letters)
            if phrase is None or (len(letters) <= _SHORT and not is_whole):
                continue
            if not _within(phrase, but, bare=True):
                return run
        return ""


@lru_cache(maxsize=16384)
def _phrase(text: str) -> tuple[Syllable, ...]:
    return words(revealed(text))  # an agency's name is one of each below it too


def _runs(handle: str) -> Iterator[tuple[str, bool]]:
    """Runs of whole pieces, written together, and whether each is one piece, or stands between separators."""
    chunks = [
        [piece for run in _RUNS.findall(chunk) for piece in _HUMP.split(run)]
        for chunk in _CHUNKS.findall(revealed(handle[:_LONGEST]))
    ]
    pieces = [piece for chunk in chunks for piece in chunk][:_MOST_PIECES]
    whole = {"".join(chunk) for chunk in chunks}
    for start in range(len(pieces)):
        for end in range(start + 1, len(pieces) + 1):
            run = "".join(pieces[start:end])
            yield run, end - start == 1 or run in whole


@lru_cache(maxsize=16384)
def _bare(piece: str) -> str:
    return "".join(word.bare for word in words(piece))


def _is(said: Syllable, listed: Syllable) -> bool:
    return said.i_y == listed.i_y or (said.is_bare and said.bare == listed.bare)


def _within(phrase: Sequence[Syllable], name: str, *, bare: bool = False) -> bool:
    """Whether a phrase is part of somebody's own name."""
    own = words(name if is_plain(name) else revealed(name))
    wanted = [word.bare for word in phrase] if bare else [word.i_y for word in phrase]
    theirs = [word.bare for word in own] if bare else [word.i_y for word in own]
    if not bare and any(word.is_bare for word in own):
        return _within(phrase, name, bare=True)
    size = len(wanted)
    return any(theirs[at : at + size] == wanted for at in range(len(theirs) - size + 1))
