"""Answers kept for a short while in this process: a link that goes round is asked for by thousands."""

import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from threading import Lock

from django.conf import settings
from django.utils import timezone

from registry.lookup.answers import Answer, answer
from registry.lookup.questions import read_question

_MOST = 5_000
_kept: dict[tuple[str, str, datetime | None], tuple[float, Answer]] = {}
_lock = Lock()


def kept_answer(text: str, *, platform: str = "", as_of: datetime | None = None) -> tuple[Answer, int]:
    """The answer to what was typed, and its age in whole seconds: 0 where the register was read just now.

    Raises:
        RegistryError: see `read_question`.
    """
    place = (text, platform, as_of)
    now = time.monotonic()
    found = _kept.get(place)
    if found is not None and now - found[0] < settings.LOOKUP_KEEP_SECONDS:
        return found[1], int(now - found[0])
    fresh = answer(read_question(text, platform=platform), as_of=as_of)
    if settings.LOOKUP_KEEP_SECONDS:
        with _lock:
            if len(_kept) >= _MOST:
                for oldest in list(_kept)[: _MOST // 10]:
                    del _kept[oldest]
            _kept.pop(place, None)
            _kept[place] = (now, fresh)
    return fresh, 0


def end_of(day: date | None) -> datetime | None:
    """The last instant of a past day, to be asked for; None for none, and where the day is not over."""
    if day is None or day >= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), clock())) - timedelta(microseconds=1)
