"""From "this changed" to "these are compared again"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection

from accounts.comparison.accounts import refresh_accounts
from accounts.comparison.agencies import refresh_agencies
from accounts.comparison.officials import officials_afresh
from accounts.comparison.pages import refresh_pages
from accounts.comparison.verdicts import reading_key
from common.changes.models import Kind
from common.changes.services import claim, claim_also

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

# By another name or in another place: whoever shows the agency or one below it, or a text that is, was or may
# now be read as one of them. A text read as an agency of the reader's own branch stays that (a nearer agency
# wins), unless it is that very branch something changed in. A branch is the second step of a path, as in
# accounts.agency_names. Another profile, contact or regulation does none of this.
_NAME_MARKS = """
INSERT INTO changes_changemark (kind, subject_id)
SELECT 2, account_id FROM accounts_comparison WHERE agency_shown_id = ANY(%(agencies)s)
UNION
SELECT 2, c.account_id FROM accounts_comparison c
LEFT JOIN accounts_agencyrecord shown ON shown.agency_id = c.agency_shown_id AND shown.recorded_until IS NULL
WHERE c.agency_key = ANY(%(keys)s)
  AND (split_part(c.agency_path, '/', 2) = ANY(%(branches)s) OR shown.path IS NULL
       OR split_part(shown.path, '/', 2) <> split_part(c.agency_path, '/', 2))
UNION
SELECT 2, account_id FROM accounts_comparison WHERE name_key = ANY(%(keys)s)
"""

# The agencies of those branches, by whatever they are called, and the changed ones by what they ever were.
_CALLED = """
WITH branch AS (
    SELECT DISTINCT path, left(path, -1) || '0' AS path_end FROM accounts_agencyrecord
    WHERE agency_id = ANY(%(ids)s)
)
SELECT r.agency_id, r.path, r.name, r.short_name, r.name_en, r.aliases, r.former_names
FROM accounts_agencyrecord r JOIN branch b ON r.path >= b.path AND r.path < b.path_end
WHERE r.recorded_until IS NULL
UNION ALL
SELECT agency_id, path, name, short_name, name_en, aliases, former_names
FROM accounts_agencyrecord WHERE agency_id = ANY(%(ids)s)
UNION ALL
SELECT NULL, r.path, '', '', '', '{}', '{}'  -- to people of what it became it stands nearer now
FROM accounts_succession s JOIN accounts_agencyrecord r
  ON r.agency_id = s.successor_id AND r.recorded_until IS NULL
WHERE s.predecessor_id = ANY(%(ids)s)
"""

_ACCOUNTS_OF = """
SELECT account_id FROM accounts_ownership WHERE recorded_until IS NULL AND official_id = ANY(%(ids)s)
UNION
SELECT p.account_id FROM accounts_proposal p JOIN accounts_declaredfacts f ON f.id = p.facts_id
WHERE f.official_id = ANY(%(ids)s)
"""

# Pages somebody answers for or runs, standing or under review: when they go, the page is looked at again.
_PAGES_OF = """
WITH named AS (
    SELECT facts_id FROM accounts_pagefacts WHERE responsible_id = ANY(%(ids)s)
    UNION
    SELECT page_id FROM accounts_pageadministrator WHERE official_id = ANY(%(ids)s)
)
SELECT e.account_id FROM accounts_entry e JOIN named n ON n.facts_id = e.facts_id
WHERE e.recorded_until IS NULL
UNION
SELECT p.account_id FROM accounts_proposal p JOIN named n ON n.facts_id = p.facts_id
"""

# Agencies' own among accounts compared a moment ago, and what was a page until now. Said so that the index of
# people is not gone through for those without one.
_PAGES_AMONG = """
SELECT account_id FROM accounts_comparison WHERE account_id = ANY(%(ids)s) AND coalesce(official_id, 0) = 0
UNION
SELECT account_id FROM accounts_pagecomparison WHERE account_id = ANY(%(ids)s)
"""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was taken up; false when nothing was waiting."""

    account_ids: list[int]
    official_ids: list[int]
    unlike_before: list[int]  # those of the officials whose comparison changed
    agency_ids: list[int]  # compared themselves
    branch_ids: list[int]  # agencies whose branches, or whose names, marked others in turn, for the next call

    def __bool__(self) -> bool:
        return bool(self.account_ids or self.official_ids or self.agency_ids or self.branch_ids)


def refresh_marked(
    limit: int = 2000, *, before: Callable[[Sequence[int]], object] | None = None
) -> Refreshed:
    """Claim up to `limit` marks of each kind and make the comparisons of their subjects afresh.

    Must run in a transaction; if it rolls back, the marks stand and nothing was lost. Call again until empty.

    Args:
        limit: of each kind of mark.
        before: told which accounts are about to be compared, while they stand as they did.
    """
    branches = claim(Kind.AGENCY, limit)
    renamed = claim(Kind.AGENCY_NAMES, limit)
    with connection.cursor() as cursor:
        if branches:
            cursor.execute(_BRANCH_MARKS, {"ids": branches})
    if renamed:
        _mark_whoever_shows(renamed)
    officials = set(claim(Kind.OFFICIAL, limit))
    accounts = set(claim(Kind.ACCOUNT, limit))
    if officials:
        accounts |= _ids(_ACCOUNTS_OF, officials) | _ids(_PAGES_OF, officials)
    if accounts:
        claim_also(Kind.ACCOUNT, accounts)
        if before is not None:
            before(sorted(accounts))
        refresh_accounts(sorted(accounts))
        pages = _ids(_PAGES_AMONG, accounts)
        if pages:
            refresh_pages(sorted(pages))
    unlike_before: list[int] = []
    if officials:
        claim_also(Kind.OFFICIAL, officials)
        unlike_before = officials_afresh(sorted(officials))
    agencies = claim(Kind.AGENCY_ALONE, limit)
    if agencies:
        refresh_agencies(agencies)
    return Refreshed(
        sorted(accounts), sorted(officials), unlike_before, agencies, sorted({*branches, *renamed})
    )


def _mark_whoever_shows(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CALLED, {"ids": ids})
        agencies, branches, keys = set(), set(), set()
        for agency_id, path, *single, aliases, former_names in cursor.fetchall():
            branches.add(path.split("/")[1])
            if agency_id is not None:
                agencies.add(agency_id)
            keys |= {reading_key(text) for text in (*single, *aliases, *former_names) if text}
        cursor.execute(
            _NAME_MARKS, {"agencies": list(agencies), "branches": list(branches), "keys": list(keys)}
        )


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
