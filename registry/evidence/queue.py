"""Pages as a queue in the database: claimed by one guarded update, fenced, put off when a site is busy."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from accounts.public_pages import public_pages
from registry.evidence.causes import Cause
from registry.evidence.models import Result, Sighting, Watch

LEASE: Final = timedelta(minutes=10)  # above the longest look at a page and its portal, turns included
MAX_ATTEMPTS: Final = 3
_USUALLY: Final = timedelta(days=7)
_SOON: Final = timedelta(days=1)
_BUSY: Final = timedelta(minutes=1)
#: What may be otherwise tomorrow; the rest waits its week.
_PASSING: Final = frozenset(
    {
        Cause.NO_PORTAL,
        Cause.NO_ADDRESS,
        Cause.NAME_NOT_FOUND,
        Cause.UNREACHABLE,
        Cause.TIMEOUT,
        Cause.ROBOTS_UNKNOWN,
        Cause.BLOCKED,
        Cause.SITE_FAULT,
        Cause.BROKE_OFF,
    }
)

_ENROL: Final = """
INSERT INTO evidence_watch (account_id)
SELECT account_id FROM ({pages}) AS p (account_id) ON CONFLICT DO NOTHING
"""
_CLAIM: Final = """
UPDATE evidence_watch SET token = %(token)s, attempts = attempts + 1,
       lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE account_id = (
    SELECT account_id FROM evidence_watch
    WHERE due_at <= clock_timestamp() AND (lease_until IS NULL OR lease_until < clock_timestamp())
      AND (%(account)s::bigint IS NULL OR account_id = %(account)s)
    ORDER BY due_at, account_id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING account_id, attempts
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A page in this worker's hands."""

    account: int
    token: uuid.UUID
    attempts: int


def enrol() -> None:
    """Put agencies' pages that are new into the queue, and take out what is an agency's page no more."""
    pages = public_pages().values_list("account")
    sql, parameters = pages.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_ENROL.format(pages=sql), parameters)
    Watch.objects.exclude(account__in=public_pages().values("account")).delete()


def claim(account_id: int | None = None) -> Claim | None:
    """Take the page longest due (or one that is due); None when none is."""
    token = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"token": token, "lease": LEASE.total_seconds(), "account": account_id})
        found = cursor.fetchone()
    return Claim(found[0], token, found[1]) if found else None


@transaction.atomic
def finish(claimed: Claim, sightings: list[Sighting]) -> bool:
    """Keep what was seen and let the page wait for its next turn.

    False, and nothing kept, when another worker has the page by now or it is an agency's no more.
    """
    passing = any(each.result == Result.COULD_NOT_CHECK and each.cause in _PASSING for each in sightings)
    if not _release(claimed, _SOON if passing else _USUALLY):
        return False
    if not public_pages().filter(account=claimed.account).exists():
        return False
    for each in sightings:
        each.save(force_insert=True)
    return True


def put_off(claimed: Claim) -> None:
    """Give the page back for a moment: one of its sites is being asked by others."""
    _release(claimed, _BUSY)


def _release(claimed: Claim, wait: timedelta) -> int:
    return Watch.objects.filter(account=claimed.account, token=claimed.token).update(
        token=None, lease_until=None, attempts=0, due_at=timezone.now() + wait
    )
