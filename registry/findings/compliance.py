"""The auditor's compliance list, as it stands or as it stood: one statement for the screen and the export.

One row a subject (an agency, a page of its own, an official, an account) and finding; a subject with nothing
against it has one row without a rule, so the list also proves who was looked at. Of an agency nobody works in
nothing is asked, so it has no row: that nothing is known of it is not that it is in line. Past instants are
read from records and episodes, which are never rewritten.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from accounts.models import GONE
from accounts.paths import path_end
from registry.rules.catalogue import catalogue
from registry.rules.rule import Subject

_FETCH = 5_000
Key = tuple[str, int, int, str]
_FIRST, _MOST = 16, 32  # agencies looked through at a time for a page: few at first, ...
_ALONE: Final = 8  # ... so many times more where nobody who works there is
_PATIENCE: Final = 0.25  # seconds a page looks on for lines where few match
_BEHIND: Final = 2**63 - 1  # comes after every official of an agency
_NEXT: Final = " "  # behind a path, comes right after it
_ANSWERS: Final = {"waived", "contested"}


class ComplianceRow(NamedTuple):
    """One line of the list; the first four fields are its key, in the order of the list."""

    agency_path: str
    official_id: int  # 0 for the lines of the agency and its pages, which stand before its people's
    account_key: int  # 0 for the agency's or the person's own line
    rule: str  # "" for a subject with nothing against it
    staff_code: str
    full_name: str
    position: str
    agency_code: str
    agency_name: str
    subject: int  # a Subject
    platform: str
    account_shown: str  # the identifier people see; a telephone number is masked
    account_url: str
    standing: str  # unconfirmed, confirmed, "" for whatever is no account
    registered_at: datetime | None
    nil_return: bool
    state: str  # open, unchecked, waived, contested, in_line
    cause: str  # why it could not be checked; of a waived line, the last day it holds (ISO)
    since: datetime | None
    severity: int | None
    article: str
    evidence: dict[str, Any] | None


COLUMNS = ComplianceRow._fields


@dataclass(frozen=True, slots=True)
class ComplianceFilter:
    """What of the list is wanted; an empty filter wants everything."""

    rules: Sequence[str] = ()
    states: Sequence[str] = ()  # open, unchecked, waived, contested, in_line
    subjects: Sequence[Subject] = ()
    platform: str = ""
    staff_code: str = ""


# Accounts somebody owned: a person's, and an agency's pages.
_OWNED = """
SELECT {kind}, t.account_id, t.account_id, c.platform, coalesce(i.shown, ''), coalesce(i.url, ''),
               t.standing, t.recorded_from, false
        FROM accounts_ownership w
        JOIN accounts_entry t ON t.account_id = w.account_id
             AND t.recorded_from <= %(at)s AND (t.recorded_until IS NULL OR t.recorded_until > %(at)s)
        JOIN accounts_account c ON c.id = t.account_id
        LEFT JOIN LATERAL (
            SELECT d.shown, d.url FROM accounts_accountidentifier d WHERE d.account_id = t.account_id
              AND d.recorded_from <= %(at)s AND (d.recorded_until IS NULL OR d.recorded_until > %(at)s)
            ORDER BY d.id LIMIT 1) i ON true
        WHERE {whose} AND {kind} = ANY(%(kinds)s::int[])
          AND w.recorded_from <= %(at)s AND (w.recorded_until IS NULL OR w.recorded_until > %(at)s)
          AND (%(platform)s = '' OR c.platform = %(platform)s)
"""

# Out of the index of paths: what is on record now, and the few that were then and no longer are.
_AGENCIES = """
(SELECT a.agency_id, a.path FROM accounts_agencyrecord a
 WHERE a.recorded_until IS NULL AND a.recorded_from <= %(at)s
   AND a.path >= %(lower)s AND a.path < %(upper)s {conditions} ORDER BY a.path LIMIT %(size)s)
