"""Compliance on two days side by side: what was open then, what is open now, and what became of it.

Counted as the compliance list counts, so that a number and the list it leads to say the same: a finding is
where its subject was on record at that instant, and waived or contested ones are not open. One statement of
sets over episodes and records gives the rules and the units together; nothing is asked finding by finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from accounts.models import AgencyRecord
from accounts.paths import before_part, path_end
from registry.rules.rule import Subject


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


@dataclass(frozen=True, slots=True)
class Compared:
    """Two instants side by side."""

    together: Between
    by_rule: dict[str, Between]
    by_unit: dict[int, Between]  # by the id of the unit right below; the branch's own subjects by its own id


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
    return f"""(f.id IN (
            SELECT v.finding_id FROM findings_waiver v JOIN findings_waiverbatch b ON b.id = v.batch_id
            WHERE b.waived_at <= %({name})s AND (v.ended_at IS NULL OR v.ended_at > %({name})s))
        OR f.id IN (
            SELECT k.finding_id FROM findings_contest k
            WHERE k.contested_at <= %({name})s AND (k.closed_at IS NULL OR k.closed_at > %({name})s)))"""  # noqa: S608 - names of ours


def _another(name: str) -> str:
    """Whether the finding had an episode at an instant; asked of those alone whose episode did not last."""
    return f"""EXISTS (SELECT FROM findings_episode o WHERE o.finding_id = f.id
               AND o.opened_at <= %({name})s AND (o.closed_at IS NULL OR o.closed_at > %({name})s))"""


# From the units to their subjects to findings to episodes, each table once: of a department little is left
# after the first steps, of the whole country each is read and hashed.
_STATEMENT = f"""
WITH units AS (  -- the agencies of the branch at each instant, and which part of it each belongs to
    SELECT a.agency_id, bit_or(b.at & {_recorded("a")}) AS at,
           coalesce(nullif(split_part(substr(a.path, b.cut + 1), '/', 1), '')::bigint, a.agency_id) AS part
    FROM unnest(%(from)s::text[], %(to)s::text[], %(cut)s::int[], %(at)s::int[])
         AS b(lower_path, upper_path, cut, at)
    JOIN accounts_agencyrecord a ON a.path >= b.lower_path AND a.path < b.upper_path
    GROUP BY 1, 3
), people AS (
    SELECT r.official_id, u.part, u.at & {_recorded("r")} AS at
    FROM accounts_officialrecord r JOIN units u ON u.agency_id = r.agency_id
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
    JOIN findings_episode e ON e.finding_id = f.id
         AND e.opened_at <= %(now)s AND (e.closed_at IS NULL OR e.closed_at > %(then)s)
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


def compare_instants(
    branches_then: Sequence[str],
    branches_now: Sequence[str],
    then: datetime,
    now: datetime,
    *,
    split: AgencyRecord | None = None,
) -> Compared:
    """Count what stood in some branches at two instants.

    Args:
        branches_then: their paths as they were at the first instant.
        branches_now: their paths at the second.
        then: the first instant (aware).
        now: the second, later one.
        split: the unit whose parts are told apart; without it, the branches themselves are the parts.
    """
    facts = _facts(branches_then, branches_now, split)
    whole = Compared(Between(), {}, {})
    with transaction.atomic(), connection.cursor() as cursor:
        # How many rows a branch has is estimated far too low: row by row, the whole country would cost three
        # times as much; hashed, a department costs a look over the tables.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(_STATEMENT, {**facts, "then": then, "now": now})
        for rule, part, *numbers in cursor.fetchall():
            counted = Between(*numbers)
            if rule is not None:
                whole.by_rule[rule] = counted
            elif part is not None:
                whole.by_unit[part] = counted
            else:
                whole = Compared(counted, whole.by_rule, whole.by_unit)
    return whole


def _facts(
    branches_then: Sequence[str], branches_now: Sequence[str], split: AgencyRecord | None
) -> dict[str, list[str] | list[int]]:
    """The branches as ranges, each with the instant it counts at."""
    rows = [(path, 1) for path in branches_then] + [(path, 2) for path in branches_now]
    top = split.agency_id if split else None
    return {
        "from": [path for path, _at in rows],
        "to": [path_end(path) for path, _at in rows],
        "cut": [before_part(path, top) for path, _at in rows],
        "at": [at for _path, at in rows],
    }
