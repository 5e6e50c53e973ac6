"""Comparisons of agencies' own pages, and of those under review."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from accounts.agency_names import agency_names
from accounts.comparison.duties import duties
from accounts.comparison.handles import NAMING, looks_of
from accounts.comparison.upsert import Columns, replace_rows
from accounts.comparison.verdicts import CODE_VERSION, judge_agency
from accounts.models import (
    GONE,
    AgencyRecord,
    Badge,
    BadgeVerdict,
    ResponsibleRole,
    ResponsibleVerdict,
    StandingCode,
)
from accounts.official_contacts import hosts_of, judge_contact, judge_portal
from accounts.paths import ancestors

COLUMNS: Columns = {
    "facts_id": "bigint",
    "account_id": "bigint",
    "agency_id": "bigint",
    "agency_path": "text",
    "profile": "smallint",
    "code_version": "smallint",
    "standing": "smallint",
    "dissolved_on": "date",
    "name_verdict": "smallint",
    "decision": "boolean",
    "responsible": "smallint",
    "authorised": "boolean",
    "administrators": "smallint",
    "administrators_gone": "smallint",
    "minimum": "smallint",
    "enough": "boolean",
    "minimum_from": "date",
    "minimum_until": "date",
    "contact": "smallint",
    "badge": "smallint",
    "badge_seen_on": "date",
    "portal": "smallint",
    "data_notice": "boolean",
    "feedback": "boolean",
    "registered_on": "date",
    "confirmed_on": "date",
    "confirm_due_on": "date",
    "confirm_due_until": "date",
    "handle_looks": "bigint[]",
    "handle_readings": "bigint[]",
}
_BASIS: Columns = {"input": "bigint"}

# Whoever works in the agency, below it or above it may answer for its page and run it.
_BELONGS = (
    'r.status <> ALL(%(gone)s) AND (starts_with(w.path, a.path COLLATE "C") OR starts_with(a.path, w.path))'
)
_INPUTS = f"""
WITH subject AS (
    SELECT account_id, facts_id, standing, recorded_from, confirmed_at
    FROM accounts_entry WHERE recorded_until IS NULL AND account_id = ANY(%(ids)s)
    UNION ALL
    SELECT account_id, facts_id, 'draft', opened_at, NULL
    FROM accounts_proposal WHERE account_id = ANY(%(ids)s)
)
SELECT i.*, hash_record_extended(i, 0) FROM (
SELECT s.facts_id, s.account_id, f.agency_id, a.path, s.standing, a.dissolved_on, f.name_shown,
       p.decision_number <> '' AND p.decision_on IS NOT NULL AS decision,
       p.responsible_id, r.status <> ALL(%(gone)s) AS in_post, {_BELONGS} AS belongs,
       p.responsible_role, p.authorised_number <> '' AND p.authorised_on IS NOT NULL AS authorised,
       run.here, run.gone, p.contact_phone, p.contact_email, p.badge, p.badge_from,
       CASE WHEN p.badge_photo_id IS NULL THEN p.badge_evidence ELSE 'a picture' END,
       p.badge_seen_on, p.portal_url, p.data_notice <> '' AS data_notice, p.feedback <> '' AS feedback,
       (s.recorded_from AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS registered_on,
       (s.confirmed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS confirmed_on,
       a.name AS agency_name, known.handles
FROM subject s
JOIN accounts_declaredfacts f ON f.id = s.facts_id AND f.agency_id IS NOT NULL
JOIN accounts_agencyrecord a ON a.agency_id = f.agency_id AND a.recorded_until IS NULL
LEFT JOIN accounts_pagefacts p ON p.facts_id = f.id
LEFT JOIN accounts_officialrecord r ON r.official_id = p.responsible_id AND r.recorded_until IS NULL
LEFT JOIN accounts_agencyrecord w ON w.agency_id = r.agency_id AND w.recorded_until IS NULL
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE fits) AS here, count(*) FILTER (WHERE NOT fits) AS gone FROM (
        SELECT coalesce({_BELONGS}, false) AS fits FROM accounts_pageadministrator d
        LEFT JOIN accounts_officialrecord r ON r.official_id = d.official_id AND r.recorded_until IS NULL
        LEFT JOIN accounts_agencyrecord w ON w.agency_id = r.agency_id AND w.recorded_until IS NULL
        WHERE d.page_id = f.id) AS named
) run ON true
LEFT JOIN LATERAL (
    SELECT array_agg(i.shown ORDER BY i.id) AS handles FROM accounts_accountidentifier i
    WHERE i.account_id = s.account_id AND i.recorded_until IS NULL AND i.kind = ANY(%(naming)s)
) known ON true
OFFSET 0) AS i  -- worked out once, not once for the row and once for its hash
"""  # noqa: S608 - a literal of this module

_PAGES_BETWEEN = """
SELECT e.account_id FROM accounts_entry e JOIN accounts_declaredfacts f ON f.id = e.facts_id
WHERE e.recorded_until IS NULL AND f.agency_id IS NOT NULL AND e.account_id BETWEEN %(first)s AND %(last)s
UNION
SELECT o.account_id FROM accounts_proposal o JOIN accounts_declaredfacts f ON f.id = o.facts_id
WHERE f.agency_id IS NOT NULL AND o.account_id BETWEEN %(first)s AND %(last)s
UNION
SELECT account_id FROM accounts_pagecomparison WHERE account_id BETWEEN %(first)s AND %(last)s
"""

_STANDING = {
    "draft": StandingCode.DRAFT,
    "unconfirmed": StandingCode.UNCONFIRMED,
    "confirmed": StandingCode.CONFIRMED,
}


def refresh_pages(account_ids: Sequence[int]) -> int:
    """Make the comparisons of the pages among these accounts afresh, those under review included.

    Must run in a transaction. Locks the accounts first, as `refresh_accounts` does. Returns how many rows
    were written or removed: 0 means that what stood was right.
    """
    ids = sorted(set(account_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM accounts_account WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [ids]
        )
        scope: dict[str, Any] = {
            "ids": ids,
            "gone": [status.value for status in GONE],
            "naming": list(NAMING),
        }
        cursor.execute(_INPUTS, scope)
        rows = list(_rows(cursor.fetchall()))
    return replace_rows("accounts_pagecomparison", COLUMNS, rows, account_ids=ids, basis=_BASIS)


def pages_between(first: int, until: int) -> set[int]:
    """The pages among a half-open range of accounts. They are few: a rebuild makes all of them afresh."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGES_BETWEEN, {"first": first, "last": until - 1})
        return {row[0] for row in cursor.fetchall()}


