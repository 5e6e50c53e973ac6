"""How far branches have declared: nobody goes through the agencies of a country for a page.

The parts of large branches (the provinces of the country, the communes of a province) are kept added up.
Whoever changes the coverage or the record of an agency leaves a mark in the same transaction (by trigger),
and waits for nobody; whoever reads takes what is kept, and counts afresh the few parts that are marked.
`add_up_branches` takes the marks up. So a page is right at any moment, and quick while little is marked.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from accounts.paths import outermost, path_end

#: How many steps the path of a branch has whose parts are kept added up.
LARGE: Final = (1, 2)


class Part(NamedTuple):
    """The people in post of a part of a branch, and its agencies."""

    units: int = 0  # of any time
    agencies: int = 0  # that exist
    unlisted: int = 0  # of those: without a list of their own or of their parts; offices: of the body around
    staff: int = 0
    declared: int = 0
    nil: int = 0
    proposed: int = 0  # neither declared nor nil, but a declaration waits for review

    @property
    def missing(self) -> int:
        """Those who have not said anything."""
        return self.staff - self.declared - self.nil - self.proposed

    def and_(self, other: "Part") -> "Part":
        """Both together."""
        return Part(*(one + more for one, more in zip(self, other, strict=True)))


_NUMBERS: Final = ", ".join(Part._fields)
_AFTER_ITSELF: Final = " "  # behind a path, comes after it and before all that lies below it
_EVERYTHING: Final = ("0", ":")  # before and behind every digit a path can begin with

_IN_RANGES: Final = """
JOIN accounts_agencyrecord a ON a.path >= b.lower_path COLLATE "C" AND a.path < b.upper_path COLLATE "C"
     AND a.recorded_until IS NULL
"""
# An office inside a body that keeps one list has no list of its own to load, nor has a body whose parts have.
# Whether its parts have a list is asked of the few without one: as a condition, it would be of all there are.
_EXISTS: Final = "(a.dissolved_on IS NULL OR a.dissolved_on > %(today)s)"
_COUNTED: Final = f"""
       count(*) AS units, count(*) FILTER (WHERE {_EXISTS}) AS agencies,
       count(*) FILTER (WHERE {_EXISTS} AND coalesce(c.known, 0) = 0
                          AND NOT (a.kind = 'unit' AND EXISTS (
                              SELECT FROM accounts_agencycoverage p
                              WHERE p.agency_id = a.parent_id AND p.known > 0))
                          AND (
                              SELECT true FROM accounts_agencyrecord r
                              JOIN accounts_agencycoverage k ON k.agency_id = r.agency_id
                              WHERE r.parent_id = a.agency_id AND r.recorded_until IS NULL AND k.known > 0
                              LIMIT 1) IS NULL) AS unlisted,
       coalesce(sum(c.staff), 0) AS staff, coalesce(sum(c.declared), 0) AS declared,
       coalesce(sum(c.nil), 0) AS nil, coalesce(sum(c.proposed), 0) AS proposed
"""  # noqa: S608 - words of ours

# A unit's part of a branch is known by the step of the path right below its top; none is the top itself.
# What is counted here is few: each is looked up, where the planner would go through the counters of all.
_COUNT: Final = f"""
SELECT b.top, split_part(substr(a.path, length(b.top) + 1), '/', 1), {_COUNTED}
FROM unnest(%(tops)s::text[], %(from)s::text[], %(to)s::text[]) AS b(top, lower_path, upper_path)
{_IN_RANGES}
LEFT JOIN LATERAL (SELECT * FROM accounts_agencycoverage WHERE agency_id = a.agency_id OFFSET 0) c ON true
GROUP BY 1, 2
"""  # noqa: S608 - likewise

# Parts that are not as they were added up: where a marked agency is and where it ever was, and those of which
# an agency has ended since. A mark above takes all of them in: a unit may stand on the list of its parent.
_STALE: Final = """
SELECT path FROM accounts_branchcoverage WHERE {kept} AND holds_until <= %(today)s
UNION
SELECT substring(path from %(within)s::text) FROM accounts_agencyrecord WHERE agency_id = ANY({marked})
"""
_MARKED: Final = "ARRAY(SELECT DISTINCT agency_id FROM accounts_coveragemark)"

# What is kept of branches, and without numbers what of them is to be counted: one statement sees both.
_READ: Final = f"""
WITH stale AS ({_STALE.format(kept="above = ANY(%(tops)s)", marked=_MARKED)})
SELECT t.top, s.path, true, {", ".join("0" for _name in Part._fields)}
FROM unnest(%(tops)s::text[], %(ends)s::text[]) AS t(top, top_end)
JOIN stale s ON s.path >= t.top COLLATE "C" AND s.path < t.top_end COLLATE "C" OR starts_with(t.top, s.path)
UNION ALL
SELECT above, path, false, {_NUMBERS}
FROM accounts_branchcoverage c
WHERE above = ANY(%(tops)s) AND NOT EXISTS (SELECT FROM stale s WHERE starts_with(c.path, s.path))
"""  # noqa: S608 - likewise

# The parts that lie in some ranges of paths.
_ADDED_UP: Final = f"""
SELECT substring(a.path from %(part)s::text) AS path, substring(a.path from %(above)s::text) AS above,
       {_COUNTED},
       min(a.dissolved_on) FILTER (WHERE a.dissolved_on > %(today)s) AS holds_until
