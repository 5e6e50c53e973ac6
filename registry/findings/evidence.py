"""What is stored with a finding: the values that were compared, read once, for just what opened.

Every fact is a name a rule may ask for and the SQL that reads it. `c` is the comparison row, `f` the declared
facts, `r` the official's record, `own` the employer's record, `shown` the record of the agency shown.
"""

from collections.abc import Sequence

from registry.rules.rule import Rule, Subject

_SUCCESSORS = """(
    SELECT jsonb_agg(jsonb_build_object('name', n.name, 'on', s.happened_on) ORDER BY s.happened_on, n.name)
    FROM accounts_succession s
    JOIN accounts_agencyrecord n ON n.agency_id = s.successor_id AND n.recorded_until IS NULL
    WHERE s.predecessor_id = c.agency_shown_id)"""

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
        "rival_claims": "c.rival_claims",
        "registered_on": "c.registered_on",
        "owner_status": "c.owner_status",
    },
    Subject.OFFICIAL: {"declare_due_on": "c.declare_due_on"},
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
}


def facts_of(subject: Subject) -> frozenset[str]:
    """The names rules of a subject may ask for."""
    return frozenset(_FACTS[subject])


def evidence_sql(subject: Subject, rules: Sequence[Rule]) -> str:
    """The statement that fills `evidence` of the temporary table `diff` for what opens.

    Made of the fragments above and of rule codes, which are literals of the catalogue: nothing from outside.
    """
    whens = " ".join(
        f"WHEN '{rule.code}' THEN jsonb_build_object("
        + ", ".join(f"'{name}', {_FACTS[subject][name]}" for name in rule.evidence)
        + ")"
        for rule in rules
        if rule.evidence
    )
    if not whens:
        return ""
    asked = ", ".join(f"'{rule.code}'" for rule in rules if rule.evidence)
    return f"""
        UPDATE pg_temp.diff d
        SET evidence = jsonb_strip_nulls(coalesce((
            SELECT CASE d.rule {whens} END FROM {_SOURCES[subject]}), '{{}}'))
        WHERE d.act IN ('new', 'reopen', 'switch') AND d.rule IN ({asked})
    """  # noqa: S608 - see the docstring
