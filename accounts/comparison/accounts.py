"""Comparisons of live accounts and of drafts under review."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from accounts.agency_names import AgencyNames, agency_names
from accounts.commitments import given_now
from accounts.comparison.duties import Duties, duties
from accounts.comparison.employers import NOBODY, employers, judge_employer
from accounts.comparison.identifiers import HANDLES, Known, judge_handle, judge_link
from accounts.comparison.places import places_of
from accounts.comparison.upsert import Columns, replace_rows
from accounts.comparison.verdicts import (
    CODE_VERSION,
    judge_agency,
    judge_disclaimer,
    judge_name,
    judge_photo,
    name_key,
    reading_key,
    reading_of,
)
from accounts.models import OwnerStatus, StandingCode, Status

COLUMNS: Columns = {
    "facts_id": "bigint",
    "account_id": "bigint",
    "official_id": "bigint",
    "official_record_id": "bigint",
    "agency_id": "bigint",
    "agency_path": "text",
    "profile": "smallint",
    "code_version": "smallint",
    "standing": "smallint",
    "owner_status": "smallint",
    "name_verdict": "smallint",
    "name_step": "smallint",
    "name_flags": "smallint",
    "agency_verdict": "smallint",
    "agency_shown_id": "bigint",
    "agency_shown_until": "date",
    "agency_key": "bigint",
    "name_key": "bigint",
    "employer_named": "smallint",
    "disclaimer_verdict": "smallint",
    "photo_verdict": "smallint",
    "photo_id": "bigint",
    "photo_on": "date",
    "photo_due_on": "date",
    "photo_due_until": "date",
    "handle_verdict": "smallint",
    "link_verdict": "smallint",
    "commitments": "smallint",
    "rival_claims": "smallint",
    "registered_on": "date",
    "confirmed_on": "date",
    "confirm_due_on": "date",
    "confirm_due_until": "date",
    "changed_on": "date",
}

# `{among}` says which accounts, in each part: the planner does not carry it from one into the others. Of a
# range it is said of the tables joined by key too; of a list it would be counted as if each halved the rows,
# and what is expected to be one row is looked for again and again.
_INPUTS = """
WITH subject AS (
    SELECT account_id, facts_id, standing, recorded_from, confirmed_at
    FROM accounts_entry WHERE recorded_until IS NULL AND account_id {among}
    UNION ALL
    SELECT account_id, facts_id, 'draft', opened_at, NULL
    FROM accounts_proposal WHERE account_id {among}
), claims AS (
    SELECT p.account_id, array_agg(coalesce(f.official_id, 0) ORDER BY p.facts_id) AS officials
    FROM accounts_proposal p JOIN accounts_declaredfacts f ON f.id = p.facts_id
    WHERE p.account_id {among} GROUP BY p.account_id
), known AS (
    SELECT account_id, bit_xor(hash_record_extended(ROW(kind, key, shown, url), id)) AS seal
    FROM accounts_accountidentifier
    WHERE recorded_until IS NULL AND account_id {among} GROUP BY account_id
), given_up AS (
    SELECT i.account_id, max(i.recorded_until) AS at, max(i.recorded_until) FILTER (WHERE EXISTS (
        SELECT FROM accounts_accountidentifier n
        WHERE n.platform = i.platform AND n.kind = i.kind AND n.key = i.key AND n.recorded_until IS NULL
          AND n.account_id <> i.account_id)) AS taken_at
    FROM accounts_accountidentifier i
    WHERE i.recorded_until IS NOT NULL AND i.kind = ANY(%(handles)s) AND i.account_id {among}
    GROUP BY i.account_id
), shown_again AS (
    SELECT account_id, photo_id FROM accounts_declaredfacts
    WHERE photo_id IS NOT NULL AND account_id {among} GROUP BY account_id, photo_id HAVING count(*) > 1
), told AS (
    SELECT DISTINCT ON (e.account_id) e.account_id, t.official_id, t.name_shown, t.photo_id, t.agency_shown,
           t.disclaimer
    FROM accounts_entry e JOIN accounts_declaredfacts t ON t.id = e.facts_id
    JOIN accounts_entry n ON n.account_id = e.account_id AND n.recorded_until IS NULL
    WHERE e.standing = 'confirmed' AND e.recorded_until IS NOT NULL AND n.standing = 'unconfirmed'
      AND e.account_id {among} AND n.account_id {among}
    ORDER BY e.account_id, e.recorded_from DESC
)
SELECT i.*, hash_record_extended(i, 0) FROM (
SELECT s.account_id, s.facts_id, s.standing,
       (s.recorded_from AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       (s.confirmed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       f.official_id, f.name_shown, f.agency_shown, f.agency_resolved_id, f.disclaimer, f.photo_problem,
       f.photo_id, cardinality(ph.bands) > 0,
       r.id, r.full_name, r.status, coalesce(r.agency_id, f.agency_id), a.path, claims.officials,
       c.platform, known.seal,
       CASE WHEN g.taken_at > f.stated_at THEN true WHEN g.at > f.stated_at THEN false END,
       f.commitments, f.commitments_version,
       CASE WHEN f.photo_id IS NULL THEN NULL
            WHEN shown_again.account_id IS NULL
            THEN coalesce(f.declared_on, (f.stated_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
            ELSE (SELECT min(coalesce(b.declared_on, (b.stated_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))
                  FROM accounts_declaredfacts b WHERE b.account_id = f.account_id
                    AND b.photo_id = f.photo_id AND b.stated_at <= f.stated_at) END,
       t.account_id IS NOT NULL AND (t.name_shown, t.photo_id, t.agency_shown, t.disclaimer)
           IS DISTINCT FROM (f.name_shown, f.photo_id, f.agency_shown, f.disclaimer)
FROM subject s
JOIN accounts_declaredfacts f ON f.id = s.facts_id {and_facts}
JOIN accounts_account c ON c.id = s.account_id {and_account}
LEFT JOIN accounts_officialrecord r ON r.official_id = f.official_id AND r.recorded_until IS NULL
LEFT JOIN accounts_agencyrecord a
       ON a.agency_id = coalesce(r.agency_id, f.agency_id) AND a.recorded_until IS NULL
LEFT JOIN accounts_photo ph ON ph.id = f.photo_id
LEFT JOIN claims ON claims.account_id = s.account_id
LEFT JOIN known ON known.account_id = s.account_id
LEFT JOIN given_up g ON g.account_id = s.account_id
LEFT JOIN shown_again ON shown_again.account_id = s.account_id AND shown_again.photo_id = f.photo_id
LEFT JOIN told t ON t.account_id = s.account_id AND s.standing = 'unconfirmed'
     AND t.official_id = f.official_id
WHERE a.path IS NOT NULL
OFFSET 0) AS i  -- a fence: what is above is worked out once, not once for the row and once for its hash
"""


_SOME = _INPUTS.format(among="= ANY(%(ids)s)", and_facts="", and_account="")
_BETWEEN = "BETWEEN %(first)s AND %(last)s"
#: The same, for a range of accounts.
INPUTS_BETWEEN = _INPUTS.format(
    among=_BETWEEN, and_facts=f"AND f.account_id {_BETWEEN}", and_account=f"AND c.id {_BETWEEN}"
)

_IDENTIFIERS = """
SELECT account_id, kind, key, shown, url FROM accounts_accountidentifier
WHERE recorded_until IS NULL AND account_id = ANY(%(ids)s) ORDER BY id
"""

#: What else a row is made of: the input, its place in the tree, and how the agency shown is read there.
BASIS: Columns = {"input": "bigint", "place": "bigint", "reading": "bigint"}

_STANDING = {
    "draft": StandingCode.DRAFT,
    "unconfirmed": StandingCode.UNCONFIRMED,
    "confirmed": StandingCode.CONFIRMED,
}
_OWNER = {Status.LEFT.value: OwnerStatus.LEFT, Status.MOVED.value: OwnerStatus.MOVED}


def refresh_accounts(account_ids: Sequence[int]) -> int:
    """Make the comparisons of these accounts afresh, drafts under review included.

    Must run in a transaction. Locks the accounts first, so that two workers never write an older answer over
    a newer one. Returns how many rows were written or removed: 0 means that what stood was right.
    """
    ids = sorted(set(account_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM accounts_account WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [ids]
        )
        rows = compared(ids)
    return replace_rows("accounts_comparison", COLUMNS, rows, account_ids=ids, basis=BASIS)


def accounts_otherwise(account_ids: Sequence[int]) -> set[int]:
    """Accounts whose rows, made afresh, are not those that stand. Reads only, and locks nothing."""
    ids = sorted(set(account_ids))
    made = {row[: len(COLUMNS)] for row in compared(ids)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(COLUMNS)} FROM accounts_comparison WHERE account_id = ANY(%s)",  # noqa: S608 - names of ours
            [ids],
        )
        return {row[1] for row in made.symmetric_difference(cursor.fetchall())}


def compared(ids: list[int]) -> list[tuple[Any, ...]]:
    """The comparisons of these accounts as they are to be: a row by `COLUMNS`, then `BASIS`; not written."""
    with connection.cursor() as cursor:
        cursor.execute(_IDENTIFIERS, {"ids": ids})
        identifiers: dict[int, list[Known]] = {}
        for account_id, *identifier in cursor.fetchall():
            identifiers.setdefault(account_id, []).append(Known(*identifier))
        cursor.execute(_SOME, {"ids": ids, "handles": list(HANDLES)})
        return list(_rows(cursor.fetchall(), identifiers, agency_names(), duties()))


def _rows(
    inputs: Sequence[tuple[Any, ...]],
    known_by: Mapping[int, Sequence[Known]],
    known: AgencyNames,
    ordered: Duties,
) -> Iterator[tuple[Any, ...]]:
    called = employers(known, ordered)
    places = places_of(known, ordered)
    for (
        account_id, facts_id, standing, registered_on, confirmed_on, official_id, name_shown, agency_shown,
        agency_resolved_id, disclaimer, photo_problem, photo_id, distinctive, official_record_id, full_name,
        status, agency_id, path, claims, platform, _identified, taken, commitments, version, photo_on,
        is_changed, hashed,
    ) in inputs:  # fmt: skip
        own_name = full_name or known.by_id[agency_id].name
        name = judge_name(name_shown, own_name, own_path=path, known=known)
        agency = judge_agency(text=agency_shown, resolved_id=agency_resolved_id, own_path=path, known=known)
        identifiers = known_by.get(account_id, ())
        yield (
            facts_id,
            account_id,
            official_id,
            official_record_id,
            agency_id,
            path,
            ordered.profile(path),
            CODE_VERSION,
            _STANDING[standing],
            OwnerStatus.AGENCY if official_id is None else _OWNER.get(status, OwnerStatus.IN_POST),
            name.verdict,
            name.step,
            name.flags,
            agency.verdict,
            agency.agency_id,
            agency.until,
            reading_key(agency_shown),
            # a page's name is compared with every agency's, whatever it looks like
            name_key(name_shown) if official_id else reading_key(name_shown),
            judge_employer(
                phrases=NOBODY if official_id is None else called.phrases(path),
                name_shown=name_shown,
                full_name=own_name,
                handles=[one.shown for one in identifiers if one.kind in HANDLES],
                disclaimer=disclaimer,
                agency_shown=agency_shown,
                shows_own=agency.own and official_id is not None,
            ),
            judge_disclaimer(disclaimer),
            judge_photo(present=photo_id is not None, problem=photo_problem),
            photo_id if distinctive else None,
            photo_on,
            *ordered.photo_due(path, photo_on),
            judge_handle([one.kind for one in identifiers], taken=taken),
            judge_link(platform, identifiers),
            given_now(commitments, version),
            sum(1 for claimant in claims or () if claimant != official_id),
            registered_on,
            confirmed_on,
            *ordered.confirm_due(path, confirmed_on),
            registered_on if is_changed else None,
            hashed,
            places.of(path),
            reading_of(agency),
        )