UNION ALL
(SELECT a.agency_id, a.path FROM accounts_agencyrecord a
 WHERE a.recorded_until > %(at)s AND a.recorded_from <= %(at)s
   AND a.path >= %(lower)s AND a.path < %(upper)s {conditions} ORDER BY a.path LIMIT %(size)s)
ORDER BY path LIMIT %(size)s
"""
# where a rule ever spoke it has a counter, since the engine came by
_OF_RULES = (
    "AND EXISTS (SELECT FROM findings_counter c WHERE c.agency_id = a.agency_id AND c.rule = ANY(%(rules)s))"
)
_OF_THESE = "AND a.agency_id = ANY(%(only)s::bigint[])"
_AT = "{0}.recorded_from <= %(at)s AND ({0}.recorded_until IS NULL OR {0}.recorded_until > %(at)s)"
# Where those were on record whose findings were waived or contested: few, wherever they are.
_ANSWERED = f"""
WITH subjects AS (
    SELECT DISTINCT f.subject_kind AS kind, f.subject_id AS id
    FROM findings_finding f JOIN (
        SELECT v.finding_id FROM findings_waiver v JOIN findings_waiverbatch b ON b.id = v.batch_id
        WHERE b.waived_at <= %(at)s AND (v.ended_at IS NULL OR v.ended_at > %(at)s)
        UNION
        SELECT k.finding_id FROM findings_contest k
        WHERE k.contested_at <= %(at)s AND (k.closed_at IS NULL OR k.closed_at > %(at)s)
    ) answered ON answered.finding_id = f.id
), people AS (
    SELECT id FROM subjects WHERE kind = {Subject.OFFICIAL.value}
    UNION ALL
    SELECT w.official_id FROM subjects s JOIN accounts_ownership w ON w.account_id = s.id
    WHERE s.kind = {Subject.ACCOUNT.value} AND {_AT.format("w")}
)
SELECT r.agency_id FROM people p JOIN accounts_officialrecord r ON r.official_id = p.id
WHERE {_AT.format("r")}
UNION
SELECT w.agency_id FROM subjects s JOIN accounts_ownership w ON w.account_id = s.id
WHERE s.kind = {Subject.PAGE.value} AND {_AT.format("w")}
UNION
SELECT id FROM subjects WHERE kind = {Subject.AGENCY.value}
"""  # noqa: S608 - words and numbers of our own
_OF_CODE = """
SELECT r.agency_id
FROM accounts_official o JOIN accounts_officialrecord r ON r.official_id = o.id
WHERE upper(o.staff_code) = upper(%(staff_code)s) AND o.staff_code = %(staff_code)s
  AND r.recorded_from <= %(at)s AND (r.recorded_until IS NULL OR r.recorded_until > %(at)s)
"""

# Agencies and officials come sorted from the inner select, and all the rest is looked up one by one: so lines
# flow from the first moment on, a page costs as much as a page, and nothing else is ever sorted as a whole.
# What nobody asks for is not even looked at: `kinds` are the subjects that may have a line.
LIST = f"""
SELECT p.path, p.official_id, l.account_id, l.rule, p.staff_code, p.full_name, p.position, p.agency_code,
       p.agency_name, l.kind, l.platform, l.shown, l.url, l.standing, l.registered_at, l.nil_return, l.state,
       l.cause, l.opened_at, l.severity, l.article, l.evidence
