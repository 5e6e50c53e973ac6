"""What a person may ask about the data held of them, and the clocks that run: ND-356 Điều 5.

The clocks were read in a digest of the decree. Each may be lengthened once by as many days again. Those of
restricting and of erasing are longer where third parties must act; the register does not use that. Working
days leave out Saturdays and Sundays; public holidays are not known here, so that a day shown is never later
than the law's.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

DEADLINES: Final = "ND-356.5-deadlines"  # the article all clocks come from
ACKNOWLEDGE_WORKING_DAYS: Final = 2
_SATURDAY: Final = 5


class Right(StrEnum):
    """What a person asks for."""

    COPY = "copy"
    CORRECT = "correct"
    RESTRICT = "restrict"  # withdraw consent, restrict or object: one clock
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Clock:
    """Days an answer may take, and on what a refusal may rest."""

    days: int  # calendar days after the day it was asked
    basis: str  # the article that gives the right
    refusals: tuple[str, ...]  # codes of articles


_KEPT_BY_LAW = ("LUAT-91.19-no-consent", "LUAT-91.3-retention")
CLOCKS: Final = MappingProxyType(
    {
        Right.COPY: Clock(10, "LUAT-91.4-rights", ("LUAT-91.4-rights",)),
        Right.CORRECT: Clock(10, "LUAT-91.4-rights", ("LUAT-91.4-rights", "LUAT-91.25-employment")),
        Right.RESTRICT: Clock(15, "LUAT-91.4-rights", _KEPT_BY_LAW),
        Right.ERASE: Clock(20, "LUAT-91.14-deletion", (*_KEPT_BY_LAW, "LUAT-91.25-employment")),
    }
)


def acknowledge_by(asked_on: dt.date) -> dt.date:
    """The last day to say that a request arrived."""
    day, left = asked_on, ACKNOWLEDGE_WORKING_DAYS
    while left:
        day += dt.timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def answer_by(right: Right, asked_on: dt.date) -> dt.date:
    """The last day to answer a request."""
    return asked_on + dt.timedelta(days=CLOCKS[right].days)


def extended_to(right: Right, last_day: dt.date) -> dt.date:
    """The last day to answer once the clock is lengthened: by as many days again, and only once."""
    return last_day + dt.timedelta(days=CLOCKS[right].days)
