"""Which rows are not what the book makes of them: the weekly proof that nothing was missed.

A row is sealed when it is written, over its own values and over all it was made of: what the book holds on
its subject, its place in the tree, how the agency shown is read there. All three are taken from the book
again here; where the seal still fits, comparing again would say the same: every verdict is a function of
them.
"""

from typing import Any

from django.db import connection

from accounts.agency_names import agency_names
from accounts.comparison import accounts, officials
from accounts.comparison.duties import duties
from accounts.comparison.identifiers import HANDLES
from accounts.comparison.places import places_of
from accounts.comparison.upsert import seal_of
from accounts.comparison.verdicts import CODE_VERSION, judge_agency, reading_of

# Joins of a hundred thousand rows are to stay in memory; compiling such a statement costs more than it saves.
# A range of subjects lies together: it is read by its index, not by looking at whole tables for every range.
_ROOM = (
    "SET LOCAL client_min_messages = warning; SET LOCAL work_mem = '128MB'; SET LOCAL jit = off;"
    " SET LOCAL random_page_cost = 1.1"
)

_ACCOUNTS_NOW = f"""
CREATE TEMP TABLE now_made ON COMMIT DROP AS
SELECT i.account_id, i.facts_id, i.agency_shown, i.agency_resolved_id, i.path COLLATE "C" AS path,
       i.hash_record_extended AS input
FROM ({accounts.INPUTS_BETWEEN}) AS i
"""  # noqa: S608 - a literal of this package

_READINGS = """
CREATE TEMP TABLE readings (
    agency_shown text, agency_resolved_id bigint, path text COLLATE "C", reading bigint
) ON COMMIT DROP
"""

_STALE_ACCOUNTS = f"""
SELECT DISTINCT coalesce(n.account_id, c.account_id) FROM (
    SELECT n.account_id, n.facts_id, n.input, p.place, r.reading
    FROM pg_temp.now_made n JOIN pg_temp.places p USING (path)
    LEFT JOIN pg_temp.readings r ON r.agency_shown = n.agency_shown AND r.path = n.path
         AND r.agency_resolved_id = coalesce(n.agency_resolved_id, 0)
) n FULL JOIN (
    SELECT * FROM accounts_comparison WHERE account_id BETWEEN %(first)s AND %(last)s
) c ON c.facts_id = n.facts_id
WHERE c.code_version IS DISTINCT FROM %(code)s OR c.seal IS DISTINCT FROM
      {seal_of(("n.input", "n.place", "n.reading"), (f"c.{name}" for name in accounts.COLUMNS))}
"""  # noqa: S608 - names of this package

_STALE_OFFICIALS = f"""
SELECT coalesce(n.official_id, c.official_id) FROM (
    SELECT i.official_id, i.hash_record_extended AS input, p.place
    FROM ({officials.INPUTS_BETWEEN}) AS i JOIN pg_temp.places p USING (path)
) n FULL JOIN (
    SELECT * FROM accounts_officialcomparison WHERE official_id BETWEEN %(first)s AND %(last)s
) c ON c.official_id = n.official_id
WHERE c.code_version IS DISTINCT FROM %(code)s OR c.seal IS DISTINCT FROM
      {seal_of(("n.input", "n.place"), (f"c.{name}" for name in officials.COLUMNS))}
"""  # noqa: S608 - names of this package


def stale_accounts(first: int, until: int) -> set[int]:
    """Accounts of a half-open range whose comparisons have a seal that does not fit.

    Must run in a transaction.
    """
    known, ordered = agency_names(), duties()
    scope: dict[str, Any] = {"first": first, "last": until - 1, "code": CODE_VERSION}
    scope["handles"] = list(HANDLES)
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute("DROP TABLE IF EXISTS pg_temp.places, pg_temp.now_made, pg_temp.readings")
        places_of(known, ordered).tell()
        cursor.execute(_ACCOUNTS_NOW, scope)
        cursor.execute("ANALYZE pg_temp.now_made (facts_id)")  # how many they are is what the planner needs
        cursor.execute(
            "SELECT DISTINCT agency_shown, coalesce(agency_resolved_id, 0), path FROM pg_temp.now_made"
        )
        shown = cursor.fetchall()
        cursor.execute(_READINGS)
        with cursor.copy("COPY pg_temp.readings FROM STDIN") as copy:
            for text, resolved_id, path in shown:
                read = judge_agency(text=text, resolved_id=resolved_id or None, own_path=path, known=known)
                copy.write_row((text, resolved_id, path, reading_of(read)))
        cursor.execute("ANALYZE pg_temp.readings (reading)")
        cursor.execute(_STALE_ACCOUNTS, scope)
        return {row[0] for row in cursor.fetchall()}


def stale_officials(first: int, until: int) -> set[int]:
    """Officials of a half-open range whose comparisons have a seal that does not fit.

    Must run in a transaction.
    """
    scope: dict[str, Any] = {"first": first, "last": until - 1, "code": CODE_VERSION}
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute("DROP TABLE IF EXISTS pg_temp.places")
        places_of(agency_names(), duties()).tell()
        cursor.execute(_STALE_OFFICIALS, scope)
        return {row[0] for row in cursor.fetchall()}
