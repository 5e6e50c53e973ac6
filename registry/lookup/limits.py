"""How often one client may ask: counted in this process, by the minute, nothing of it kept."""

import time
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

_MOST = 50_000  # clients a process remembers


class Limit:
    """So many a period for one client.

    Args:
        name: the setting that says how many (0: no limit).
        seconds: the period.
    """

    def __init__(self, name: str, *, seconds: int = 60) -> None:
        self._name, self._seconds = name, seconds
        self._counted: dict[str, int] = {}
        self._period = 0
        self._lock = Lock()

    def wait(self, request: HttpRequest) -> int:
        """Count one; return after how many seconds the client may ask again, 0 for at once."""
        most: int = getattr(settings, self._name)
        if not most:
            return 0
        now = time.time()
        period = int(now // self._seconds)
        who = client_of(request)
        with self._lock:
            if period != self._period or len(self._counted) > _MOST:
                self._counted.clear()
                self._period = period
            self._counted[who] = self._counted.get(who, 0) + 1
            if self._counted[who] <= most:
                return 0
        return max(1, int((period + 1) * self._seconds - now) + 1)


def client_of(request: HttpRequest) -> str:
    """Who asks, by network address: as the nearest trusted proxy saw it, where there is one in front."""
    hops: int = settings.PROXIES_IN_FRONT
    if hops:
        seen = request.headers.get("x-forwarded-for", "").split(",")
        if len(seen) >= hops and seen[-hops].strip():
            return seen[-hops].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


asking = Limit("LOOKUPS_A_MINUTE")
reporting = Limit("REPORTS_AN_HOUR", seconds=3600)
