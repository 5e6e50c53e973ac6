"""Compliance on two days side by side: what was open then, what is open now, and what became of it.

Counted as the compliance list counts, so that a number and the list it leads to say the same: a finding is
where its subject was on record at that instant, and waived or contested ones are not open. One statement of
sets over episodes and records gives the rules and the units together; nothing is asked finding by finding.
Every look is at an instant that is over, so a large branch may be counted piece by piece, and added up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction

from accounts.paths import before_part, path_end
from registry.rules.rule import Subject

_Key = TypeVar("_Key", str, int)
PIECE = 2_000  # people and agencies counted at once: a tenth of a second


@dataclass(slots=True)
class Between:
    """How many findings stood at each of two instants, of a rule or of a unit."""

    then: int = 0  # open at the first instant
    resolved: int = 0  # open then, and not standing in any way at the second
    opened: int = 0  # open at the second, and not standing in any way at the first
    now: int = 0  # open at the second instant
    unchecked_then: int = 0
    unchecked_now: int = 0

    @property
    def otherwise(self) -> int:
        """What neither opened nor resolved: waived, contested, no longer so, or come and gone with people."""
        return self.now - self.then - self.opened + self.resolved

    def __bool__(self) -> bool:
        return bool(self.then or self.now or self.unchecked_then or self.unchecked_now)

    def __add__(self, other: "Between") -> "Between":
        return Between(*map(sum, zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Compared:
    """Two instants side by side."""

    together: Between = field(default_factory=Between)
    by_rule: Mapping[str, Between] = field(default_factory=dict)
    by_unit: Mapping[int, Between] = field(default_factory=dict)  # right below; the branch's own: its id

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(
            self.together + other.together,
            _sums(self.by_rule, other.by_rule),
            _sums(self.by_unit, other.by_unit),
        )


def _sums(one: Mapping[_Key, Between], more: Mapping[_Key, Between]) -> dict[_Key, Between]:
    return {key: one.get(key, Between()) + more.get(key, Between()) for key in {**one, **more}}


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared: some branches as they hung at two instants, the second of them the later.

    Args:
        branches_then: their paths as they were at the first instant.
        branches_now: their paths at the second.
        then: the first instant (aware).
        now: the second.
        split: the unit whose parts are told apart; without it, the branches themselves are the parts.
    """

    branches_then: Sequence[str]
    branches_now: Sequence[str]
    then: datetime
    now: datetime
    split: int | None = None


def _at(row: str, since: str, until: str) -> str:
    """At which of the two instants a row stood: bit 1 the first, bit 2 the second."""
    first, second = (
        f"CASE WHEN {row}.{since} <= %({name})s AND ({row}.{until} IS NULL OR {row}.{until} > %({name})s)"
        f" THEN {bit} ELSE 0 END"
        for bit, name in ((1, "then"), (2, "now"))
    )
    return f"({first} + {second})"


def _recorded(row: str) -> str:
    return _at(row, "recorded_from", "recorded_until")


def _answered(name: str) -> str:
    """Whether a finding was waived or contested at an instant."""
    return f"""(EXISTS (
            SELECT FROM findings_waiver v JOIN findings_waiverbatch b ON b.id = v.batch_id
            WHERE v.finding_id = f.id AND b.waived_at <= %({name})s
              AND (v.ended_at IS NULL OR v.ended_at > %({name})s))
        OR EXISTS (
            SELECT FROM findings_contest k WHERE k.finding_id = f.id
            AND k.contested_at <= %({name})s AND (k.closed_at IS NULL OR k.closed_at > %({name})s)))"""  # noqa: S608 - names of ours


def _another(name: str) -> str:
    """Whether the finding had an episode at an instant; asked of those alone whose episode did not last."""
    return f"""EXISTS (SELECT FROM findings_episode o WHERE o.finding_id = f.id
               AND o.opened_at <= %({name})s AND (o.closed_at IS NULL OR o.closed_at > %({name})s))"""


