"""What stands in the largest branches, kept as sums: nobody adds up the agencies of a country for a page.

Whoever changes findings adds rows that say by how much; a sum is all rows of its branch. So two workers, and
a person who waives, never wait for each other over the few rows of a country. `fold` puts them together.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import connection

from registry.findings.models import LIVE_STATES, BranchCounter

#: How many steps of a path have sums of their own, below everything (""): deeper branches have few agencies.
LEVELS: Final = 2

_COLUMNS: Final = ", ".join(LIVE_STATES)
_ZEROS: Final = ", ".join("0" for _name in LIVE_STATES)
_TOGETHER: Final = ", ".join(f"sum({name})" for name in LIVE_STATES)

# Rows of (path, rule, open, …) summed for the branches they lie in: by the two first steps, then for each.
# Every fragment is a literal of this module.
_SUMMED: Final = f"""
SELECT branch.path, rule, {_TOGETHER} FROM (
    SELECT split_part(path, '/', 1) AS first, split_part(path, '/', 2) AS second, rule,
           {", ".join(f"sum({name}) AS {name}" for name in LIVE_STATES)}
    FROM {{rows}} GROUP BY 1, 2, 3
) parts CROSS JOIN LATERAL (
    VALUES (''), (first || '/'), (CASE WHEN second <> '' THEN first || '/' || second || '/' END)
) AS branch(path)
WHERE branch.path IS NOT NULL GROUP BY 1, 2
"""  # noqa: S608 - see above


def _signed(path: str, state: str, sign: int) -> str:
    counts = ", ".join(f"CASE {state} WHEN '{name}' THEN {sign} ELSE 0 END AS {name}" for name in LIVE_STATES)
    return f"SELECT {path} AS path, rule, {counts}"


_ADD: Final = f"INSERT INTO findings_branchcounter (path, rule, {_COLUMNS})"
_CHANGED: Final = f"HAVING ({_TOGETHER}) <> ({_ZEROS})"

#: Adds what the engine's table `diff` takes from branches and gives to branches.
COUNT_DIFF: Final = f"""{_ADD} {
    _SUMMED.format(
        rows=f"({_signed('old_agency_path', 'was', -1)} FROM pg_temp.diff WHERE act <> 'new' UNION ALL "
        f"{_signed('agency_path', 'becomes', 1)} FROM pg_temp.diff) sides"
    )
} {_CHANGED}"""

# One statement sees the findings and the sums of one instant: whoever works meanwhile adds after it.
_COUNT_AGAIN: Final = f"""
{_ADD}
SELECT path, rule, {_TOGETHER} FROM (
    {
    _SUMMED.format(
        rows=f"({_signed('agency_path', 'state', 1)} FROM findings_finding WHERE resolved_at IS NULL) found"
    )
}
    UNION ALL
    SELECT path, rule, {", ".join(f"-{name}" for name in LIVE_STATES)} FROM findings_branchcounter
) AS both_of_them(path, rule, {_COLUMNS}) GROUP BY 1, 2 {_CHANGED}
"""  # noqa: S608 - likewise

_FOLD: Final = f"""
WITH several AS (
    SELECT path, rule FROM findings_branchcounter GROUP BY path, rule HAVING count(*) > 1
), taken AS (
    DELETE FROM findings_branchcounter WHERE id IN (
        SELECT id FROM findings_branchcounter JOIN several USING (path, rule)
        FOR UPDATE OF findings_branchcounter SKIP LOCKED
    ) RETURNING path, rule, {_COLUMNS}
)
{_ADD} SELECT path, rule, {_TOGETHER} FROM taken GROUP BY path, rule {_CHANGED}
"""  # noqa: S608 - likewise

_SUMS: Final = f"""
SELECT rule, {_TOGETHER} FROM findings_branchcounter
WHERE path = ANY(%(branches)s) GROUP BY rule ORDER BY rule
"""  # noqa: S608 - likewise


def kept(branch: str) -> bool:
    """Whether a branch ("": everything) has sums of its own."""
    return branch.count("/") <= LEVELS


def sums(branches: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Per rule, the numbers of LIVE_STATES in branches that are `kept`, none of them below another."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, {"branches": list(branches)})
        return {code: tuple(map(int, counts)) for code, *counts in cursor.fetchall()}


def add(moved: Iterable[tuple[str, str, Sequence[int]]]) -> None:
    """Add (path, rule, numbers of LIVE_STATES) to the branches each path lies in.

    Must run in the transaction that changes the findings.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for path, rule, numbers in moved:
        steps = path.split("/")[:-1][:LEVELS]
        for branch in ("", *("/".join(steps[: count + 1]) + "/" for count in range(len(steps)))):
            sofar = found.get((branch, rule), [0] * len(LIVE_STATES))
            found[branch, rule] = [one + more for one, more in zip(sofar, numbers, strict=True)]
    BranchCounter.objects.bulk_create(
        BranchCounter(path=branch, rule=rule, **dict(zip(LIVE_STATES, numbers, strict=True)))
        for (branch, rule), numbers in found.items()
        if any(numbers)
    )


def fold() -> None:
    """Make one row of the rows of a branch and rule; what somebody else is folding is left to them."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)


def count_again() -> int:
    """Bring all sums in line with the findings; returns how many were wrong: 0 is the proof."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_AGAIN)
        return int(cursor.rowcount)
