"""Who is at work on a thing: whoever holds its lock.

The lock is the database session's. It goes with the connection, whatever its process dies of, so a worker
that is gone is known to be gone, and one that is silent for long is known to live.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

from common.bell import ring


@contextmanager
def at_work(kind: int, key: int) -> Iterator[bool]:
    """Be the one at work on a thing; False where somebody else is. The same session may be so twice.

    Args:
        kind: the number of the sort of work, which nobody else uses.
        key: the thing's own.
    """
    mine = _asked("SELECT pg_try_advisory_lock(%s, %s)", kind, key)
    try:
        yield mine
    finally:
        # A lost connection has taken the lock along; in a broken transaction nothing can be asked.
        if mine and not connection.needs_rollback and connection.is_usable():
            _asked("SELECT pg_advisory_unlock(%s, %s)", kind, key)


def _asked(sql: str, kind: int, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [kind, key])
        return bool(cursor.fetchone()[0])


def held(kind: int) -> set[int]:
    """The things somebody is at work on now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks JOIN pg_database d ON d.oid = pg_locks.database"
            " WHERE locktype = 'advisory' AND granted AND classid = %s AND objsubid = 2"
            " AND d.datname = current_database()",
            [kind],
        )
        return {row[0] for row in cursor.fetchall()}


def ring_for_lost(work: str, kind: int, waiting: Iterable[int]) -> int:
    """Ring again for what waits and nobody is at: its worker or its bell was lost. Returns for how many.

    Args:
        work: the name of the task that does it, given the thing's key.
        kind: as for `at_work`.
        waiting: the keys of all that waits.
    """
    lost = sorted(set(waiting) - held(kind))
    for key in lost:
        ring(work, key)
    return len(lost)