# From the units to their subjects to findings to episodes, each by its index: the cost is the piece's.
_STATEMENT = f"""
WITH units AS (  -- the agencies of the branch at each instant, and which part of it each belongs to
    SELECT a.agency_id, bit_or(b.at & {_recorded("a")}) AS at,
           coalesce(nullif(split_part(substr(a.path, b.cut + 1), '/', 1), '')::bigint, a.agency_id) AS part
    FROM unnest(%(from)s::text[], %(to)s::text[], %(cut)s::int[], %(at)s::int[])
         AS b(lower_path, upper_path, cut, at)
    JOIN accounts_agencyrecord a ON a.path >= b.lower_path AND a.path < b.upper_path
    GROUP BY 1, 3
), people AS (  -- what is on record now and what no longer is have an index each
    SELECT r.official_id, u.part, u.at & {_recorded("r")} AS at
    FROM units u JOIN accounts_officialrecord r ON r.agency_id = u.agency_id AND r.recorded_until IS NULL
    WHERE u.at & {_recorded("r")} > 0
    UNION ALL
    SELECT r.official_id, u.part, u.at & {_recorded("r")}
    FROM units u JOIN accounts_officialrecord r ON r.agency_id = u.agency_id AND r.recorded_until IS NOT NULL
    WHERE u.at & {_recorded("r")} > 0
), subjects AS (  -- each is in one place at each instant
    SELECT {Subject.OFFICIAL.value} AS kind, official_id AS id, part, at FROM people
    UNION ALL
    SELECT {Subject.ACCOUNT.value}, w.account_id, p.part, p.at & {_recorded("w")}
    FROM people p JOIN accounts_ownership w ON w.official_id = p.official_id
    UNION ALL
    SELECT {Subject.AGENCY.value}, agency_id, part, at FROM units
    UNION ALL
    SELECT {Subject.PAGE.value}, w.account_id, u.part, u.at & {_recorded("w")}
    FROM units u JOIN accounts_ownership w ON w.agency_id = u.agency_id
), stood AS (
    SELECT f.rule, s.part, e.state = 'open' AS is_open, s.at & {_at("e", "opened_at", "closed_at")} AS at,
           CASE WHEN e.opened_at > %(then)s THEN {_another("then")} ELSE true END AS before,
           CASE WHEN e.closed_at <= %(now)s THEN {_another("now")} ELSE true END AS after,
           {_answered("then")} AS answered_then, {_answered("now")} AS answered_now
    FROM subjects s
    JOIN findings_finding f ON f.subject_kind = s.kind AND f.subject_id = s.id
    CROSS JOIN LATERAL (
        SELECT state, opened_at, closed_at FROM findings_episode
        WHERE finding_id = f.id AND opened_at <= %(now)s AND (closed_at IS NULL OR closed_at > %(then)s)
        OFFSET 0  -- asked finding by finding
    ) e
    WHERE s.at > 0
)
SELECT rule, part,
       count(*) FILTER (WHERE at & 1 > 0 AND is_open AND NOT answered_then),
       count(*) FILTER (WHERE at & 1 > 0 AND is_open AND NOT answered_then AND NOT after),
       count(*) FILTER (WHERE at & 2 > 0 AND is_open AND NOT answered_now AND NOT before),
       count(*) FILTER (WHERE at & 2 > 0 AND is_open AND NOT answered_now),
       count(*) FILTER (WHERE at & 1 > 0 AND NOT is_open AND NOT answered_then),
       count(*) FILTER (WHERE at & 2 > 0 AND NOT is_open AND NOT answered_now)
FROM stood
WHERE at > 0
GROUP BY GROUPING SETS ((rule), (part), ())
"""  # noqa: S608 - names and numbers of ours, nothing from outside


# The agencies of some branches at an instant, in the order of their paths, cut where so many have gone by.
_PIECES = """
SELECT min(path), count(*) + sum(known)
FROM (
    SELECT a.path, known, (sum(known + 1) OVER (ORDER BY a.path) - known - 1) / %(size)s AS piece
    FROM (
        SELECT a.path, coalesce(c.known, 0) AS known
        FROM unnest(%(from)s::text[], %(to)s::text[]) AS b(lower_path, upper_path)
        JOIN accounts_agencyrecord a ON a.path >= b.lower_path AND a.path < b.upper_path
             AND a.recorded_from <= %(at)s AND (a.recorded_until IS NULL OR a.recorded_until > %(at)s)
        LEFT JOIN accounts_agencycoverage c ON c.agency_id = a.agency_id
    ) a
) a
GROUP BY piece ORDER BY piece
"""


def pieces(sides: Sides) -> tuple[int, list[str]]:
    """How many people and agencies the second instant's branches have, and the paths to cut them at."""
    facts: dict[str, Any] = {
        "from": list(sides.branches_now),
        "to": [path_end(path) for path in sides.branches_now],
        "at": sides.now,
        "size": PIECE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PIECES, facts)
        found = cursor.fetchall()
    return sum(int(size) for _path, size in found), [path for path, _size in found[1:]]


def is_large(sides: Sides) -> bool:
    """Whether comparing at once would keep a page waiting."""
    return pieces(sides)[0] > PIECE


def compare_instants(sides: Sides, *, after: str = "", before: str = "") -> Compared:
    """Count what stood in some branches at two instants.

    Args:
        sides: what is compared.
        after: of the agencies, only those whose paths are this one or after it; "" for all.
        before: only those whose paths come before it; "" for all.
    """
    facts = _facts(sides, after, before)
    together, by_rule, by_unit = Between(), {}, {}
    with transaction.atomic(), connection.cursor() as cursor:
        # How many rows a unit has cannot be told from outside; hashed, each would cost a whole table.
        cursor.execute("SET LOCAL enable_hashjoin = off")
        cursor.execute("SET LOCAL enable_mergejoin = off")
        cursor.execute(_STATEMENT, {**facts, "then": sides.then, "now": sides.now})
        for rule, part, *numbers in cursor.fetchall():
            counted = Between(*numbers)
            if rule is not None:
                by_rule[rule] = counted
            elif part is not None:
                by_unit[part] = counted
            else:
                together = counted
    return Compared(together, by_rule, by_unit)


def _facts(sides: Sides, after: str, before: str) -> dict[str, list[str] | list[int]]:
    """The branches as ranges, as far as they lie in the piece, each with the instant it counts at."""
    rows = [
        (max(path, after), min(path_end(path), before or path_end(path)), before_part(path, sides.split), at)
        for at, paths in ((1, sides.branches_then), (2, sides.branches_now))
        for path in paths
    ]
    inside = [row for row in rows if row[0] < row[1]]
    return {
        "from": [row[0] for row in inside],
        "to": [row[1] for row in inside],
        "cut": [row[2] for row in inside],
        "at": [row[3] for row in inside],
    }
