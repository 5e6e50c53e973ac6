"""From "this changed" to "these are compared again"."""

from dataclasses import dataclass

from django.db import connection

from accounts.comparison.accounts import refresh_accounts
from accounts.comparison.agencies import refresh_agencies
from accounts.comparison.officials import refresh_officials
from common.changes.models import Kind
from common.changes.services import claim

# An agency changed: all agencies of its branch, where it was and where it is, and everybody in them.
_BRANCH_MARKS = """
WITH branch AS (
    SELECT path, left(path, -1) || '0' AS path_end FROM accounts_agencyrecord
    WHERE agency_id = ANY(%(ids)s)
), officials AS (
    INSERT INTO changes_changemark (kind, subject_id)
    SELECT DISTINCT 1, c.official_id FROM accounts_officialcomparison c JOIN branch b
        ON c.agency_path >= b.path AND c.agency_path < b.path_end
), agencies AS (
    INSERT INTO changes_changemark (kind, subject_id)
    SELECT DISTINCT 4, r.agency_id FROM accounts_agencyrecord r JOIN branch b
        ON r.path >= b.path AND r.path < b.path_end WHERE r.recorded_until IS NULL
)
INSERT INTO changes_changemark (kind, subject_id)
SELECT 2, c.account_id FROM accounts_comparison c JOIN branch b
    ON c.agency_path >= b.path AND c.agency_path < b.path_end
"""

# By another name or in another place: whoever shows it, whoever shows a text that may now be read as it (one
# read so far as some other agency, as a former one or as none); and, because its name may be that of a body
# above it, whoever shows or works for one of those. Another profile, contact or regulation does none of this.
_NAME_MARKS = """
WITH above AS (
    SELECT DISTINCT step::bigint AS id FROM accounts_agencyrecord,
        unnest(string_to_array(rtrim(path, '/'), '/')) AS step
    WHERE agency_id = ANY(%(ids)s)
)
INSERT INTO changes_changemark (kind, subject_id)
SELECT DISTINCT 2, account_id FROM accounts_comparison
WHERE agency_verdict IN (4, 5, 6) OR agency_shown_until IS NOT NULL
   OR agency_shown_id IN (SELECT id FROM above) OR agency_id IN (SELECT id FROM above)
"""

_ACCOUNTS_OF = """
SELECT account_id FROM accounts_ownership WHERE recorded_until IS NULL AND official_id = ANY(%(ids)s)
UNION
SELECT p.account_id FROM accounts_proposal p JOIN accounts_declaredfacts f ON f.id = p.facts_id
WHERE f.official_id = ANY(%(ids)s)
"""

_OFFICIALS_OF = """
SELECT official_id FROM accounts_ownership
WHERE recorded_until IS NULL AND official_id IS NOT NULL AND account_id = ANY(%(ids)s)
UNION
SELECT f.official_id FROM accounts_proposal p JOIN accounts_declaredfacts f ON f.id = p.facts_id
WHERE f.official_id IS NOT NULL AND p.account_id = ANY(%(ids)s)
UNION
SELECT official_id FROM accounts_comparison WHERE official_id IS NOT NULL AND account_id = ANY(%(ids)s)
"""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was taken up; false when nothing was waiting."""

    account_ids: list[int]
    official_ids: list[int]
    agency_ids: list[int]  # compared themselves
    branch_ids: list[int]  # agencies whose branches, or whose names, marked others in turn, for the next call

    def __bool__(self) -> bool:
        return bool(self.account_ids or self.official_ids or self.agency_ids or self.branch_ids)


def refresh_marked(limit: int = 2000) -> Refreshed:
    """Claim up to `limit` marks of each kind and make the comparisons of their subjects afresh.

    Must run in a transaction; if it rolls back, the marks stand and nothing was lost. Call again until empty.
    """
    branches = claim(Kind.AGENCY, limit)
    renamed = claim(Kind.AGENCY_NAMES, limit)
    with connection.cursor() as cursor:
        if branches:
            cursor.execute(_BRANCH_MARKS, {"ids": branches})
        if renamed:
            cursor.execute(_NAME_MARKS, {"ids": renamed})
    officials = set(claim(Kind.OFFICIAL, limit))
    accounts = set(claim(Kind.ACCOUNT, limit))
    if officials:
        accounts |= _ids(_ACCOUNTS_OF, officials)
    if accounts:
        officials |= _ids(_OFFICIALS_OF, accounts)
        refresh_accounts(sorted(accounts))
    if officials:
        refresh_officials(sorted(officials))
    agencies = claim(Kind.AGENCY_ALONE, limit)
    if agencies:
        refresh_agencies(agencies)
    return Refreshed(sorted(accounts), sorted(officials), agencies, sorted({*branches, *renamed}))


def _ids(query: str, ids: set[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"ids": list(ids)})
        return {row[0] for row in cursor.fetchall()}


def learn_sizes() -> None:
    """Let the planner look at the inputs again, after so much came in that its old figures mislead it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE accounts_official, accounts_officialrecord, accounts_account, accounts_ownership,"
            " accounts_declaredfacts, accounts_entry, accounts_proposal, accounts_photo, changes_changemark"
        )
