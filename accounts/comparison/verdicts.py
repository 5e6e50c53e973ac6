"""The verdicts that need Python, each a pure function of what was said and what is on record."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from accounts import names
from accounts.agency_names import AgencyNames, Known, WrittenAs, agency_key
from accounts.comparison.digests import digest
from accounts.models import AgencyVerdict, DisclaimerVerdict, PhotoVerdict
from accounts.names import NameFlag, NameVerdict

# Raise it when a verdict below (or a name, a photo, an agency text) is judged differently than before:
# the next run then makes every row afresh, and the change shows in the run as one of code, not of facts.
CODE_VERSION = 2

_NOT_THE_SAME = (NameVerdict.DIFFERENT, NameVerdict.POSSIBLE)

_PERSONAL = ("ca nhan", "cua rieng toi", "rieng toi", "personal", "my own")
_NOT_REPRESENTING = (
    "khong dai dien", "khong phai la quan diem cua co quan", "khong nhan danh", "khong duoc uy quyen",
    "not represent", "does not speak for",
)  # fmt: skip

_PHOTO_PROBLEMS = {
    "photo_too_small": PhotoVerdict.TOO_SMALL,
    "photo_unreadable": PhotoVerdict.UNREADABLE,
    "photo_format": PhotoVerdict.UNREADABLE,
    "photo_empty": PhotoVerdict.UNREADABLE,
}


@lru_cache(maxsize=20_000)  # most notices are copied from a few
def judge_disclaimer(text: str) -> DisclaimerVerdict:
    """Whether a notice says that the page is personal, and that it does not represent the agency.

    The two halves are the 2018 draft's: conduct is personal, and neither represents nor is authorised by the
    agency.
    """
    folded = names.fold(text)
    if not folded:
        return DisclaimerVerdict.MISSING
    personal = any(words in folded for words in _PERSONAL)
    apart = any(words in folded for words in _NOT_REPRESENTING)
    if personal and apart:
        return DisclaimerVerdict.FULL
    if personal:
        return DisclaimerVerdict.PERSONAL_ONLY
    return DisclaimerVerdict.NOT_REPRESENTING_ONLY if apart else DisclaimerVerdict.NEITHER


def judge_photo(*, present: bool, problem: str) -> PhotoVerdict:
    """Whether there is a photo and whether it can be used; `problem` is the photo door's refusal."""
    if problem:
        return _PHOTO_PROBLEMS.get(problem, PhotoVerdict.REFUSED)
    return PhotoVerdict.USABLE if present else PhotoVerdict.MISSING


class AgencyShown(NamedTuple):
    """What the agency shown is to the agency on record."""

    verdict: AgencyVerdict
    agency_id: int | None  # which agency of the book is meant
    until: date | None  # the first day it no longer exists; None: it exists, or none is meant
    own: bool  # it is the employer or a body above it, by whatever name


@lru_cache(maxsize=60_000)
def reading_of(shown: AgencyShown) -> int:
    """A number for how the agency shown was read."""
    return digest(shown)


_NO_AGENCY = AgencyShown(AgencyVerdict.MISSING, None, None, own=False)
_UNKNOWN_AGENCY = AgencyShown(AgencyVerdict.UNKNOWN, None, None, own=False)


def judge_agency(*, text: str, resolved_id: int | None, own_path: str, known: AgencyNames) -> AgencyShown:
    """What the agency shown is to the agency on record, and which agency of the book is meant.

    An ancestor counts as true ("Tỉnh Hà Tĩnh" for somebody of one of its departments): which one is kept.
    Whether a dissolved agency is gone already is a question of the day, so the day is kept and not asked;
    `FORMER` is a name an agency no longer bears, since whenever.
    """
    if not text.strip():
        return _NO_AGENCY
    found = known.resolve(text, near=own_path)
    shown: Known | None = found.agency if found else known.by_id.get(resolved_id or 0)
    written_as = found.written_as if found else WrittenAs.NAME
    if shown is None:
        return _UNKNOWN_AGENCY
    own = own_path.startswith(shown.path)
    if written_as is WrittenAs.FORMER_NAME:
        verdict = AgencyVerdict.FORMER
    elif shown.path == own_path:
        verdict = AgencyVerdict.CURRENT if written_as is WrittenAs.NAME else AgencyVerdict.ALIAS
    else:
        verdict = AgencyVerdict.ANCESTOR if own else AgencyVerdict.OTHER
    return AgencyShown(verdict, shown.agency_id, shown.dissolved_on, own)


@lru_cache(maxsize=50_000)
def reading_key(text: str) -> int | None:
    """A number for all texts an agency's name may read alike: who shows one is found when a name changes."""
    folded = names.fold(agency_key(text))
    return digest(folded) if folded else None


def name_key(shown: str) -> int | None:
    """The same for a name shown, where it could be an agency's at all."""
    like = names.is_acronym(shown.strip()) or names.begins_like_body(shown)
    return reading_key(shown) if like else None


def judge_name(shown: str, recorded: str, *, own_path: str, known: AgencyNames) -> names.NameComparison:
    """The name shown against the name on record, and whether it passes for a press body's or an agency's.

    People of a press body may bear its words. A name that is the person's own passes for no agency's.
    """
    found = names.compare(shown, recorded)
    flags = found.flags
    if flags & NameFlag.PRESS_LIKE and known.is_press(own_path):
        flags &= ~NameFlag.PRESS_LIKE
    if found.verdict in _NOT_THE_SAME and (names.looks_like_body(shown) or known.is_called(shown)):
        flags |= NameFlag.AGENCY_LIKE
    return found if flags == found.flags else replace(found, flags=flags)
