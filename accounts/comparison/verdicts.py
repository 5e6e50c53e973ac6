"""The verdicts that need Python, each a pure function of what was said and what is on record."""

from accounts import names
from accounts.agency_names import AgencyNames, Known, WrittenAs
from accounts.models import AgencyVerdict, DisclaimerVerdict, PhotoVerdict

# Raise it when a verdict below (or a name, a photo, an agency text) is judged differently than before:
# the next run then makes every row afresh, and the change shows in the run as one of code, not of facts.
CODE_VERSION = 1

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


def judge_agency(
    *, text: str, resolved_id: int | None, own_path: str, known: AgencyNames
) -> tuple[AgencyVerdict, int | None]:
    """What the agency shown is to the agency on record, and which agency of the book is meant.

    An ancestor counts as true ("Tỉnh Hà Tĩnh" for somebody of one of its departments): which one is kept.
    """
    if not text.strip():
        return AgencyVerdict.MISSING, None
    found = known.resolve(text, near=own_path)
    shown: Known | None = found.agency if found else known.by_id.get(resolved_id or 0)
    written_as = found.written_as if found else WrittenAs.NAME
    if shown is None:
        return AgencyVerdict.UNKNOWN, None
    if shown.dissolved_on is not None or written_as is WrittenAs.FORMER_NAME:
        return AgencyVerdict.FORMER, shown.agency_id
    if shown.path == own_path:
        own = AgencyVerdict.CURRENT if written_as is WrittenAs.NAME else AgencyVerdict.ALIAS
        return own, shown.agency_id
    if own_path.startswith(shown.path):
        return AgencyVerdict.ANCESTOR, shown.agency_id
    return AgencyVerdict.OTHER, shown.agency_id
