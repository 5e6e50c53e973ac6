"""From masks to findings: what opened, what resolved, written in sets.

Three temporary tables live as long as the connection and are empty between transactions: `offending` (the
rows a set rule names), `judged` (the rows looked at, with their masks as they should be) and `diff` (what has
to become of which finding).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from registry.findings.branches import COUNT_DIFF
from registry.findings.evidence import evidence_sql
from registry.findings.models import LIVE_STATES, Run
from registry.rules.bindings import bindings_of
from registry.rules.rule import Rule, Subject


@dataclass(frozen=True, slots=True)
class Totals:
    """What a piece of work came to."""

    subjects: int = 0
    opened: int = 0
    resolved: int = 0
    differences: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.subjects + other.subjects,
            self.opened + other.opened,
            self.resolved + other.resolved,
            self.differences + other.differences,
        )


_PREPARE = (
    """CREATE TEMP TABLE IF NOT EXISTS judged (
        pk bigint, subject_id bigint NOT NULL, official_id bigint, agency_id bigint,
        agency_path text COLLATE "C", profile smallint, fired bigint NOT NULL, unchecked bigint NOT NULL
    ) ON COMMIT DELETE ROWS""",
    """CREATE TEMP TABLE IF NOT EXISTS diff (
        act text NOT NULL, finding_id bigint NOT NULL, rule text NOT NULL, pk bigint,
        subject_id bigint NOT NULL, official_id bigint, agency_id bigint NOT NULL,
        agency_path text COLLATE "C" NOT NULL, old_agency_id bigint,
        old_agency_path text COLLATE "C",
        was text NOT NULL, becomes text NOT NULL, cause text NOT NULL, article text NOT NULL,
        severity smallint NOT NULL, version smallint NOT NULL, gone boolean NOT NULL,
        evidence jsonb NOT NULL DEFAULT '{}', told jsonb
    ) ON COMMIT DELETE ROWS""",
    "CREATE TEMP TABLE IF NOT EXISTS offending (pk bigint NOT NULL) ON COMMIT DELETE ROWS",
    "TRUNCATE pg_temp.judged, pg_temp.diff, pg_temp.offending",
)

_DIFF = """
WITH rules AS (
    SELECT * FROM unnest(%(rules)s::text[], %(masks)s::bigint[], %(versions)s::smallint[], %(causes)s::text[])
        AS t(rule, mask, version, cause)
), bound AS (
    SELECT * FROM unnest(%(b_rules)s::text[], %(b_profiles)s::smallint[], %(b_articles)s::text[],
                         %(b_severities)s::smallint[]) AS t(rule, profile, article, severity)
), wanted AS (
    SELECT j.*, r.rule, r.version, b.article, b.severity,
           CASE WHEN j.unchecked & r.mask <> 0 THEN 'unchecked' ELSE 'open' END AS state,
           CASE WHEN j.unchecked & r.mask <> 0 THEN r.cause ELSE '' END AS cause
    FROM pg_temp.judged j
    JOIN rules r ON (j.fired | j.unchecked) & r.mask <> 0
    JOIN bound b ON b.rule = r.rule AND b.profile = j.profile
), standing AS (
    SELECT f.*, j.pk IS NULL AS gone
    FROM findings_finding f JOIN pg_temp.judged j ON j.subject_id = f.subject_id
    WHERE f.subject_kind = %(kind)s AND f.rule = ANY(%(rules)s)
), met AS (
    SELECT CASE WHEN s.id IS NULL THEN 'new'
                WHEN w.rule IS NULL THEN CASE WHEN s.state <> 'resolved' THEN 'resolve' END
                WHEN s.state = 'resolved' THEN 'reopen'
                WHEN s.cause <> w.cause THEN 'switch'
                WHEN (s.article, s.severity) <> (w.article, w.severity) THEN 'reweigh'
                WHEN (s.official_id, s.agency_id, s.agency_path)
                     IS DISTINCT FROM (w.official_id, w.agency_id, w.agency_path) THEN 'move'
                WHEN w.rule = ANY(%(telling)s) THEN 'same' END AS act,
           s.id, coalesce(w.rule, s.rule) AS rule, w.pk, coalesce(w.subject_id, s.subject_id) AS subject_id,
           CASE WHEN w.rule IS NULL THEN s.official_id ELSE w.official_id END AS official_id,
           coalesce(w.agency_id, s.agency_id) AS agency_id,
           coalesce(w.agency_path, s.agency_path) AS agency_path, s.agency_id AS old_agency_id,
           s.agency_path AS old_agency_path, coalesce(s.state, 'resolved') AS was,
           CASE WHEN w.rule IS NULL THEN 'resolved'
                WHEN s.state IN ('waived', 'contested') THEN s.state ELSE w.state END AS becomes,
           coalesce(w.cause, '') AS cause, coalesce(w.article, s.article) AS article,
           coalesce(w.severity, s.severity) AS severity, coalesce(w.version, s.rule_version) AS version,
           coalesce(s.gone, false) AS gone, s.evidence
    FROM wanted w FULL JOIN standing s ON s.subject_id = w.subject_id AND s.rule = w.rule
)
INSERT INTO pg_temp.diff (act, finding_id, rule, pk, subject_id, official_id, agency_id, agency_path,
                          old_agency_id, old_agency_path, was, becomes, cause, article, severity, version,
                          gone, told)
