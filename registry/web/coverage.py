"""How far branches have declared, from the counters kept with the comparisons: no people are counted."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils import timezone

from accounts.paths import path_end

# An office inside a body that keeps one list has no list of its own to load, nor has a body whose parts have.
# A unit's part of a branch is known by the step of the path right below its top; none is the top itself.
# Whether its parts have a list is asked of the few without one: as a condition, it would be of all there are.
_PARTS: Final = """
SELECT b.branch, nullif(split_part(substr(a.path, length(b.top) + 1), '/', 1), '')::bigint AS step, count(*),
       count(*) FILTER (WHERE a.dissolved_on IS NULL OR a.dissolved_on > %(today)s),
       count(*) FILTER (WHERE (a.dissolved_on IS NULL OR a.dissolved_on > %(today)s)
                          AND coalesce(c.known, 0) = 0),
       count(*) FILTER (WHERE (a.dissolved_on IS NULL OR a.dissolved_on > %(today)s)
                          AND coalesce(c.known, 0) = 0
                          AND NOT (a.kind = 'unit' AND EXISTS (
                              SELECT FROM accounts_agencycoverage p
                              WHERE p.agency_id = a.parent_id AND p.known > 0))
                          AND (
                              SELECT true FROM accounts_agencyrecord r
                              JOIN accounts_agencycoverage k ON k.agency_id = r.agency_id
                              WHERE r.parent_id = a.agency_id AND r.recorded_until IS NULL AND k.known > 0
                              LIMIT 1) IS NULL),
       coalesce(sum(c.staff), 0), coalesce(sum(c.declared), 0), coalesce(sum(c.nil), 0),
       coalesce(sum(c.proposed), 0)
FROM unnest(%(tops)s::text[], %(ends)s::text[]) WITH ORDINALITY AS b(top, top_end, branch)
JOIN accounts_agencyrecord a ON a.path >= b.top COLLATE "C" AND a.path < b.top_end COLLATE "C"
     AND a.recorded_until IS NULL
LEFT JOIN accounts_agencycoverage c ON c.agency_id = a.agency_id
GROUP BY 1, 2
"""


class Part(NamedTuple):
    """The people in post of a part of a branch, and its agencies."""

    units: int = 0  # of any time
    agencies: int = 0  # that exist
    without_list: int = 0  # of those: nobody is on record there
    unlisted: int = 0  # of those: neither the body around it nor what is below it stands on a list either
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


def parts_of(branches: Sequence[str]) -> dict[str, dict[str, Part]]:
    """Branch by branch, what lies right below its top, by step of the path; one query."""
    found: dict[str, dict[str, Part]] = {branch: {} for branch in branches}
    facts: dict[str, Any] = {
        "tops": list(branches),
        "ends": [path_end(branch) for branch in branches],
        "today": timezone.localdate(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, facts)
        for branch, step, *numbers in cursor.fetchall():
            found[branches[branch - 1]][str(step or "")] = Part(*map(int, numbers))
    return found


def whole(parts: dict[str, Part]) -> Part:
    """All parts of a branch together."""
    total = Part()
    for part in parts.values():
        total = total.and_(part)
    return total
