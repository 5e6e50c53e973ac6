"""The floor of a rebuild: the bare join that reads what comparisons are made of, each value taken out."""

_TAKE = "SELECT {} FROM {}"

_ACCOUNTS = """accounts_entry e
JOIN accounts_declaredfacts f ON f.id = e.facts_id
LEFT JOIN accounts_officialrecord r ON r.official_id = f.official_id AND r.recorded_until IS NULL
LEFT JOIN accounts_agencyrecord a
       ON a.agency_id = coalesce(r.agency_id, f.agency_id) AND a.recorded_until IS NULL
LEFT JOIN accounts_photo p ON p.id = f.photo_id
JOIN accounts_account c ON c.id = e.account_id
LEFT JOIN accounts_accountidentifier i ON i.account_id = e.account_id AND i.recorded_until IS NULL
WHERE e.recorded_until IS NULL"""

_OFFICIALS = """accounts_officialrecord r
JOIN accounts_agencyrecord a ON a.agency_id = r.agency_id AND a.recorded_until IS NULL
LEFT JOIN (
    SELECT o.official_id, count(*) AS accounts
    FROM accounts_ownership o JOIN accounts_entry e
      ON e.account_id = o.account_id AND e.recorded_until IS NULL
    WHERE o.recorded_until IS NULL GROUP BY o.official_id
) live ON live.official_id = r.official_id
LEFT JOIN accounts_nilreturn n ON n.official_id = r.official_id AND n.recorded_until IS NULL
WHERE r.recorded_until IS NULL"""

_COLUMNS = {
    _ACCOUNTS: (
        "e.account_id", "e.facts_id", "e.standing", "e.recorded_from", "e.confirmed_at", "f.official_id",
        "f.name_shown", "f.agency_shown", "f.agency_resolved_id", "f.disclaimer", "f.photo_problem",
        "f.photo_id", "f.commitments", "r.id", "r.full_name", "r.status", "r.agency_id", "a.path", "p.bands",
        "c.platform", "i.kind", "i.key", "i.shown", "i.url", "f.stated_at", "f.declared_on",
    ),
    _OFFICIALS: (
        "r.official_id", "r.id", "r.agency_id", "a.path", "r.status", "r.employed_since", "r.position",
        "r.work_email", "live.accounts", "n.official_id",
    ),
}  # fmt: skip

#: One statement a subject.
READ = [
    _TAKE.format(", ".join(f"count({name})" for name in names), tables) for tables, names in _COLUMNS.items()
]