FROM (
    SELECT a.path, r.official_id, r.agency_id, o.staff_code, r.full_name, r.position, g.code AS agency_code,
           a.name AS agency_name
    FROM accounts_officialrecord r
    JOIN accounts_agencyrecord a ON a.agency_id = r.agency_id
         AND a.recorded_from <= %(at)s AND (a.recorded_until IS NULL OR a.recorded_until > %(at)s)
    JOIN accounts_agency g ON g.id = r.agency_id
    JOIN accounts_official o ON o.id = r.official_id
    WHERE %(kinds)s::int[] && '{{1,2}}'
      AND r.recorded_from <= %(at)s AND (r.recorded_until IS NULL OR r.recorded_until > %(at)s)
      AND EXISTS (SELECT FROM unnest(%(from)s::text[], %(to)s::text[]) AS b(lower_path, upper_path)
                  WHERE a.path >= lower_path AND a.path < upper_path)
      AND (%(agencies)s::bigint[] IS NULL OR r.agency_id = ANY(%(agencies)s::bigint[]))
      AND (%(agencies)s::bigint[] IS NULL OR a.agency_id = ANY(%(agencies)s::bigint[]))  -- said of both
      AND (%(staff_code)s = '' OR o.staff_code = %(staff_code)s)
      AND (%(after_path)s::text IS NULL
           OR (a.path, r.official_id) >= (%(after_path)s, %(after_official)s::bigint))
    UNION ALL
    SELECT a.path, 0::bigint, a.agency_id, ''::varchar, '', '', g.code, a.name
    FROM accounts_agencyrecord a JOIN accounts_agency g ON g.id = a.agency_id
    WHERE %(kinds)s::int[] && '{{3,6}}'
      AND a.recorded_from <= %(at)s AND (a.recorded_until IS NULL OR a.recorded_until > %(at)s)
      AND EXISTS (SELECT FROM unnest(%(from)s::text[], %(to)s::text[]) AS b(lower_path, upper_path)
                  WHERE a.path >= lower_path AND a.path < upper_path)
      AND (%(agencies)s::bigint[] IS NULL OR a.agency_id = ANY(%(agencies)s::bigint[]))
      AND (%(after_path)s::text IS NULL
           OR (a.path, 0::bigint) >= (%(after_path)s, %(after_official)s::bigint))
    ORDER BY path, official_id
) p
CROSS JOIN LATERAL (
    SELECT s.*, coalesce(f.rule, '') AS rule,
           coalesce(CASE WHEN m.until IS NOT NULL THEN 'waived' WHEN m.contested THEN 'contested' END,
                    e.state, 'in_line') AS state,
           coalesce(m.until, e.cause, '') AS cause, e.opened_at, e.severity,
           coalesce(e.article, '') AS article, e.evidence
    FROM (
        SELECT 1 AS kind, p.official_id AS subject_id, 0::bigint AS account_id, '' AS platform, '' AS shown,
               '' AS url, '' AS standing, NULL::timestamptz AS registered_at,
               EXISTS (SELECT FROM accounts_nilreturn n WHERE n.official_id = p.official_id
                       AND n.recorded_from <= %(at)s
                       AND (n.recorded_until IS NULL OR n.recorded_until > %(at)s)) AS nil_return
        WHERE p.official_id > 0 AND 1 = ANY(%(kinds)s::int[])
        UNION ALL
        {_OWNED.format(kind=2, whose="w.official_id = p.official_id AND p.official_id > 0")}
        UNION ALL
        SELECT 3, p.agency_id, 0, '', '', '', '', NULL, false
        WHERE p.official_id = 0 AND 3 = ANY(%(kinds)s::int[])
        UNION ALL
        {_OWNED.format(kind=6, whose="w.agency_id = p.agency_id AND p.official_id = 0")}
    ) s
    LEFT JOIN (
        findings_finding f CROSS JOIN LATERAL (  -- the view of episodes would look for the finding again
            SELECT CASE f.cause WHEN '' THEN 'open' ELSE 'unchecked' END AS state, f.cause, f.article,
                   f.severity, coalesce(f.episode_evidence, f.evidence) AS evidence, f.episode_at AS opened_at
            WHERE f.resolved_at IS NULL AND f.episode_at <= %(at)s
            UNION ALL
            SELECT o.state, o.cause, o.article, o.severity, o.evidence, o.opened_at
            FROM findings_pastepisode o
            WHERE o.finding_id = f.id AND o.opened_at <= %(at)s AND o.closed_at > %(at)s
        ) e
    ) ON f.subject_kind = s.kind AND f.subject_id = s.subject_id
         AND (cardinality(%(rules)s::text[]) = 0 OR f.rule = ANY(%(rules)s))
    LEFT JOIN LATERAL (
        SELECT (SELECT to_char(b.expires_on, 'YYYY-MM-DD')
                FROM findings_waiver v JOIN findings_waiverbatch b ON b.id = v.batch_id
                WHERE v.finding_id = f.id AND b.waived_at <= %(at)s
                  AND (v.ended_at IS NULL OR v.ended_at > %(at)s)) AS until,
               EXISTS (SELECT FROM findings_contest k
                       WHERE k.finding_id = f.id AND k.contested_at <= %(at)s
                         AND (k.closed_at IS NULL OR k.closed_at > %(at)s)) AS contested
    ) m ON f.id IS NOT NULL
    WHERE CASE WHEN cardinality(%(rules)s::text[]) > 0 THEN f.id IS NOT NULL ELSE
       p.official_id > 0 OR s.kind = 6 OR f.id IS NOT NULL
       -- somebody works there; what is on record now and what no longer is have an index each
       OR EXISTS (SELECT FROM accounts_officialrecord n WHERE n.agency_id = p.agency_id
                  AND n.recorded_until IS NULL AND n.recorded_from <= %(at)s AND n.status <> ALL(%(gone)s))
       OR EXISTS (SELECT FROM accounts_officialrecord n WHERE n.agency_id = p.agency_id
                  AND n.recorded_until > %(at)s AND n.recorded_from <= %(at)s AND n.status <> ALL(%(gone)s))
       END
    OFFSET 0  -- each by itself: joined as a whole, nothing would flow before everything is sorted
) l
WHERE (cardinality(%(states)s::text[]) = 0 OR l.state = ANY(%(states)s))
  AND (%(after_path)s::text IS NULL OR (p.path, p.official_id, l.account_id, l.rule)
       > (%(after_path)s, %(after_official)s::bigint, %(after_account)s::bigint, %(after_rule)s))
