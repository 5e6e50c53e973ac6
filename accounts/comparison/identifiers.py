"""Whether an account is still known by what it was declared with, and whether its address still names it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from accounts.models import HandleVerdict, LinkVerdict
from accounts.platforms import LinkError, base, recognise

#: Kinds of identifier that people choose, and may give up.
HANDLES: Final = frozenset({base.HANDLE, base.VANITY, base.SLUG, base.C_NAME, base.USER_NAME})


class Known(NamedTuple):
    """One identifier an account is known by now."""

    kind: str
    key: str
    shown: str
    url: str


def judge_handle(kinds: Sequence[str], *, taken: bool | None) -> HandleVerdict:
    """What became of the handle an account was declared with.

    Args:
        kinds: of the identifiers the account is known by now.
        taken: of a handle it has given up since, whether that is another account's now; None: it gave up
            none that the register knows of.
    """
    if taken is not None:
        return HandleVerdict.REUSED if taken else HandleVerdict.CHANGED
    return HandleVerdict.SAME if base.PERMANENT_ID in kinds else HandleVerdict.NO_PERMANENT_ID


def judge_link(platform: str, known: Sequence[Known]) -> LinkVerdict:
    """Whether every address kept is read, by the platform's rules of today, as the account it is kept for."""
    verdict = LinkVerdict.NONE
    for one in known:
        if one.url:
            if not _names(platform, one):
                return LinkVerdict.MALFORMED
            verdict = LinkVerdict.WELL_FORMED
    return verdict


def _names(platform: str, one: Known) -> bool:
    try:
        link = recognise(one.url, agency_hosts=[one.key] if one.kind == base.HOST else ())
    except LinkError:
        return False
    return link.platform == platform and any(
        (found.kind, found.key) == (one.kind, one.key) for found in link.identifiers
    )
