"""The floors: the least that could be called the same work, in plain code and SQL, with nothing of ours.

`python -m bench.floors import|export FILE`, on the database of DATABASE_URL.
"""

import os
import sys
from pathlib import Path

import psycopg
from python_calamine import CalamineWorkbook

# --- Import: read the sheet, copy as many rows into a table of the officials' own width.
# A regular (logged) table with the columns and types of the officials' records, without index, constraint or
# trigger; one transaction, flushed to disk at its end.
IMPORT_TABLE = "CREATE TABLE bench_floor (LIKE accounts_officialrecord)"
IMPORT_COPY = (
    "COPY bench_floor (id, official_id, agency_id, full_name, sort_key, search_key, category, position,"
    " work_email, employed_since, status, recorded_from) FROM STDIN"
)


def import_floor(path: str) -> int:
    """Read every row with calamine and copy those of people; return how many."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    count = 0
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_floor")
        connection.execute(IMPORT_TABLE)
        with connection.cursor().copy(IMPORT_COPY) as copy:
            for row in sheet.iter_rows():
                if isinstance(row[0], float):  # a numbered row is a person
                    count += 1
                    since = row[7] if not isinstance(row[7], str) else "-".join(reversed(row[7].split("/")))
                    copy.write_row(
                        (
                            count, count, 1, row[2], row[2], row[2], row[5], row[4], row[6], since, row[8],
                            "2026-01-01",
                        )
                    )  # fmt: skip
    return count


# --- Check: scan the columns that rules and engine read, of both tables, and do nothing with them.
CHECK = {
    "accounts_comparison": (
        "id", "account_id", "official_id", "agency_id", "agency_path", "profile", "fired", "unchecked",
        "standing", "owner_status", "name_verdict", "name_flags", "agency_verdict", "disclaimer_verdict",
        "photo_verdict", "rival_claims", "agency_shown_until", "employer_named", "photo_on", "photo_due_on",
        "photo_due_until", "handle_verdict", "link_verdict", "commitments", "confirmed_on", "confirm_due_on",
        "confirm_due_until", "changed_on",
    ),
    "accounts_officialcomparison": (
        "official_id", "agency_id", "agency_path", "profile", "fired", "unchecked", "status", "accounts",
        "proposed", "nil", "since", "declare_due_on", "declare_until", "gone_on", "gaps", "accepted_code",
        "provider_untold_since", "loss_untold_since", "posing_untold_since",
    ),
    "accounts_agencycomparison": (
        "agency_id", "agency_path", "profile", "fired", "unchecked", "dissolved_on", "regulation_from",
        "regulation_until", "contact",
    ),
    "accounts_pagecomparison": (
        "id", "account_id", "agency_id", "agency_path", "profile", "fired", "unchecked", "standing",
        "dissolved_on", "name_verdict", "decision", "responsible", "authorised", "administrators",
        "administrators_gone", "enough", "minimum_from", "minimum_until", "contact", "badge",
        "badge_seen_on", "portal", "data_notice", "feedback", "confirmed_on", "confirm_due_on",
        "confirm_due_until",
    ),
}  # fmt: skip


def check_scans() -> list[str]:
    """One statement a table: `count` takes each value out of its row and does nothing else."""
    return [
        f"SELECT {', '.join(f'count({name})' for name in columns)} FROM {table}"  # noqa: S608 - names of ours
        for table, columns in CHECK.items()
    ]


# --- Export: the same facts as the exported list of the Government and all below it, one line an agency
# somebody works in, page, person or account and finding, by COPY; in no order.
EXPORT = """
SELECT o.staff_code, r.full_name, r.position, g.code, a.name, s.kind, s.platform, s.shown, s.url, s.standing,
       s.recorded_from, f.rule, coalesce(f.state, 'in_line'), f.severity, f.opened_at, f.evidence, f.article
