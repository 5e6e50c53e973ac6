"""Sites are visited one request at a time, however many workers there are, and as their robots.txt allows."""

import time
from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone
from protego import Protego

from registry.evidence.causes import Cause
from registry.evidence.door import Door, DoorError, Limits, Target
from registry.evidence.models import Site

#: Longest gap a site's Crawl-delay is heeded up to; longer ones are met by the days between two looks.
LONGEST_GAP: Final = 30.0
#: Seconds a worker waits for its turn; where it would be longer, the page is put off.
LONGEST_WAIT: Final = 15.0
_ROBOTS: Final = Limits(seconds=10, body=512 * 1024, redirects=5)  # RFC 9309: 500 KiB, five redirects
_KEEP: Final = timedelta(hours=24)  # likewise: not longer than a day
_KEEP_UNKNOWN: Final = timedelta(hours=1)
_CLIENT_FAULTS: Final = range(400, 500)
_TOO_MANY: Final = 429

_TURN = """
INSERT INTO evidence_site AS s (origin, free_at)
VALUES (%(origin)s, clock_timestamp() + make_interval(secs => %(gap)s))
ON CONFLICT (origin) DO UPDATE
    SET free_at = greatest(s.free_at, clock_timestamp()) + make_interval(secs => %(gap)s)
    WHERE s.free_at <= clock_timestamp() + make_interval(secs => %(longest)s)
RETURNING extract(epoch FROM free_at - make_interval(secs => %(gap)s) - clock_timestamp())::float
"""


class RobotsState(StrEnum):
    """What is known of a site's robots.txt."""

    SAID = "said"
    SILENT = "silent"  # there is none: everything may be opened
    UNKNOWN = "unknown"  # it could not be read: nothing may be


class BusyError(Exception):
    """The site's next turn is too far off to wait for."""


class Manners:
    """What is asked before each request: may the page be opened, and is it our turn.

    Args:
        door: the way by which robots.txt is fetched.
    """

    def __init__(self, door: Door | None = None) -> None:
        self._door = door or Door(_ROBOTS)

    def __call__(self, target: Target) -> None:
        """Wait for the turn.

        Raises:
            DoorError: robots, robots_unknown.
            BusyError: the turn is too far off.
        """
        site = self._site(target)
        if site.robots_state == RobotsState.UNKNOWN:
            raise DoorError(Cause.ROBOTS_UNKNOWN, final=target.url)
        gap = settings.OUTGOING_GAP_SECONDS
        if site.robots_state == RobotsState.SAID:
            robots = Protego.parse(site.robots)
            if not robots.can_fetch(target.url, settings.OUTGOING_NAME):
                raise DoorError(Cause.ROBOTS, final=target.url)
            gap = min(max(gap, robots.crawl_delay(settings.OUTGOING_NAME) or 0), LONGEST_GAP)
        wait_for_turn(target, gap=gap)

    def _site(self, target: Target) -> Site:
        """What is known of the site; its robots.txt is read where that is not known, or was long ago."""
        known = Site.objects.filter(origin=target.origin, robots_until__gt=timezone.now()).first()
        if known is not None:
            return known
        state, text, keep = self._read(target)
        site, _made = Site.objects.update_or_create(
            origin=target.origin,
            defaults={"robots": text, "robots_state": state, "robots_until": timezone.now() + keep},
        )
        return site

    def _read(self, target: Target) -> tuple[RobotsState, str, timedelta]:
        """Read robots.txt as RFC 9309 says: none is leave, a site in trouble is not."""
        try:
            got = self._door.get(f"{target.origin}/robots.txt", before=wait_for_turn)
        except DoorError as error:
            if error.cause is Cause.TOO_BIG:
                # Nobody writes so much on purpose; what the site wants cannot be told.
                return RobotsState.UNKNOWN, "", _KEEP
            if error.cause in {Cause.REDIRECTS, Cause.BAD_ADDRESS}:
                return RobotsState.SILENT, "", _KEEP
            if error.cause in _OF_THE_SITE:
                raise  # the page itself would not be had either, and for this reason
            return RobotsState.UNKNOWN, "", _KEEP_UNKNOWN
        if got.status in _CLIENT_FAULTS and got.status != _TOO_MANY:
            return RobotsState.SILENT, "", _KEEP
        if got.status >= _CLIENT_FAULTS.start:
            return RobotsState.UNKNOWN, "", _KEEP_UNKNOWN
        text = got.body.decode("utf-8", errors="replace").replace("\0", "")
        return RobotsState.SAID, text, _KEEP


_OF_THE_SITE: Final = frozenset(
    {Cause.NAME_NOT_FOUND, Cause.ADDRESS_REFUSED, Cause.UNREACHABLE, Cause.TIMEOUT, Cause.TLS}
)


def wait_for_turn(target: Target, *, gap: float | None = None) -> None:
    """Take the next turn at a site, and wait for it.

    Args:
        target: what is to be asked.
        gap: seconds the site is left alone after it; None: the installation's usual ones.

    Raises:
        BusyError: it is further off than a worker waits; no turn was taken.
    """
    # A site is the same by http and by https: one gap for both.
    values = {
        "origin": f"https://{target.host}",
        "gap": settings.OUTGOING_GAP_SECONDS if gap is None else gap,
        "longest": LONGEST_WAIT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TURN, values)
        turn = cursor.fetchone()
    if turn is None:
        raise BusyError
    time.sleep(max(0.0, turn[0]))
