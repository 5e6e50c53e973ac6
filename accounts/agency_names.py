"""Which agency is meant by a piece of text, seen from where its writer works.

"Sở Nội vụ" is thirty-four agencies; written by somebody in Hà Tĩnh it is one. Names are compared letter for
letter first and without diacritics second; a nearer agency wins over a farther one, a living one over a
dissolved one, and where two remain nothing is guessed.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from rapidfuzz import fuzz, process

from accounts import names
from accounts.as_of import Kept
from accounts.models import Agency, AgencyKind, AgencyRecord, Succession
from accounts.paths import ancestors
from common.circles import no_collection

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_SPELT_OUT: Final = (
    ("ủy ban nhân dân", "ubnd"), ("uỷ ban nhân dân", "ubnd"), ("uy ban nhan dan", "ubnd"),
    ("hội đồng nhân dân", "hđnd"), ("hoi dong nhan dan", "hdnd"),
    ("tp ", "thành phố "), ("tỉnh uỷ", "tỉnh ủy"),
)  # fmt: skip
_LONGEST: Final = 300  # characters; the longest real name of an agency is far below


@dataclass(frozen=True, slots=True)
class Known:
    """An agency of the book, as name resolution sees it."""

    agency_id: int
    code: str
    name: str
    path: str
    dissolved_on: date | None
    kind: str = ""


class WrittenAs(IntEnum):
    """By which of an agency's names it is written."""

    NAME = 0  # its full or short name
    ALIAS = 1
    FORMER_NAME = 2


@dataclass(frozen=True, slots=True)
class Resolved:
    """The agency a text means, and by which of its names it is written."""

    agency: Known
    written_as: WrittenAs


@lru_cache(maxsize=60_000)  # most texts are of a few thousand wordings
def agency_key(text: str) -> str:
    """The form in which two ways of writing one agency's name are equal, diacritics kept."""
    plain = unicodedata.normalize("NFC", text[:_LONGEST]).casefold()
    plain = _NOT_WORDS.sub(" ", plain).strip()
    for long, short in _SPELT_OUT:
        plain = plain.replace(long, short)
    return plain


class _Bearers:
    """All agencies that bear, or bore, one name."""

    __slots__ = ("_by_branch", "all")

    def __init__(self) -> None:
        self.all: list[Resolved] = []
        self._by_branch: dict[int, list[Resolved]] | None = None  # "Phòng Nội vụ" is three thousand

    def within(self, branches: Iterable[int]) -> list[Resolved]:
        """Those of some branches."""
        if self._by_branch is None:
            by_branch: dict[int, list[Resolved]] = defaultdict(list)
            for one in self.all:
                by_branch[_branch(one.agency.path)].append(one)
            self._by_branch = dict(by_branch)
        return [one for branch in branches for one in self._by_branch.get(branch, ())]


_NOBODY: Final = _Bearers()