SELECT act, coalesce(id, nextval(pg_get_serial_sequence('findings_finding', 'id'))), rule, pk, subject_id,
       official_id, agency_id, agency_path, old_agency_id, old_agency_path, was, becomes, cause, article,
       severity, version, gone, CASE act WHEN 'same' THEN evidence END
FROM met WHERE act IS NOT NULL
"""

# What still stands is written again only where what is shown is another wrong value by now.
_UNCHANGED = "DELETE FROM pg_temp.diff WHERE act = 'same' AND told = evidence"

# People waive and contest meanwhile: their acts hold the same rows, so what they left is what counts.
_HOLD = """
WITH held AS (
    SELECT id, state FROM findings_finding
    WHERE id IN (SELECT finding_id FROM pg_temp.diff WHERE act <> 'new')
    ORDER BY id FOR NO KEY UPDATE
)
UPDATE pg_temp.diff d SET was = h.state,
    becomes = CASE WHEN d.becomes = 'resolved' THEN 'resolved'
                   WHEN h.state IN ('waived', 'contested') THEN h.state
                   WHEN d.cause <> '' THEN 'unchecked' ELSE 'open' END
FROM held h WHERE h.id = d.finding_id AND d.was <> h.state
"""

# What resolved by itself needs no waiver and no answer any more.
_CLOSE = (
    """UPDATE findings_waiver w SET ended_at = greatest(%(at)s, b.waived_at), ended_reason = 'resolved'
    FROM pg_temp.diff d, findings_waiverbatch b
    WHERE d.act = 'resolve' AND d.was = 'waived' AND w.finding_id = d.finding_id AND w.ended_at IS NULL
      AND b.id = w.batch_id""",
    """UPDATE findings_contest c SET closed_at = greatest(%(at)s, c.contested_at), closed_reason = 'resolved'
    FROM pg_temp.diff d
    WHERE d.act = 'resolve' AND d.was = 'contested' AND c.finding_id = d.finding_id
      AND c.closed_at IS NULL""",
)

# The findings of a rule the catalogue no longer has.
_RETIRE = """
INSERT INTO pg_temp.diff (act, finding_id, rule, subject_id, official_id, agency_id, agency_path,
                          old_agency_id, old_agency_path, was, becomes, cause, article, severity, version,
                          gone)
SELECT 'resolve', id, rule, subject_id, official_id, agency_id, agency_path, agency_id, agency_path, state,
       'resolved', '', article, severity, rule_version, false