FROM unnest(%(from)s::text[], %(to)s::text[]) AS b(lower_path, upper_path)
{_IN_RANGES}
LEFT JOIN accounts_agencycoverage c ON c.agency_id = a.agency_id
WHERE a.path ~ %(part)s::text
GROUP BY 1, 2
"""  # noqa: S608 - likewise
_KEPT: Final = "path ~ (%(part)s::text || '$')"
_FORGET: Final = f"""
DELETE FROM accounts_branchcoverage c
USING unnest(%(from)s::text[], %(to)s::text[]) AS b(lower_path, upper_path)
WHERE c.path >= b.lower_path COLLATE "C" AND c.path < b.upper_path COLLATE "C" AND {_KEPT}
"""  # noqa: S608 - likewise
_KEEP: Final = f"INSERT INTO accounts_branchcoverage (path, above, {_NUMBERS}, holds_until) {_ADDED_UP}"
# Who adds up holds this, so that no older sum is written over a newer one. Readers do not wait for it.
_HOLD: Final = "LOCK TABLE accounts_branchcoverage IN SHARE ROW EXCLUSIVE MODE"
_TAKE: Final = """
WITH taken AS (DELETE FROM accounts_coveragemark RETURNING agency_id) SELECT DISTINCT agency_id FROM taken
"""
# One statement sees what is counted, what is kept and what is marked at one instant.
_WRONG: Final = f"""
WITH stale AS ({_STALE.format(kept=_KEPT, marked=_MARKED)}), now AS ({_ADDED_UP}),
     kept AS (SELECT * FROM accounts_branchcoverage WHERE {_KEPT})
SELECT count(*) FROM now n FULL JOIN kept k ON k.path = n.path
WHERE ({", ".join(f"n.{name}" for name in ("above", *Part._fields, "holds_until"))})
      IS DISTINCT FROM ({", ".join(f"k.{name}" for name in ("above", *Part._fields, "holds_until"))})
  AND NOT EXISTS (SELECT FROM stale s WHERE starts_with(coalesce(k.path, n.path), s.path))
"""  # noqa: S608 - likewise


def parts_of(branches: Sequence[str]) -> dict[str, dict[str, Part]]:
    """Branch by branch, what lies right below its top, by step of the path ("": the top itself)."""
    found: dict[str, dict[str, Part]] = {branch: {} for branch in branches}
    ranges = [(top, top, path_end(top)) for top in branches if top.count("/") not in LARGE]
    with connection.cursor() as cursor:
        for steps in LARGE:
            tops = [top for top in branches if top.count("/") == steps]
            if not tops:
                continue
            cursor.execute(_READ, {**_facts(steps), "tops": tops, "ends": [*map(path_end, tops)]})
            stale: dict[str, list[str]] = {top: [] for top in tops}
            for top, path, is_stale, *numbers in cursor.fetchall():
                if is_stale:
                    stale[top].append(path)
                else:
                    found[top][path.split("/")[-2]] = Part(*numbers)
            for top, paths in stale.items():
                if any(top.startswith(path) for path in paths):
                    ranges.append((top, top, path_end(top)))
                else:
                    ranges.append((top, top, top + _AFTER_ITSELF))
                    ranges += [(top, path, path_end(path)) for path in outermost(paths)]
        if ranges:
            starts, lower, upper = map(list, zip(*ranges, strict=True))
            cursor.execute(
                _COUNT, {"tops": starts, "from": lower, "to": upper, "today": timezone.localdate()}
            )
            for top, step, *numbers in cursor.fetchall():
                found[top][step] = Part(*map(int, numbers))
    return found


def whole(parts: dict[str, Part]) -> Part:
    """All parts of a branch together."""
    total = Part()
    for part in parts.values():
        total = total.and_(part)
    return total


@transaction.atomic
def add_up_branches() -> int:
    """Take up the marks, and add up again the parts they are about; returns how many agencies were marked."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD)
        cursor.execute(_TAKE)
        agencies = [agency for (agency,) in cursor.fetchall()]
        for steps in LARGE:
            facts = {**_facts(steps), "agencies": agencies}
            cursor.execute(_STALE.format(kept=_KEPT, marked="%(agencies)s::bigint[]"), facts)
            stale = outermost(path for (path,) in cursor.fetchall())
            if stale:
                # These see whatever the marks were left for; what changes meanwhile leaves marks of its own.
                facts |= {"from": stale, "to": [*map(path_end, stale)]}
                cursor.execute(_FORGET, facts)
                cursor.execute(_KEEP, facts)
    return len(agencies)


@transaction.atomic
def recount_branches() -> int:
    """Bring what is kept in line with the agencies; returns how many parts were wrong: 0 is the proof.

    What is marked meanwhile is not wrong: nobody takes its sum for true.
    """
    add_up_branches()
    wrong = 0
    with connection.cursor() as cursor:
        for steps in LARGE:
            facts = {**_facts(steps), "from": [_EVERYTHING[0]], "to": [_EVERYTHING[1]]}
            cursor.execute(_WRONG, facts)
            (count,) = cursor.fetchone()
            if count:
                cursor.execute(_FORGET, facts)
                cursor.execute(_KEEP, facts)
            wrong += int(count)
    return wrong


def _facts(steps: int) -> dict[str, Any]:
    """What all statements ask for, of the parts of branches with so many steps."""
    return {
        "today": timezone.localdate(),
        "above": f"^(?:[0-9]+/){{{steps}}}",
        "part": f"^(?:[0-9]+/){{{steps + 1}}}",
        "within": f"^(?:[0-9]+/){{1,{steps + 1}}}",  # a part, or what is above it
    }
