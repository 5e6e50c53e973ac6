"""Where both sides of what waits for HR stand now, and what of it an officer decides.

Where somebody belongs is in their comparison: that of all that waits stands in one index, where the book
would be asked about each. Of whom a mark waits, and of what has no comparison, the book is asked: the answer
is never older than the book.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models.expressions import RawSQL

from common.changes.models import Kind as Changed
from registry.declarations.states import OF_WHAT_STANDS, State
from registry.users.models import Role, User
from registry.users.policies import branches_of, grants_of, with_merged

_PLACE: Final = """(
    SELECT a.path FROM accounts_officialrecord r
    JOIN accounts_agencyrecord a ON a.agency_id = r.agency_id AND a.recorded_until IS NULL
    WHERE r.official_id = {official} AND r.recorded_until IS NULL)"""
# null: nobody holds the account; "": somebody who belongs nowhere
_HELD_AT: Final = f"""(
    SELECT coalesce({_PLACE.format(official="o.official_id")}, (
        SELECT a.path FROM accounts_agencyrecord a
        WHERE a.agency_id = o.agency_id AND a.recorded_until IS NULL), '')
    FROM accounts_ownership o WHERE o.account_id = d.account_id AND o.recorded_until IS NULL)"""  # noqa: S608 - literals


def _marked(kind: Changed, subject: str) -> str:
    return f"{subject} IN (SELECT subject_id FROM changes_changemark WHERE kind = {kind.value})"  # noqa: S608


def _branch_marked(path: str) -> str:
    """That one of the agencies on a path changed: it may hang elsewhere now. Looked into where any did."""
    of_agencies = f"FROM changes_changemark WHERE kind = {Changed.AGENCY.value}"
    return f"""(EXISTS (SELECT {of_agencies}) AND EXISTS (
        SELECT FROM unnest(string_to_array({path}, '/')) AS steps(step)
        WHERE step IN (SELECT subject_id::text {of_agencies})))"""  # noqa: S608 - literals


# Each side is worked out once: the planner would put what it is into every condition that asks for it.
_CLAIMANT: Final = f"""
CASE WHEN c.agency_path IS NULL OR {_marked(Changed.OFFICIAL, "d.official_id")}
          OR {_branch_marked("c.agency_path")}
     THEN coalesce({_PLACE.format(official="d.official_id")}, '') ELSE c.agency_path END AS claimant"""
_HOLDER: Final = f"""
CASE WHEN h.agency_path IS NULL OR {_marked(Changed.OFFICIAL, "h.official_id")}
          OR {_marked(Changed.ACCOUNT, "d.account_id")} OR {_branch_marked("h.agency_path")}
     THEN {_HELD_AT} ELSE h.agency_path END AS holder"""

_HERE: Final = "claimant ^@ ANY(%(branches)s::text[])"
_HELD_HERE: Final = "coalesce(holder ^@ ANY(%(branches)s::text[]), false)"
_NOT_OWN: Final = """account_id NOT IN (
    SELECT account_id FROM accounts_ownership WHERE official_id = %(official)s AND recorded_until IS NULL)"""
_NOT_SAID: Final = "stated_by_id IS DISTINCT FROM %(user)s"
_NOT_SAID_OF_PAGE: Final = (
    "NOT EXISTS (SELECT FROM accounts_declaredfacts f WHERE f.id = facts_id AND f.stated_by_id = %(user)s)"
)
_NOT_THEIRS: Final = "submitted_by_id IS DISTINCT FROM %(user)s"
_NOT_THEM: Final = "official_id IS DISTINCT FROM %(official)s::bigint"

_SUBMITTED: Final = f"""
submitted_sides AS MATERIALIZED (
    SELECT d.id, d.official_id, d.stated_by_id, d.submitted_by_id, d.kind, {_CLAIMANT}
    FROM declarations_declaration d LEFT JOIN accounts_comparison c ON c.draft = d.facts_id
    WHERE d.state = '{State.SUBMITTED}'
), to_review AS (
    SELECT id FROM submitted_sides
    WHERE {_HERE} AND {_NOT_THEM} AND {_NOT_THEIRS} AND (kind = ANY(%(of_what_stands)s) OR {_NOT_SAID})
)"""  # noqa: S608 - likewise
# {reach}: one of the officer's grants covers both sides. Disputes over pages are few.
_DISPUTED: Final = f"""
dispute_sides AS MATERIALIZED (
    SELECT d.id, d.account_id, d.official_id, d.stated_by_id, d.submitted_by_id, d.submitted_at, {_CLAIMANT},
           {_HOLDER}
    FROM declarations_declaration d
    LEFT JOIN accounts_comparison c ON c.draft = d.facts_id
    LEFT JOIN accounts_comparison h ON h.account_id = d.account_id AND h.draft IS NULL AND h.rival_claims > 0
    WHERE d.state = '{State.DISPUTED}'
), page_sides AS MATERIALIZED (
    SELECT d.id, d.account_id, d.facts_id, d.submitted_by_id, d.submitted_at, {_HELD_AT} AS holder, coalesce((
               SELECT a.path FROM accounts_agencyrecord a
               WHERE a.agency_id = d.agency_id AND a.recorded_until IS NULL), '') AS claimant
    FROM declarations_pagedeclaration d WHERE d.state = '{State.DISPUTED}'
), disputes AS MATERIALIZED (
    SELECT id, account_id, submitted_at, {_HERE} AS here, {_HELD_HERE} AS held_here,
           ({{reach}}) AND {_NOT_THEM} AND {_NOT_THEIRS} AND {_NOT_OWN} AND {_NOT_SAID} AS decides
    FROM dispute_sides WHERE {_HERE} OR {_HELD_HERE}
), page_disputes AS MATERIALIZED (
    SELECT id, account_id, submitted_at, {_HERE} AS here, {_HELD_HERE} AS held_here,
           ({{reach}}) AND {_NOT_THEIRS} AND {_NOT_OWN} AND {_NOT_SAID_OF_PAGE} AND NOT EXISTS (
               SELECT FROM accounts_entry e JOIN accounts_declaredfacts f ON f.id = e.facts_id
               WHERE e.account_id = page_sides.account_id AND e.recorded_until IS NULL
                 AND f.stated_by_id = %(user)s) AS decides
    FROM page_sides WHERE {_HERE} OR {_HELD_HERE}
), contested AS (
    SELECT account_id, bool_or(decides) AS decides, max(submitted_at) AS contested_at FROM (
        SELECT account_id, submitted_at, held_here, decides FROM disputes
        UNION ALL SELECT account_id, submitted_at, held_here, decides FROM page_disputes
    ) AS both_kinds GROUP BY account_id HAVING bool_or(held_here)
)"""  # noqa: S608 - likewise
_REACHES: Final = (
    "claimant ^@ ANY(%(grant_{number})s::text[])"
    " AND (holder IS NULL OR holder ^@ ANY(%(grant_{number})s::text[]))"
)

_NUMBERS: Final = """
SELECT (SELECT count(*) FROM (SELECT FROM to_review LIMIT %(most)s) AS counted),
       (SELECT count(*) FROM (SELECT FROM disputes WHERE decides LIMIT %(most)s) AS counted),
       (SELECT count(*) FROM page_disputes WHERE decides),
       (SELECT count(*) FROM (
            SELECT FROM contested c JOIN accounts_entry e USING (account_id)
            WHERE NOT c.decides AND e.recorded_until IS NULL LIMIT %(most)s) AS counted)