ORDER BY p.path, p.official_id, l.account_id, l.rule COLLATE "C"
"""  # noqa: S608 - words of our own


def compliance_rows(
    branches: Sequence[str], as_of: datetime, wanted: ComplianceFilter | None = None
) -> Iterator[ComplianceRow]:
    """Stream the list of these branches (agency paths; "" is everything) as it stood at `as_of`.

    Read through a server-side cursor in one transaction: memory stays flat, and no change made meanwhile is
    half seen. Consume it fully or close it.
    """
    wanted = wanted or ComplianceFilter()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(LIST, _facts_of(branches, as_of, wanted, None))
        while rows := cursor.fetchmany(_FETCH):
            yield from map(_row, rows)


def compliance_page(
    branches: Sequence[str],
    as_of: datetime,
    wanted: ComplianceFilter | None = None,
    *,
    after: Key | None = None,
    limit: int = 50,
) -> tuple[list[ComplianceRow], Key | None]:
    """A page of the same list, and the key after which the next one begins, None where the list ends.

    Where few lines match, a page ends when it has looked for long enough, be it empty. A rule's lines are
    looked for where the engine knows it to have spoken: who moved a minute ago may be missing yet.
    """
    facts = _facts_of(branches, as_of, wanted or ComplianceFilter(), after)
    found: list[ComplianceRow] = []
    until = time.monotonic() + _PATIENCE
    with connection.cursor() as cursor:
        for agencies, last in _some_agencies(cursor, facts):
            cursor.execute(f"{LIST} LIMIT {int(limit) + 1 - len(found)}", facts | {"agencies": agencies})
            found += map(_row, cursor.fetchall())
            if len(found) > limit:
                return found[:limit], found[limit - 1][:4]
            if last and time.monotonic() > until:
                return found, (last, _BEHIND, 0, "")
    return found, None


def _some_agencies(cursor: CursorWrapper, facts: dict[str, Any]) -> Iterator[tuple[list[int], str]]:
    """The agencies of a list in its order, a few first: a page is not to put a country's people in order.

    Each time with the path that was come to, "" at the end. Of a staff code, where its bearers work; of what
    was answered, where those are whom it is about.
    """
    if facts["staff_code"]:
        cursor.execute(_OF_CODE, facts)
        yield [agency for (agency,) in cursor.fetchall()], ""
        return
    only = None
    if facts["states"] and _ANSWERS.issuperset(facts["states"]):
        cursor.execute(_ANSWERED, facts)
        only = [agency for (agency,) in cursor.fetchall()]
    conditions = [_OF_RULES] * bool(facts["rules"]) + [_OF_THESE] * (only is not None)
    statement = _AGENCIES.format(conditions=" ".join(conditions))
    times = 1 if {Subject.OFFICIAL.value, Subject.ACCOUNT.value}.intersection(facts["kinds"]) else _ALONE
    last, size = facts["after_path"] or "", _FIRST * times
    if facts["after_official"] == _BEHIND:
        last += _NEXT
    while True:
        rows = _next_agencies(cursor, statement, facts | {"last": last, "size": size, "only": only})
        is_last = len(rows) < size
        if rows:
            yield [agency for agency, _path in rows], "" if is_last else rows[-1][1]
        if is_last:
            return
        last, size = rows[-1][1] + _NEXT, _MOST * times


def _next_agencies(cursor: CursorWrapper, statement: str, facts: dict[str, Any]) -> list[tuple[int, str]]:
    """So many from a path on, branch by branch: so the planner sees of each how large it is."""
    found: list[tuple[int, str]] = []
    for lower, upper in sorted(zip(facts["from"], facts["to"], strict=True)):
        if len(found) < facts["size"] and upper > facts["last"]:
            size = facts["size"] - len(found)
            cursor.execute(
                statement, facts | {"lower": max(lower, facts["last"]), "upper": upper, "size": size}
            )
            found += cursor.fetchall()
    return found


def compliance_statement(
    branches: Sequence[str], as_of: datetime, wanted: ComplianceFilter
) -> tuple[str, dict[str, Any]]:
    """The whole list as a statement and its parameters, for whoever copies it out as text."""
    return LIST, _facts_of(branches, as_of, wanted, None)


def _row(values: tuple[Any, ...]) -> ComplianceRow:
    *rest, evidence = values
    return ComplianceRow._make((*rest, json.loads(evidence) if evidence else None))


def _kinds(wanted: ComplianceFilter) -> set[int]:
    """Which subjects may have a line: a rule speaks of one kind, a platform has accounts, a code people."""
    kinds = {subject.value for subject in wanted.subjects or Subject}
    if wanted.rules:
        known = {rule.code: {rule.subject.value} for rule in catalogue()}
        kinds &= set().union(*(known.get(code, kinds) for code in wanted.rules))
    if wanted.platform:
        kinds &= {Subject.ACCOUNT.value, Subject.PAGE.value}
    if wanted.staff_code:
        kinds -= {Subject.AGENCY.value, Subject.PAGE.value}
    return kinds


def _facts_of(
    branches: Sequence[str],
    as_of: datetime,
    wanted: ComplianceFilter,
    after: Key | None,
) -> dict[str, Any]:
    last = after or (None, None, None, None)
    return {
        "at": as_of,
        "from": list(branches),
        "to": [path_end(branch) if branch else "~" for branch in branches],
        "agencies": None,  # of these alone
        "kinds": sorted(_kinds(wanted)),
        "gone": [status.value for status in GONE],
        "rules": list(wanted.rules),
        "states": list(wanted.states),
        "platform": wanted.platform,
        "staff_code": wanted.staff_code,
        "after_path": last[0],
        "after_official": last[1],
        "after_account": last[2],
        "after_rule": last[3],
    }
