"""What is stored with a finding: the values that were compared, read for what opened or still stands.

Every fact is a name a rule may ask for and the SQL that reads it. `c` is the comparison row, `f` the declared
facts, `r` the official's record, `own` the employer's record, `shown` the record of the agency shown.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from accounts.comparison import NAMING
from accounts.models import StandingCode
from registry.rules.rule import Rule, Subject

# Through every step in between (a department merged twice), to those that exist.
_HEIRS = """(
    WITH RECURSIVE heir AS (
        SELECT s.successor_id AS id, s.happened_on FROM accounts_succession s
        WHERE s.predecessor_id = {agency} AND s.recorded_until IS NULL
        UNION
        SELECT s.successor_id, s.happened_on FROM heir
        JOIN accounts_succession s ON s.predecessor_id = heir.id AND s.recorded_until IS NULL
    )
    SELECT jsonb_agg(jsonb_build_object('name', n.name, 'on', h.happened_on) ORDER BY h.happened_on, n.name)
    FROM (SELECT id, max(happened_on) AS happened_on FROM heir GROUP BY id) h
    JOIN accounts_agencyrecord n
      ON n.agency_id = h.id AND n.recorded_until IS NULL AND n.dissolved_on IS NULL)"""
_SUCCESSORS = _HEIRS.format(agency="c.agency_shown_id")
_OWNERS_SUCCESSORS = _HEIRS.format(agency="c.agency_id")

# Who is named as running a page and is in no post here, above or below it any more.
_NAMES_GONE = """(
    SELECT jsonb_agg(n.full_name ORDER BY n.sort_key, n.official_id) FROM accounts_pageadministrator d
    JOIN accounts_officialrecord n ON n.official_id = d.official_id AND n.recorded_until IS NULL
    LEFT JOIN accounts_agencyrecord w ON w.agency_id = n.agency_id AND w.recorded_until IS NULL
    WHERE d.page_id = c.facts_id AND (n.status IN ('left', 'moved')
          OR NOT (starts_with(w.path, c.agency_path) OR starts_with(c.agency_path, w.path))))"""

_NOW = """
    FROM accounts_accountidentifier i WHERE i.account_id = c.account_id AND i.recorded_until IS NULL"""
_HANDLES = f"(SELECT jsonb_agg(i.shown ORDER BY i.id) {_NOW})"
_ADDRESSES = f"(SELECT jsonb_agg(DISTINCT i.url) {_NOW} AND i.url <> '')"
_NAMED = """(
    SELECT jsonb_agg(i.shown ORDER BY i.id) FROM accounts_accountidentifier i
    WHERE i.account_id = {page}.account_id AND i.recorded_until IS NULL AND i.kind IN {kinds})"""
# Pages of other agencies of which one passes for the other; they are confirmed, and so public.
_PAGES_ALIKE = f"""(
    SELECT jsonb_agg(jsonb_build_object('handles', a.handles, 'agency', a.name) ORDER BY a.name, a.id)
    FROM (SELECT o.id, n.name, {_NAMED.format(page="o", kinds=NAMING)} AS handles
          FROM accounts_pagecomparison o
          JOIN accounts_agencyrecord n ON n.agency_id = o.agency_id AND n.recorded_until IS NULL
          WHERE o.agency_id <> c.agency_id AND o.standing = {StandingCode.CONFIRMED.value}
            AND o.dissolved_on IS NULL
            AND (o.handle_readings && c.handle_looks OR o.handle_looks && c.handle_readings)
          ORDER BY n.name, o.id LIMIT 5) a)"""  # noqa: S608 - literals of ours
_GIVEN_UP = """(
    SELECT jsonb_agg(i.shown ORDER BY i.id) FROM accounts_accountidentifier i
    WHERE i.account_id = c.account_id AND i.recorded_until > f.stated_at)"""

# What the person last confirmed, as far as it differs from what stands.
_CHANGED = """(
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'name_shown', CASE WHEN t.name_shown <> f.name_shown THEN t.name_shown END,
        'agency_shown', CASE WHEN t.agency_shown <> f.agency_shown THEN t.agency_shown END,
        'disclaimer', CASE WHEN t.disclaimer <> f.disclaimer THEN t.disclaimer END,
        'photo', CASE WHEN t.photo_id IS DISTINCT FROM f.photo_id THEN true END))
    FROM accounts_entry e JOIN accounts_declaredfacts t ON t.id = e.facts_id
    WHERE e.account_id = c.account_id AND e.standing = 'confirmed'
    ORDER BY e.recorded_from DESC LIMIT 1)"""

_FACTS: dict[Subject, dict[str, str]] = {
    Subject.ACCOUNT: {
        "name_shown": "f.name_shown",
        "name_on_record": "r.full_name",
        "name_step": "c.name_step",
        "name_flags": "c.name_flags",
        "photo_problem": "f.photo_problem",
        "agency_shown": "f.agency_shown",
        "agency_resolved": "shown.name",
        "agency_on_record": "own.name",
        "successors": _SUCCESSORS,
        "disclaimer": "f.disclaimer",
        "disclaimer_verdict": "c.disclaimer_verdict",
        "agency_shown_until": "c.agency_shown_until",
        "employer_named": "c.employer_named",
        "handles": _HANDLES,
        "handles_given_up": _GIVEN_UP,
        "handle_verdict": "c.handle_verdict",
        "addresses": _ADDRESSES,
        "photo_on": "c.photo_on",
        "photo_due_on": "c.photo_due_on",
        "confirmed_on": "c.confirmed_on",
        "confirm_due_on": "c.confirm_due_on",
        "changed_on": "c.changed_on",
        "changed": _CHANGED,
        "rival_claims": "c.rival_claims",
        "registered_on": "c.registered_on",
        "owner_status": "c.owner_status",
    },
    Subject.OFFICIAL: {
        "declare_due_on": "c.declare_due_on",
        "accounts": "c.accounts",
        "proposed": "c.proposed",
        "status": "c.status",
        "gone_on": "c.gone_on",
        "gaps": "c.gaps",
        "accepted_code": "c.accepted_code",
        "provider_untold_since": "c.provider_untold_since",
        "loss_untold_since": "c.loss_untold_since",
        "posing_untold_since": "c.posing_untold_since",
    },
    Subject.AGENCY: {
        "agency": "own.name",
        "regulation_from": "c.regulation_from",
        "regulation_until": "c.regulation_until",
    },
    Subject.PAGE: {
        "name_shown": "f.name_shown",
        "agency_on_record": "own.name",
        "dissolved_on": "c.dissolved_on",
        "successors": _OWNERS_SUCCESSORS,
        "responsible": "c.responsible",
        "responsible_name": "r.full_name",
        "administrators": "c.administrators",
        "minimum": "c.minimum",
        "administrators_gone": "c.administrators_gone",
        "names_gone": _NAMES_GONE,
        "contact": "c.contact",
        "contact_phone": "p.contact_phone",
        "contact_email": "p.contact_email",
        "badge": "c.badge",
        "badge_seen_on": "c.badge_seen_on",
        "portal": "c.portal",
        "portal_url": "p.portal_url",
        "confirmed_on": "c.confirmed_on",
        "confirm_due_on": "c.confirm_due_on",
        "handles": _NAMED.format(page="c", kinds=NAMING),
        "pages_alike": _PAGES_ALIKE,
    },
}

_SOURCES = {
    Subject.ACCOUNT: """accounts_comparison c
        JOIN accounts_declaredfacts f ON f.id = c.facts_id
        LEFT JOIN accounts_officialrecord r ON r.id = c.official_record_id
        LEFT JOIN accounts_agencyrecord own ON own.agency_id = c.agency_id AND own.recorded_until IS NULL
        LEFT JOIN accounts_agencyrecord shown
               ON shown.agency_id = c.agency_shown_id AND shown.recorded_until IS NULL
        WHERE c.id = d.pk""",
    Subject.OFFICIAL: "accounts_officialcomparison c WHERE c.official_id = d.pk",
    Subject.AGENCY: """accounts_agencycomparison c
        JOIN accounts_agencyrecord own ON own.agency_id = c.agency_id AND own.recorded_until IS NULL
        WHERE c.agency_id = d.pk""",
    Subject.PAGE: """accounts_pagecomparison c
        JOIN accounts_declaredfacts f ON f.id = c.facts_id
        LEFT JOIN accounts_pagefacts p ON p.facts_id = f.id
        LEFT JOIN accounts_officialrecord r
               ON r.official_id = p.responsible_id AND r.recorded_until IS NULL
        LEFT JOIN accounts_agencyrecord own ON own.agency_id = c.agency_id AND own.recorded_until IS NULL
        WHERE c.id = d.pk""",
}


def facts_of(subject: Subject) -> frozenset[str]:
    """The names rules of a subject may ask for."""
    return frozenset(_FACTS[subject])


def evidence_sql(subject: Subject, rules: Sequence[Rule]) -> str:
    """The statement that fills `evidence` of the temporary table `diff` for what is not in line.

    Made of the fragments above and of rule codes, which are literals of the catalogue: nothing from outside.
    """
    whens = " ".join(f"WHEN '{rule.code}' THEN {_object(rule)}" for rule in rules if rule.evidence)
    if not whens:
        return ""
    asked = ", ".join(f"'{rule.code}'" for rule in rules if rule.evidence)
    return f"""
        UPDATE pg_temp.diff d
        SET evidence = jsonb_strip_nulls(coalesce((
            SELECT CASE d.rule {whens} END FROM {_SOURCES[subject]}), '{{}}'))
        WHERE d.act <> 'resolve' AND d.rule IN ({asked})
    """  # noqa: S608 - see the docstring


def evidence_of(subject: Subject, pk: int, rules: Sequence[Rule]) -> dict[str, dict[str, Any]]:
    """What would be stored with findings of these rules about one comparison row, by rule; one query."""
    asked = [rule for rule in rules if rule.evidence]
    if not asked:
        return {}
    columns = ", ".join(f"jsonb_strip_nulls({_object(rule)})::text" for rule in asked)
    with connection.cursor() as cursor:
        # made of the fragments above, as in `evidence_sql`
        cursor.execute(f"SELECT {columns} FROM (SELECT %s::bigint AS pk) d, {_SOURCES[subject]}", [pk])  # noqa: S608
        row = cursor.fetchone()
    return {rule.code: json.loads(said) for rule, said in zip(asked, row or (), strict=False)}


def _object(rule: Rule) -> str:
    facts = ", ".join(f"'{name}', {_FACTS[rule.subject][name]}" for name in rule.evidence)
    return f"jsonb_build_object({facts})"
