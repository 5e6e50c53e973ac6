"""What a declarant promises, in versions: a changed wording is a new version, the old stays readable.

The promises on lending and borrowing and on answering for the account are those of the foreign affairs
sector's rules, which the procuracy's share in part; the others are the register's own.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

VERSION: Final = "2026-2"

_TRUTHFUL = _("What I declare here is true, and the account is mine.")
_PERSONAL = _("On this account I speak for myself; I neither represent nor act for my agency.")
_KEEP_CURRENT = _("I will report when the account changes, is closed, or is lost to somebody else.")

WORDINGS: "Mapping[str, Mapping[str, StrPromise]]" = {
    "2026-1": {"truthful": _TRUTHFUL, "personal": _PERSONAL, "keep_current": _KEEP_CURRENT},
    "2026-2": {
        "truthful": _TRUTHFUL,
        "personal": _PERSONAL,
        "keep_current": _KEEP_CURRENT,
        "answer": _("I answer for what is published from this account."),
        "no_lending": _("I will not lend, rent out, sell or pledge this account."),
        "no_borrowing": _("I will not borrow, rent or buy somebody else's account."),
    },
}

CURRENT: Final = WORDINGS[VERSION]

#: The place of each commitment in a mask. Stored: never change one, never use one twice.
BITS: Final[Mapping[str, int]] = {
    "truthful": 1,
    "personal": 2,
    "keep_current": 4,
    "answer": 8,
    "no_lending": 16,
    "no_borrowing": 32,
}


def given_now(commitments: Iterable[str], version: str) -> int:
    """The commitments given in the wording of today, as a mask; those of an older wording count as none."""
    return sum(BITS[code] for code in set(commitments) & CURRENT.keys()) if version == VERSION else 0