"""
_LISTS: Final = """,
others_decide AS MATERIALIZED (
    SELECT e.id, c.contested_at FROM contested c JOIN accounts_entry e USING (account_id)
    WHERE NOT c.decides AND e.recorded_until IS NULL ORDER BY c.contested_at, e.id LIMIT %(most)s
)
SELECT ARRAY(SELECT id FROM disputes WHERE decides
                AND (%(after_at)s::timestamptz IS NULL
                     OR (submitted_at, id) > (%(after_at)s::timestamptz, %(after_id)s::bigint))
             ORDER BY submitted_at, id LIMIT %(size)s),
       ARRAY(SELECT id FROM page_disputes WHERE decides ORDER BY submitted_at, id LIMIT %(pages)s),
       ARRAY(SELECT id FROM disputes WHERE here AND NOT decides ORDER BY submitted_at, id LIMIT %(most)s),
       ARRAY(SELECT id FROM page_disputes WHERE here AND NOT decides
             ORDER BY submitted_at, id LIMIT %(most)s),
       ARRAY(SELECT id FROM others_decide ORDER BY contested_at, id),
       ARRAY(SELECT contested_at FROM others_decide ORDER BY contested_at, id)
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for an officer."""

    to_review: int
    disputes: int  # of people, for them to decide
    page_disputes: int  # likewise, of pages
    contested: int  # what stands in their branches and is disputed, where others decide


def how_much_waits(user: User, *, most: int) -> Waiting:
    """What waits for an HR officer, in one query; each but the disputes over pages counted up to `most`."""
    statement, facts = _about(user, f"{_SUBMITTED}, {_DISPUTED} {_NUMBERS}")
    with connection.cursor() as cursor:
        cursor.execute(statement, {**facts, "most": most})
        return Waiting(*cursor.fetchone())


def to_review(user: User) -> list[int]:
    """The ids of the submitted declarations that wait for this officer, in no order; one query."""
    statement, facts = _about(user, f"{_SUBMITTED} SELECT id FROM to_review")  # noqa: S608 - literals of this module
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return [row[0] for row in cursor.fetchall()]


def decided_by(user: User) -> RawSQL:
    """The ids of the disputes between people this officer decides.

    One of their grants reaches both sides, and they are on neither.
    """
    return _ids(user, _DISPUTED, "SELECT id FROM disputes WHERE decides")


def pages_decided_by(user: User) -> RawSQL:
    """The ids of the disputes over pages this officer decides: as of those between people."""
    return _ids(user, _DISPUTED, "SELECT id FROM page_disputes WHERE decides")


@dataclass(frozen=True, slots=True)
class Listed:
    """What an officer's list of disputes has in each part, by id, the oldest first."""

    to_decide: list[int]  # disputes between people, a page of them
    pages_to_decide: list[int]  # disputes over pages
    claims: list[int]  # disputes people of the officer's branches began and somebody else decides
    claimed_pages: list[int]  # likewise of agencies
    contested: list[int]  # what stands in those branches, where no dispute about it is theirs to decide
    contested_at: list[datetime]  # of each, when the latest claim was made


