"""Comparisons of officials: declared, nil, due when; gone, gaps, accepted, incidents nobody was told of."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from accounts.agency_names import agency_names
from accounts.comparison.coverage import count_again, counted
from accounts.comparison.duties import Duties, duties
from accounts.comparison.places import Places, places_of
from accounts.comparison.upsert import Columns, upsert
from accounts.comparison.verdicts import CODE_VERSION
from accounts.models import OwnerStatus, Status

COLUMNS: Columns = {
    "official_id": "bigint",
    "official_record_id": "bigint",
    "agency_id": "bigint",
    "agency_path": "text",
    "profile": "smallint",
    "code_version": "smallint",
    "status": "smallint",
    "accounts": "smallint",
    "unconfirmed": "smallint",
    "proposed": "smallint",
    "nil": "boolean",
    "gone_on": "date",
    "gaps": "smallint",
    "accepted_code": "smallint",
    "provider_untold_since": "date",
    "loss_untold_since": "date",
    "posing_untold_since": "date",
    "since": "date",
    "declare_due_on": "date",
    "declare_until": "date",
}

# `{among}` says which officials, in each part: see accounts.py.
_INPUTS = """
SELECT i.*, hash_record_extended(i, 0) FROM (
SELECT r.official_id, r.id, r.agency_id, a.path, r.status,
       coalesce(live.accounts, 0), coalesce(live.unconfirmed, 0), coalesce(proposed.n, 0),
       nil.official_id IS NOT NULL,
       CASE WHEN r.status IN ('left', 'moved')
            THEN (coalesce(first.last_in_post, first.at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date END,
       (r.position = '')::int + 2 * (r.work_email = '')::int + 4 * (r.category IN ('', 'khac'))::int
           + 8 * (r.employed_since IS NULL)::int,
       coalesce(code.accepted, 0), untold.by_provider, untold.of_loss, untold.of_posing,
       coalesce(r.employed_since, (first.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
FROM accounts_officialrecord r
JOIN accounts_agencyrecord a ON a.agency_id = r.agency_id AND a.recorded_until IS NULL
JOIN (SELECT official_id, min(recorded_from) AS at,
             max(recorded_until) FILTER (WHERE status NOT IN ('left', 'moved')) AS last_in_post
      FROM accounts_officialrecord
      WHERE official_id {among} GROUP BY official_id) first ON first.official_id = r.official_id
LEFT JOIN (
    SELECT o.official_id, count(*) AS accounts,
           count(*) FILTER (WHERE e.standing = 'unconfirmed') AS unconfirmed
    FROM accounts_ownership o
    JOIN accounts_entry e ON e.account_id = o.account_id AND e.recorded_until IS NULL
    WHERE o.recorded_until IS NULL AND o.official_id {among} GROUP BY o.official_id
) live ON live.official_id = r.official_id
LEFT JOIN (
    SELECT f.official_id, count(*) AS n
    FROM accounts_proposal p JOIN accounts_declaredfacts f ON f.id = p.facts_id
    WHERE f.official_id {among} GROUP BY f.official_id
) proposed ON proposed.official_id = r.official_id
LEFT JOIN (
    SELECT official_id, max(version) AS accepted FROM accounts_codeacceptance
    WHERE recorded_until IS NULL AND official_id {among} GROUP BY official_id
) code ON code.official_id = r.official_id
LEFT JOIN (
    SELECT official_id, min(noticed_on) FILTER (WHERE provider_told_on IS NULL) AS by_provider,
           min(noticed_on) FILTER (WHERE superior_told_on IS NULL AND kind <> 'impersonated') AS of_loss,
           min(noticed_on) FILTER (WHERE superior_told_on IS NULL AND kind = 'impersonated') AS of_posing
    FROM accounts_incident
    WHERE recorded_until IS NULL AND closed_at IS NULL AND official_id {among} GROUP BY official_id
) untold ON untold.official_id = r.official_id
LEFT JOIN accounts_nilreturn nil ON nil.official_id = r.official_id AND nil.recorded_until IS NULL
WHERE r.recorded_until IS NULL AND r.official_id {among}
OFFSET 0) AS i  -- worked out once, not once for the row and once for its hash
"""

_SOME = _INPUTS.format(among="= ANY(%(ids)s)")
#: The same, for a range of officials.
INPUTS_BETWEEN = _INPUTS.format(among="BETWEEN %(first)s AND %(last)s")

#: What else a row is made of: the input, and its place in the tree.
BASIS: Columns = {"input": "bigint", "place": "bigint"}

_STATUS = {Status.LEFT.value: OwnerStatus.LEFT, Status.MOVED.value: OwnerStatus.MOVED}


def refresh_officials(official_ids: Sequence[int]) -> int:
    """Make the comparisons of these officials afresh, as `officials_afresh` does, and count whose changed."""
    return len(officials_afresh(official_ids))


def officials_afresh(official_ids: Sequence[int]) -> list[int]:
    """Make the comparisons of these officials afresh, and tell whose were written or removed.

    Must run in a transaction. Locks the officials first, so that two workers never write an older answer over
    a newer one. Of those not told of, what stood was right.
    """
    ids = sorted(set(official_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM accounts_official WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [ids]
        )
        before = counted(ids)
        rows = _made(ids)
        cursor.execute(
            "DELETE FROM accounts_officialcomparison WHERE official_id = ANY(%s) AND official_id <> ALL(%s)"
            " RETURNING official_id",
            [ids, [row[0] for row in rows]],
        )
        removed = [row[0] for row in cursor.fetchall()]
    written = removed + upsert(
        "accounts_officialcomparison",
        COLUMNS,
        rows,
        basis=BASIS,
        conflict=("official_id",),
        known_by=("official_id",),
    )
    if written:
        count_again(before, counted(ids))
    return written


def officials_otherwise(official_ids: Sequence[int]) -> set[int]:
    """Officials whose rows, made afresh, are not those that stand. Reads only, and locks nothing."""
    ids = sorted(set(official_ids))
    made = {row[: len(COLUMNS)] for row in _made(ids)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(COLUMNS)} FROM accounts_officialcomparison WHERE official_id = ANY(%s)",  # noqa: S608 - names of ours
            [ids],
        )
        return {row[0] for row in made.symmetric_difference(cursor.fetchall())}


def _made(ids: list[int]) -> list[tuple[Any, ...]]:
    """The rows of these officials as the book makes them now, each with its basis behind its columns."""
    ordered = duties()
    places = places_of(agency_names(), ordered)
    with connection.cursor() as cursor:
        cursor.execute(_SOME, {"ids": ids})
        return [_row(values, ordered, places) for values in cursor.fetchall()]


def _row(values: tuple[Any, ...], ordered: Duties, places: Places) -> tuple[Any, ...]:
    official_id, record_id, agency_id, path, status, *rest, since, hashed = values
    return (
        official_id,
        record_id,
        agency_id,
        path,
        ordered.profile(path),
        CODE_VERSION,
        _STATUS.get(status, OwnerStatus.IN_POST),
        *rest,
        since,
        *ordered.declare_due(path, since),
        hashed,
        places.of(path),
    )