def _rows(inputs: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    known, ordered = agency_names(), duties()
    portals = _portals({step for row in inputs for step in ancestors(row[3])})
    for (
        facts_id, account_id, agency_id, path, standing, dissolved_on, name_shown, decision, responsible_id,
        in_post, belongs, role, authorised, here, gone, phone, email, badge, badge_from, evidence, seen_on,
        portal_url, data_notice, feedback, registered_on, confirmed_on, agency_name, handles, hashed,
    ) in inputs:  # fmt: skip
        minimum, *in_force = ordered.minimum(path)
        hosts = hosts_of([portals[step] for step in ancestors(path) if step in portals])
        yield (
            facts_id,
            account_id,
            agency_id,
            path,
            ordered.profile(path),
            CODE_VERSION,
            _STANDING[standing],
            dissolved_on,
            judge_agency(text=name_shown, resolved_id=None, own_path=path, known=known).verdict,
            bool(decision),
            _responsible(responsible_id, in_post=bool(in_post), belongs=bool(belongs)),
            role == ResponsibleRole.HEAD or (role == ResponsibleRole.SPOKESPERSON and bool(authorised)),
            here,
            gone,
            minimum,
            None if minimum is None else here >= minimum,
            *in_force,
            judge_contact(phone or "", email or "", hosts),
            _badge(badge or "", badge_from or "", evidence or "", seen=seen_on is not None),
            seen_on,
            judge_portal(portal_url or "", hosts),
            bool(data_notice),
            bool(feedback),
            registered_on,
            confirmed_on,
            *ordered.confirm_due(path, confirmed_on),
            *looks_of(handles or (), agency_name),
            hashed,
        )


def _portals(agency_ids: set[int]) -> dict[int, str]:
    recorded = AgencyRecord.objects.current().filter(agency__in=agency_ids).exclude(portal_url="")
    return dict(recorded.values_list("agency", "portal_url"))


def _responsible(official_id: int | None, *, in_post: bool, belongs: bool) -> ResponsibleVerdict:
    if official_id is None:
        return ResponsibleVerdict.MISSING
    if not in_post:
        return ResponsibleVerdict.GONE
    return ResponsibleVerdict.IN_POST if belongs else ResponsibleVerdict.ELSEWHERE


def _badge(badge: str, badge_from: str, evidence: str, *, seen: bool) -> BadgeVerdict:
    if not badge:
        return BadgeVerdict.MISSING
    told = badge == Badge.NONE or bool(badge_from and evidence)
    return BadgeVerdict.RECORDED if seen and told else BadgeVerdict.INCOMPLETE