def disputes_listed(user: User, *, after: Sequence[Any] | None, size: int, pages: int, most: int) -> Listed:
    """Every part of an officer's list of disputes, in one query.

    Args:
        user: the officer.
        after: when the last one of the page before was submitted, and its id; None: the start.
        size: how many to decide.
        pages: how many over pages to decide.
        most: how many of each part others decide.
    """
    statement, facts = _about(user, f"{_DISPUTED}{_LISTS}")
    after_at, after_id = after or (None, None)
    asked = {"after_at": after_at, "after_id": after_id, "size": size, "pages": pages, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(statement, facts | asked)
        return Listed(*cursor.fetchone())


def _ids(user: User, template: str, rows: str) -> RawSQL:
    statement, facts = _about(user, f"{template} {rows}")
    order: list[Any] = []

    def place(name: re.Match[str]) -> str:
        order.append(facts[name[1]])
        return "%s"

    return RawSQL(re.sub(r"%\((\w+)\)s", place, statement), order)  # noqa: S611 - literals; values are bound


def _about(user: User, template: str) -> tuple[str, dict[str, Any]]:
    """A statement of this module for one officer, and what it asks of them."""
    grants = grants_of(user, Role.HR_OFFICER)
    facts: dict[str, Any] = {
        "branches": branches_of(user, Role.HR_OFFICER),
        "user": user.pk,
        "official": user.official_id,
        "of_what_stands": [str(kind) for kind in OF_WHAT_STANDS],
        **{f"grant_{number}": with_merged([grant.agency_id]) for number, grant in enumerate(grants)},
    }
    reach = " OR ".join(_REACHES.format(number=number) for number in range(len(grants))) or "false"
    return f"WITH {template.format(reach=reach)}", facts