FROM (
    SELECT 1 AS kind, id AS subject, id AS official_id, '' AS platform, '' AS shown, '' AS url,
           '' AS standing, NULL::timestamptz AS recorded_from FROM accounts_official
    UNION ALL
    SELECT 2, e.account_id, w.official_id, c.platform, i.shown, i.url, e.standing, e.recorded_from
    FROM accounts_ownership w
    JOIN accounts_entry e ON e.account_id = w.account_id AND e.recorded_until IS NULL
    JOIN accounts_account c ON c.id = w.account_id
    JOIN accounts_accountidentifier i ON i.account_id = w.account_id AND i.recorded_until IS NULL
    WHERE w.recorded_until IS NULL
      AND NOT EXISTS (SELECT FROM accounts_accountidentifier b WHERE b.account_id = i.account_id
                      AND b.recorded_until IS NULL AND b.id < i.id)
) s
JOIN accounts_official o ON o.id = s.official_id
JOIN accounts_officialrecord r ON r.official_id = s.official_id AND r.recorded_until IS NULL
JOIN accounts_agency g ON g.id = r.agency_id
JOIN accounts_agencyrecord a ON a.agency_id = r.agency_id AND a.recorded_until IS NULL
LEFT JOIN findings_finding f ON f.subject_kind = s.kind AND f.subject_id = s.subject
     AND f.state IN ('open', 'unchecked')
WHERE split_part(a.path, '/', 1) = (SELECT id::text FROM accounts_agency WHERE code = 'TW-CP')
UNION ALL
SELECT '', '', '', g.code, a.name, 3, '', '', '', '', NULL,
       f.rule, coalesce(f.state, 'in_line'), f.severity, f.opened_at, f.evidence, f.article
FROM accounts_agencycomparison s
JOIN accounts_agency g ON g.id = s.agency_id
JOIN accounts_agencyrecord a ON a.agency_id = s.agency_id AND a.recorded_until IS NULL
LEFT JOIN findings_finding f ON f.subject_kind = 3 AND f.subject_id = s.agency_id
     AND f.state IN ('open', 'unchecked')
WHERE split_part(a.path, '/', 1) = (SELECT id::text FROM accounts_agency WHERE code = 'TW-CP')
UNION ALL
SELECT '', '', '', g.code, a.name, 6, c.platform, i.shown, i.url, e.standing, e.recorded_from,
       f.rule, coalesce(f.state, 'in_line'), f.severity, f.opened_at, f.evidence, f.article
FROM accounts_ownership w
JOIN accounts_entry e ON e.account_id = w.account_id AND e.recorded_until IS NULL
JOIN accounts_account c ON c.id = w.account_id
JOIN accounts_accountidentifier i ON i.account_id = w.account_id AND i.recorded_until IS NULL
JOIN accounts_agency g ON g.id = w.agency_id
JOIN accounts_agencyrecord a ON a.agency_id = w.agency_id AND a.recorded_until IS NULL
LEFT JOIN findings_finding f ON f.subject_kind = 6 AND f.subject_id = w.account_id
     AND f.state IN ('open', 'unchecked')
WHERE w.recorded_until IS NULL
  AND NOT EXISTS (SELECT FROM accounts_accountidentifier b WHERE b.account_id = i.account_id
                  AND b.recorded_until IS NULL AND b.id < i.id)
  AND split_part(a.path, '/', 1) = (SELECT id::text FROM accounts_agency WHERE code = 'TW-CP')
"""


def export_floor(path: str) -> int:
    """Copy the list into a file, as it comes; return its lines."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        with Path(path).open("wb") as file, cursor.copy(f"COPY ({EXPORT}) TO STDOUT (FORMAT csv)") as copy:
            file.writelines(copy)
        return cursor.rowcount


if __name__ == "__main__":
    floor = {"import": import_floor, "export": export_floor}[sys.argv[1]]
    sys.stdout.write(str(floor(sys.argv[2])))