FROM findings_finding WHERE rule = %(rule)s AND subject_kind = %(kind)s AND resolved_at IS NULL
ORDER BY id FOR NO KEY UPDATE
"""

_REASON = "CASE WHEN d.rule = ANY(%(changed)s) THEN 'rule_change' ELSE 'facts' END"
# Every fragment is a literal of this module.
_WRITE = (
    f"""INSERT INTO findings_finding (id, rule, subject_kind, subject_id, official_id, agency_id, agency_path,
        state, cause, severity, article, rule_version, evidence, opened_at,
        episode_at, episode_in_id, episode_reason, episode_version)
    SELECT finding_id, rule, %(kind)s, subject_id, official_id, agency_id, agency_path,
        becomes, cause, severity, article, version, evidence, %(at)s, %(at)s, %(run)s, {_REASON}, version
    FROM pg_temp.diff d WHERE act = 'new' ORDER BY finding_id""",  # noqa: S608 - see above
    # an episode ends before its successor begins; a clock gone back never makes an empty one
    f"""INSERT INTO findings_pastepisode (finding_id, state, cause, article, severity, rule_version, evidence,
        opened_at, opened_in_id, opened_reason, closed_at, closed_in_id, closed_reason)
    SELECT f.id, CASE f.cause WHEN '' THEN 'open' ELSE 'unchecked' END, f.cause, f.article, f.severity,
        f.episode_version, coalesce(f.episode_evidence, f.evidence), f.episode_at, f.episode_in_id,
        f.episode_reason, greatest(%(at)s, f.episode_at), %(run)s,
        CASE WHEN d.gone THEN 'subject_gone' ELSE {_REASON} END
    FROM pg_temp.diff d JOIN findings_finding f ON f.id = d.finding_id
    WHERE d.act IN ('resolve', 'switch', 'reweigh') ORDER BY f.id""",  # noqa: S608 - see above
    f"""UPDATE findings_finding f SET state = d.becomes, cause = d.cause, official_id = d.official_id,
        agency_id = d.agency_id, agency_path = d.agency_path, article = d.article, severity = d.severity,
        rule_version = d.version, evidence = CASE WHEN d.act = 'resolve' THEN f.evidence ELSE d.evidence END,
        opened_at = CASE WHEN d.act IN ('reopen', 'switch') THEN %(at)s ELSE f.opened_at END,
        resolved_at = CASE WHEN d.act = 'resolve' THEN greatest(%(at)s, f.opened_at) END,
        episode_at = CASE WHEN d.begins THEN %(at)s ELSE f.episode_at END,
        episode_in_id = CASE WHEN d.begins THEN %(run)s ELSE f.episode_in_id END,
        episode_reason = CASE WHEN d.begins THEN {_REASON} ELSE f.episode_reason END,
        episode_version = CASE WHEN d.begins THEN d.version ELSE f.episode_version END,
        episode_evidence = CASE WHEN d.begins THEN NULL
                                WHEN d.act = 'resolve' OR f.evidence = d.evidence THEN f.episode_evidence
                                ELSE coalesce(f.episode_evidence, f.evidence) END
    FROM (SELECT *, act IN ('reopen', 'switch', 'reweigh') AS begins FROM pg_temp.diff) d
    WHERE d.act <> 'new' AND f.id = d.finding_id""",  # noqa: S608 - see above
)

_SUMS = ", ".join(f"coalesce(sum(sign) FILTER (WHERE state = '{name}'), 0) AS {name}" for name in LIVE_STATES)
_ADDED = ", ".join(f"{name} = c.{name} + d.{name}" for name in LIVE_STATES)
_NONE = ", ".join("0" for _name in LIVE_STATES)

# Every fragment is a literal of this module.
_DELTA = f"""
WITH delta AS (
    SELECT * FROM (
        SELECT agency_id, rule, {_SUMS} FROM (
            SELECT old_agency_id AS agency_id, rule, was AS state, -1 AS sign
            FROM pg_temp.diff WHERE act <> 'new'
            UNION ALL
            SELECT agency_id, rule, becomes, 1 FROM pg_temp.diff
        ) sides GROUP BY agency_id, rule
    ) sums WHERE ({", ".join(LIVE_STATES)}) <> ({_NONE})
)"""  # noqa: S608 - see above

# Counters are locked in one order by everybody, so that two workers wait for each other and never deadlock.
_COUNT = (
    f"""{_DELTA}
    INSERT INTO findings_counter (agency_id, rule, {", ".join(LIVE_STATES)})
    SELECT agency_id, rule, {_NONE} FROM delta ORDER BY agency_id, rule
    ON CONFLICT (agency_id, rule) DO NOTHING""",  # noqa: S608 - two literals of this module
    f"""{_DELTA}, locked AS (
        SELECT c.id FROM findings_counter c JOIN delta USING (agency_id, rule)
        ORDER BY c.agency_id, c.rule FOR NO KEY UPDATE OF c
    )
    UPDATE findings_counter c SET {_ADDED}
    FROM delta d WHERE c.agency_id = d.agency_id AND c.rule = d.rule AND c.id IN (SELECT id FROM locked)""",  # noqa: S608 - likewise
    COUNT_DIFF,
)

_MASKS = {
    Subject.ACCOUNT: """
        UPDATE accounts_comparison c SET fired = j.fired, unchecked = j.unchecked FROM pg_temp.judged j
        WHERE c.id = j.pk AND (c.fired, c.unchecked) <> (j.fired, j.unchecked)""",
    Subject.OFFICIAL: """
        UPDATE accounts_officialcomparison c SET fired = j.fired, unchecked = j.unchecked
        FROM pg_temp.judged j
        WHERE c.official_id = j.pk AND (c.fired, c.unchecked) <> (j.fired, j.unchecked)""",
    Subject.AGENCY: """
        UPDATE accounts_agencycomparison c SET fired = j.fired, unchecked = j.unchecked
        FROM pg_temp.judged j
        WHERE c.agency_id = j.pk AND (c.fired, c.unchecked) <> (j.fired, j.unchecked)""",
    Subject.PAGE: """
        UPDATE accounts_pagecomparison c SET fired = j.fired, unchecked = j.unchecked FROM pg_temp.judged j
        WHERE c.id = j.pk AND (c.fired, c.unchecked) <> (j.fired, j.unchecked)""",
}


def prepare() -> None:
    """Have the temporary tables, empty."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = warning; SET LOCAL jit = off")
        for statement in _PREPARE:
            cursor.execute(statement)


