"""Days and instants counted backwards from today, ready to be written by COPY."""

from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from django.utils import timezone

from registry.demo.dice import below

_DAY: Final = 86_400
_LONGEST: Final = 31 * 365 + 5_000  # days back anything may lie


class Calendar:
    """Texts of days and instants before `now`, made once: formatting a date for each of millions is dear."""

    def __init__(self, now: datetime) -> None:
        today = timezone.localdate(now)
        self.days = [(today - timedelta(days=ago)).isoformat() for ago in range(_LONGEST)]
        # +07: the project's own offset, so that the day of an instant is the day it is written with
        self._offset = f"{timezone.localtime(now):%z}"

    def instant(self, ago: int, rng: Random) -> str:
        """Some instant of the day `ago` days back (1: yesterday), which is over."""
        return f"{self.days[ago]} {_times()[below(_DAY, rng)]}{self._offset}"


calendar = lru_cache(maxsize=1)(Calendar)


@lru_cache(maxsize=1)
def _times() -> list[str]:
    return [f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}" for second in range(_DAY)]