class AgencyNames:
    """All names of all agencies, in memory (about 5,000 bodies as shipped; 30,000 fit in 60 MB)."""

    def __init__(
        self, known: Iterable[tuple[Known, dict[WrittenAs, Iterable[str]]]], absorbed: dict[int, set[int]]
    ) -> None:
        self.by_id: dict[int, Known] = {}
        self._exact: dict[str, _Bearers] = defaultdict(_Bearers)
        self._written: list[tuple[str, Resolved]] = []
        self._folded: dict[str, _Bearers] | None = None  # made when a text is first written otherwise
        self._steps: dict[int, list[int]] = {}
        self._texts: dict[int, tuple[str, ...]] = {}
        self.is_press = lru_cache(maxsize=60_000)(self._is_press)
        self._absorbed = absorbed
        self._cache: dict[tuple[str, str], Resolved | None] = {}
        for agency, written in known:
            self.by_id[agency.agency_id] = agency
            self._steps[agency.agency_id] = ancestors(agency.path)
            seen: set[str] = set()
            now = (*written.get(WrittenAs.NAME, ()), *written.get(WrittenAs.ALIAS, ()))
            self._texts[agency.agency_id] = tuple(text for text in dict.fromkeys(now) if text)
            for written_as, texts in written.items():
                for text in texts:
                    key = agency_key(text)
                    if key and key not in seen:
                        seen.add(key)
                        found = Resolved(agency, written_as)
                        self._exact[key].all.append(found)
                        self._written.append((key, found))

    def __getstate__(self) -> dict[str, Any]:
        """All but what is only remembered: another process remembers for itself."""
        return {name: value for name, value in vars(self).items() if name not in {"is_press", "_cache"}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Begin with an empty memory."""
        vars(self).update(state)
        self.is_press = lru_cache(maxsize=60_000)(self._is_press)
        self._cache = {}

    @classmethod
    def load(cls) -> "AgencyNames":
        """Read every agency's present names from the book."""
        rows = AgencyRecord.objects.current().values_list(
            "agency_id", "agency__code", "path", "dissolved_on", "kind", "name", "short_name", "name_en",
            "aliases", "former_names",
        )  # fmt: skip
        branches: dict[int, int] = {}

        def known() -> Iterator[tuple[Known, dict[WrittenAs, Iterable[str]]]]:
            for agency_id, code, path, gone, kind, name, short, english, aliases, former in rows.iterator():
                branches[agency_id] = _branch(path)
                yield (
                    Known(agency_id, code, short or name, path, gone, kind),
                    {
                        WrittenAs.NAME: (name, short),
                        WrittenAs.ALIAS: (*aliases, english),
                        WrittenAs.FORMER_NAME: former,
                    },
                )

        found = list(known())
        absorbed: dict[int, set[int]] = defaultdict(set)
        for before, after in Succession.objects.current().values_list("predecessor_id", "successor_id"):
            if before in branches and after in branches and branches[before] != branches[after]:
                absorbed[branches[after]].add(branches[before])
        return cls(found, absorbed)

    def resolve(self, text: str, *, near: str) -> Resolved | None:
        """The one agency `text` means to somebody whose agency has the path `near`; None when unsure."""
        place = (agency_key(text), near)
        if place not in self._cache:
            if len(self._cache) > 50_000:  # noqa: PLR2004 - bounded, so that a hostile file cannot fill memory
                self._cache.clear()
            self._cache[place] = self._resolve(*place)
        return self._cache[place]

    def _resolve(self, key: str, near: str) -> Resolved | None:
        if not key:
            return None
        exact = self._choose(self._exact.get(key, _NOBODY), near)
        return exact or self._choose(self._written_like(key), near)

    def _written_like(self, key: str) -> _Bearers:
        """Every agency with a name that is the same but for its diacritics."""
        if self._folded is None:
            folded: dict[str, _Bearers] = defaultdict(_Bearers)
            with no_collection():
                for exact, written in self._written:
                    folded[names.fold(exact)].all.append(written)
            self._folded = dict(folded)
        return self._folded.get(names.fold(key), _NOBODY)

    def _choose(self, bearers: _Bearers, near: str) -> Resolved | None:
        if len(bearers.all) <= 1:
            return bearers.all[0] if bearers.all else None
        mine = ancestors(near)
        branch = _branch_of(mine)
        # Whoever is elsewhere comes after everybody of these.
        candidates = bearers.within({branch, mine[0], *self._absorbed.get(branch, ())}) or bearers.all
        best, best_rank, rivals = None, (-1, date.min), False
        for one in candidates:
            rank = self._rank(one.agency, mine)
            if best is None or rank > best_rank:
                best, best_rank, rivals = one, rank, False
            elif rank == best_rank and one.agency != best.agency:
                rivals = True
        # Two dissolved bodies of one merged branch are the same answer; two living ones are a guess.
        if best is None or (rivals and not (best_rank[0] and best.agency.dissolved_on)):
            return None
        return best

    def _rank(self, agency: Known, mine: list[int]) -> tuple[int, date]:
        its = self._steps[agency.agency_id]
        common = 0
        for one, other in zip(mine, its, strict=False):
            if one != other:
                break
            common += 1
        # One that is to be dissolved still stands before one that was: no clock is asked.
        lives_until = agency.dissolved_on or date.max
        if common == len(its) or _branch_of(its) == _branch_of(mine):
            return common + 1, lives_until
        return int(_branch_of(its) in self._absorbed.get(_branch_of(mine), ())), lives_until

    def texts(self, agency_id: int) -> tuple[str, ...]:
        """What an agency is called today: its name, its short name, its other names."""
        return self._texts[agency_id]

    def _is_press(self, path: str) -> bool:
        """Whether the agency at `path`, or one above it, is a press body."""
        return any(self.by_id[step].kind == AgencyKind.PRESS for step in ancestors(path))

    def is_called(self, text: str) -> bool:
        """Whether a text is the whole name of an agency of the book, or its acronym in capitals.

        A place a body is named after is not ("Hội An"), nor what begins like no body.
        """
        key = agency_key(text)
        if names.is_acronym(text.strip()):
            return key in self._exact
        if not names.begins_like_body(text):
            return False
        found = (self._exact.get(key) or self._written_like(key)).all
        whole = len(key.split()) > 2  # noqa: PLR2004 - two words may be a place or a person
        return any(whole or one.written_as is WrittenAs.NAME for one in found)

    def suggest(self, text: str, *, near: str, limit: int = 3) -> list[Known]:
        """Living agencies of the writer's branch whose names are most like `text`, best first."""
        choices: dict[int, str] = {
            agency.agency_id: names.fold(agency_key(agency.name))
            for agency in self.by_id.values()
            if agency.dissolved_on is None and _branch(agency.path) == _branch(near)
        }
        found = process.extract(
            names.fold(agency_key(text)), choices, scorer=fuzz.token_sort_ratio, limit=limit, score_cutoff=70
        )
        return [self.by_id[agency_id] for _key, _score, agency_id in found]

    def successors(self, agency_id: int) -> list[Known]:
        """The living agencies a dissolved one became, through every step in between."""
        found: dict[int, Known] = {}
        waiting, seen = [agency_id], {agency_id}
        while waiting:
            following = (
                Succession.objects.current()
                .filter(predecessor_id__in=waiting)
                .values_list("successor_id", flat=True)
            )
            waiting = [one for one in following if one not in seen]
            seen.update(waiting)
            for one in waiting:
                if one in self.by_id and self.by_id[one].dissolved_on is None:
                    found[one] = self.by_id[one]
        return list(found.values())


def _branch(path: str) -> int:
    return _branch_of(ancestors(path))


def _branch_of(steps: list[int]) -> int:
    """The province or central body a path runs through (the second step; the only one for a root)."""
    return steps[1] if len(steps) > 1 else steps[0]


_kept = Kept(AgencyNames.load)


def agency_names() -> AgencyNames:
    """The names as they stand now, read again only when an agency or a succession was recorded since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT max(id) FROM accounts_agencyrecord), 0),"
            " coalesce((SELECT max(id) FROM accounts_succession), 0)"
        )
        version: tuple[int, int] = cursor.fetchone()
    return _kept.get(version)


def agency_meant(text: str, *, near: str) -> Agency | None:
    """The agency of the book somebody means who writes `text` by hand; None for nothing, or when unsure.

    Args:
        text: as written, perhaps blank.
        near: the path of the writer's own agency, "" where it is not known; then nothing is guessed.
    """
    found = agency_names().resolve(text, near=near) if text.strip() and near else None
    return Agency.objects.filter(pk=found.agency.agency_id).first() if found else None