def write(*, subject: Subject, rules: Sequence[Rule], run: Run, at: datetime) -> Totals:
    """Bring the findings of the rows in `judged` in line with their masks, for `rules` only.

    Must run in the transaction that filled `judged`. Findings, their episodes, counters and masks change
    together or not at all. `at` is the instant written down. Returns how many episodes opened and closed.
    """
    bound = [(rule.code, each) for rule in rules for each in bindings_of(rule, run.as_of)]
    facts: dict[str, Any] = {
        "kind": subject.value,
        "at": at,
        "run": run.pk,
        "changed": run.changed_rules,
        "rules": [rule.code for rule in rules],
        "masks": [rule.mask for rule in rules],
        "versions": [rule.version for rule in rules],
        "causes": [rule.cause or "" for rule in rules],
        "telling": [rule.code for rule in rules if rule.evidence],
        "b_rules": [code for code, _each in bound],
        "b_profiles": [each.profile for _code, each in bound],
        "b_articles": [each.article for _code, each in bound],
        "b_severities": [each.severity.value for _code, each in bound],
    }
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE pg_temp.diff")
        cursor.execute("ANALYZE pg_temp.judged")
        cursor.execute(_DIFF, facts)
        evidence = evidence_sql(subject, rules) if cursor.rowcount else ""
        if evidence:
            cursor.execute(evidence)
        totals = _apply(cursor, facts)
        cursor.execute(_MASKS[subject])
    return totals


def retire(code: str, subject: Subject, *, run: Run, at: datetime) -> Totals:
    """Resolve, by rule change, the findings of a rule that is no longer in the catalogue.

    Must run in a transaction. The masks lose the rule's bit when a sweep next looks at the rows.
    """
    prepare()
    facts: dict[str, Any] = {"rule": code, "kind": subject.value, "at": at, "run": run.pk, "changed": [code]}
    with connection.cursor() as cursor:
        cursor.execute(_RETIRE, facts)
        return _apply(cursor, facts)


def _apply(cursor: CursorWrapper, facts: dict[str, Any]) -> Totals:
    """Make what stands in `diff` true: findings, episodes, waivers, contests, counters."""
    cursor.execute("SELECT act, count(*) FROM pg_temp.diff GROUP BY act")
    acts: dict[str, int] = dict(cursor.fetchall())
    if acts.get("same"):
        cursor.execute(_UNCHANGED)
        acts["same"] -= cursor.rowcount
    if not any(acts.values()):
        return Totals()
    if set(acts) - {"new"}:
        cursor.execute(_HOLD)
    for statement in _WRITE:
        cursor.execute(statement, facts)
    if acts.get("resolve"):
        for statement in _CLOSE:
            cursor.execute(statement, facts)
    for statement in _COUNT:
        cursor.execute(statement)
    return Totals(opened=acts.get("new", 0) + acts.get("reopen", 0), resolved=acts.get("resolve", 0))
