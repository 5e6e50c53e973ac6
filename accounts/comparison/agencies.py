"""Comparisons of agencies somebody works in: a regulation of their own or from above, a contact in HR."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from accounts.comparison.duties import DEFAULT_PROFILE
from accounts.comparison.verdicts import CODE_VERSION

# Everything an agency inherits comes down its own path, so one statement answers for any number of them.
# A contact counts from the province or central body downwards: nobody writes to the Government about HR.
_WANTED = """
WITH chain AS MATERIALIZED (
    SELECT r.agency_id, r.path, r.dissolved_on, step::bigint AS above_id, depth
    FROM accounts_agencyrecord r,
         unnest(string_to_array(rtrim(r.path, '/'), '/')) WITH ORDINALITY AS t(step, depth)
    WHERE r.recorded_until IS NULL AND r.agency_id = ANY(%(ids)s)
      AND EXISTS (SELECT FROM accounts_officialrecord o WHERE o.agency_id = r.agency_id
                  AND o.recorded_until IS NULL AND o.status NOT IN ('left', 'moved'))
), inherited AS (
    SELECT c.agency_id, (array_agg(a.profile ORDER BY c.depth DESC) FILTER (WHERE a.profile IS NOT NULL))[1]
               AS profile,
           bool_or(a.contact_email || a.contact_phone <> '') FILTER (WHERE c.above_id = c.agency_id)
               AS contact_own,
           bool_or(a.contact_email || a.contact_phone <> '') FILTER (WHERE a.kind <> 'government')
               AS contact_above
    FROM chain c JOIN accounts_agencyrecord a ON a.agency_id = c.above_id AND a.recorded_until IS NULL
    GROUP BY c.agency_id
), ordered AS (
    SELECT c.agency_id, min(g.in_force_from) AS begins,
           nullif(max(coalesce(g.in_force_until, 'infinity')), 'infinity') AS ends,
           bool_or(g.agency_id = c.agency_id) AS own
    FROM chain c JOIN accounts_regulation g ON g.agency_id = c.above_id AND g.recorded_until IS NULL
    WHERE g.in_force_until IS NULL OR g.in_force_until > g.in_force_from
    GROUP BY c.agency_id
)
SELECT c.agency_id, c.path AS agency_path, coalesce(i.profile, %(default)s)::smallint AS profile,
       %(code)s::smallint AS code_version, c.dissolved_on, o.begins AS regulation_from,
       o.ends AS regulation_until, coalesce(o.own, false) AS regulation_own,
       (CASE WHEN i.contact_own THEN 1 WHEN i.contact_above THEN 2 ELSE 0 END)::smallint AS contact
FROM chain c JOIN inherited i USING (agency_id) LEFT JOIN ordered o USING (agency_id)
WHERE c.above_id = c.agency_id
"""

_COLUMNS = (
    "agency_id", "agency_path", "profile", "code_version", "dissolved_on", "regulation_from",
    "regulation_until", "regulation_own", "contact",
)  # fmt: skip
_REST = _COLUMNS[1:]
_OLD = ", ".join(f"t.{name}" for name in _REST)
_NEW = ", ".join(f"excluded.{name}" for name in _REST)
_SET = ", ".join(f"{name} = excluded.{name}" for name in _REST)

# every name in it is a literal of this module
_WRITE = f"""
INSERT INTO accounts_agencycomparison AS t ({", ".join(_COLUMNS)})
SELECT {", ".join(_COLUMNS)} FROM ({_WANTED}) AS wanted
ON CONFLICT (agency_id) DO UPDATE SET {_SET} WHERE ({_OLD}) IS DISTINCT FROM ({_NEW})
"""  # noqa: S608 - see above

_REMOVE = """
DELETE FROM accounts_agencycomparison c WHERE c.agency_id = ANY(%(ids)s)
AND NOT EXISTS (SELECT FROM accounts_officialrecord o WHERE o.agency_id = c.agency_id
                AND o.recorded_until IS NULL AND o.status NOT IN ('left', 'moved'))
"""


def refresh_agencies(agency_ids: Sequence[int]) -> int:
    """Make the comparisons of these agencies themselves afresh; their people's are not touched.

    Must run in a transaction. Locks the agencies first, so that two workers never write an older answer over
    a newer one. Returns how many rows were written or removed: 0 means that what stood was right.
    """
    facts: dict[str, Any] = {"ids": sorted(set(agency_ids)), "default": DEFAULT_PROFILE, "code": CODE_VERSION}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM accounts_agency WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE", facts
        )
        cursor.execute(_REMOVE, facts)
        removed = int(cursor.rowcount)
        cursor.execute(_WRITE, facts)
        return removed + int(cursor.rowcount)
