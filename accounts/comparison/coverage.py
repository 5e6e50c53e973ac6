"""Counters of coverage: kept in the transaction that compares the people, so that nobody counts millions."""

from collections.abc import Sequence
from typing import Final

from django.db import connection, transaction

from accounts.models import OwnerStatus

_COUNTED: Final = ("known", "staff", "declared", "nil", "proposed")
_IN_POST = f"status = {OwnerStatus.IN_POST.value}"
#: What the comparisons of people say, agency by agency.
COUNTED_NOW: Final = f"""
SELECT agency_id, count(*) AS known, count(*) FILTER (WHERE {_IN_POST}) AS staff,
       count(*) FILTER (WHERE {_IN_POST} AND accounts > 0) AS declared,
       count(*) FILTER (WHERE {_IN_POST} AND accounts = 0 AND nil) AS nil,
       count(*) FILTER (WHERE {_IN_POST} AND accounts = 0 AND NOT nil AND proposed > 0) AS proposed
FROM accounts_officialcomparison WHERE {{among}} GROUP BY agency_id
"""  # noqa: S608 - numbers and names of ours
_OF_SOME: Final = COUNTED_NOW.format(among="official_id = ANY(%s)")

# Counters are locked in one order by everybody, so that two workers wait for each other and never deadlock.
_ADD: Final = (
    """
    INSERT INTO accounts_agencycoverage (agency_id) SELECT id FROM unnest(%s::bigint[]) AS t(id) ORDER BY id
    ON CONFLICT (agency_id) DO NOTHING""",
    """
    SELECT count(*) FROM (SELECT FROM accounts_agencycoverage WHERE agency_id = ANY(%s)
                          ORDER BY agency_id FOR NO KEY UPDATE) AS held""",
    f"""
    UPDATE accounts_agencycoverage c SET {", ".join(f"{name} = c.{name} + d.{name}" for name in _COUNTED)}
    FROM unnest(%s::bigint[], {", ".join("%s::int[]" for _name in _COUNTED)})
         AS d(agency_id, {", ".join(_COUNTED)})
    WHERE c.agency_id = d.agency_id""",  # noqa: S608 - names of ours
)

Counts = dict[int, tuple[int, ...]]  # agency → numbers in the order of _COUNTED


def counted(official_ids: Sequence[int]) -> Counts:
    """What these people's comparisons add to the counters, agency by agency."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_SOME, [list(official_ids)])
        return {agency_id: tuple(numbers) for agency_id, *numbers in cursor.fetchall()}


def count_again(before: Counts, after: Counts) -> None:
    """Bring the counters from what some people added before to what they add now.

    Must run in the transaction that compared them, the people held since before `before` was counted. Where
    nothing differs, nothing is written.
    """
    nothing = (0,) * len(_COUNTED)
    added = {
        agency_id: [
            new - old
            for old, new in zip(before.get(agency_id, nothing), after.get(agency_id, nothing), strict=True)
        ]
        for agency_id in sorted(before.keys() | after.keys())
        if before.get(agency_id, nothing) != after.get(agency_id, nothing)
    }
    if not added:
        return
    agencies = list(added)
    with connection.cursor() as cursor:
        cursor.execute(_ADD[0], [agencies])
        cursor.execute(_ADD[1], [agencies])
        cursor.execute(_ADD[2], [agencies, *(list(column) for column in zip(*added.values(), strict=True))])


@transaction.atomic
def recount() -> int:
    """Bring every counter in line with the comparisons; returns how many differed: 0 is the proof.

    Holds all counters while it counts, so that no comparison is counted half.
    """
    numbers = ", ".join(_COUNTED)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_agencycoverage IN EXCLUSIVE MODE")
        cursor.execute(
            f"""
            WITH now AS ({COUNTED_NOW.format(among="true")}), differing AS (
                SELECT coalesce(n.agency_id, c.agency_id) AS agency_id,
                       {", ".join(f"coalesce(n.{name}, 0) AS {name}" for name in _COUNTED)}
                FROM now n FULL JOIN accounts_agencycoverage c USING (agency_id)
                WHERE ({", ".join(f"coalesce(n.{name}, 0)" for name in _COUNTED)})
                   <> ({", ".join(f"coalesce(c.{name}, 0)" for name in _COUNTED)})
            )
            INSERT INTO accounts_agencycoverage (agency_id, {numbers})
            SELECT agency_id, {numbers} FROM differing
            ON CONFLICT (agency_id) DO UPDATE SET
                {", ".join(f"{name} = excluded.{name}" for name in _COUNTED)}
            """  # noqa: S608 - names of ours
        )
        return int(cursor.rowcount)
