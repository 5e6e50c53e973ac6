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
from accounts.comparison.digests import digest
from accounts.comparison.duties import duties
from accounts.comparison.identifiers import HANDLES
from accounts.comparison.places import places_of
from accounts.comparison.upsert import seal_of
from accounts.comparison.verdicts import CODE_VERSION, judge_agency
from accounts.models import Agency

# Joins of a hundred thousand rows are to stay in memory; compiling such a statement costs more than it saves.
_ROOM = "SET LOCAL client_min_messages = warning; SET LOCAL work_mem = '128MB'; SET LOCAL jit = off"

_ACCOUNTS_NOW = f"""
CREATE TEMP TABLE now_made ON COMMIT DROP AS
SELECT i.account_id, i.facts_id, i.agency_shown, i.agency_resolved_id, i.path COLLATE "C" AS path,
       i.hashtextextended AS input
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
    SELECT * FROM accounts_comparison WHERE account_id >= %(first)s AND account_id < %(until)s
) c ON c.facts_id = n.facts_id
WHERE c.code_version IS DISTINCT FROM %(code)s OR c.seal IS DISTINCT FROM
      {seal_of(("n.input", "n.place", "n.reading"), (f"c.{name}" for name in accounts.COLUMNS))}
"""  # noqa: S608 - names of this package

_STALE_OFFICIALS = f"""
SELECT coalesce(n.official_id, c.official_id) FROM (
    SELECT i.official_id, i.hashtextextended AS input, p.place
    FROM ({officials.INPUTS_BETWEEN}) AS i JOIN pg_temp.places p USING (path)
) n FULL JOIN (
    SELECT * FROM accounts_officialcomparison WHERE official_id >= %(first)s AND official_id < %(until)s
) c ON c.official_id = n.official_id
WHERE c.code_version IS DISTINCT FROM %(code)s OR c.seal IS DISTINCT FROM
      {seal_of(("n.input", "n.place"), (f"c.{name}" for name in officials.COLUMNS))}
"""  # noqa: S608 - names of this package


def stale_accounts(first: int, until: int, *, week: int) -> list[int]:
    """Accounts of a half-open range whose comparisons are to be made again, in order.

    Those whose seal does not fit, and each week another 52nd of all, whatever their seal: so that within a
    year every row was made from nothing but the book. Must run in a transaction.
    """
    known, ordered = agency_names(), duties()
    scope: dict[str, Any] = {"first": first, "until": until, "code": CODE_VERSION, "handles": list(HANDLES)}
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute("DROP TABLE IF EXISTS pg_temp.places, pg_temp.now_made, pg_temp.readings")
        places_of(known, ordered).tell()
        cursor.execute(_ACCOUNTS_NOW, scope)
        cursor.execute("ANALYZE pg_temp.now_made")
        cursor.execute(
            "SELECT DISTINCT agency_shown, coalesce(agency_resolved_id, 0), path FROM pg_temp.now_made"
        )
        shown = cursor.fetchall()
        cursor.execute(_READINGS)
        with cursor.copy("COPY pg_temp.readings FROM STDIN") as copy:
            for text, resolved_id, path in shown:
                read = judge_agency(text=text, resolved_id=resolved_id or None, own_path=path, known=known)
                copy.write_row((text, resolved_id, path, digest(read)))
        cursor.execute("ANALYZE pg_temp.readings")
        cursor.execute(_STALE_ACCOUNTS, scope)
        return sorted({row[0] for row in cursor.fetchall()} | _in_turn("accounts_account", scope, week))


def stale_officials(first: int, until: int, *, week: int) -> list[int]:
    """Officials of a half-open range whose comparisons are to be made again: see `stale_accounts`."""
    scope: dict[str, Any] = {"first": first, "until": until, "code": CODE_VERSION}
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute("DROP TABLE IF EXISTS pg_temp.places")
        places_of(agency_names(), duties()).tell()
        cursor.execute(_STALE_OFFICIALS, scope)
        return sorted({row[0] for row in cursor.fetchall()} | _in_turn("accounts_official", scope, week))


def _in_turn(table: str, scope: dict[str, Any], week: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            # a table of ours
            f"SELECT id FROM {table} WHERE id >= %(first)s AND id < %(until)s AND id %% 52 = %(week)s",  # noqa: S608
            scope | {"week": week % 52},
        )
        return {row[0] for row in cursor.fetchall()}


def stale_agencies(first: int, until: int, *, week: int) -> list[int]:
    """Every agency of a half-open range: they are few, and one statement compares them all."""
    del week
    agencies = Agency.objects.filter(pk__gte=first, pk__lt=until)
    return list(agencies.order_by("pk").values_list("pk", flat=True))
