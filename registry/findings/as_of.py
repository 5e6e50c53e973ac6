"""What would have been said on a past date: the comparisons of that instant under the texts of that day.

Nothing is read from the findings of then. What the register held at the instant is compared afresh by the
very statements that compare today, and judged by the very expression that judges today, with the profiles
and regulations recorded at that instant and the articles in force that day. Where rules have not changed
since, the answer is what the register said then.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.as_of import book_as_of
from accounts.comparison import (
    pages_alike,
    refresh_accounts,
    refresh_agencies,
    refresh_officials,
    refresh_pages,
)
from accounts.models import AgencyRecord, OfficialRecord, Ownership
from accounts.paths import below
from registry.findings import writing
from registry.findings.engine import Answer
from registry.findings.evidence import evidence_sql
from registry.findings.folding import Folded, bound, fold, live
from registry.findings.offending import offending
from registry.rules.bindings import Binding, bindings_of
from registry.rules.catalogue import rules_of
from registry.rules.rule import Rule, Severity, Subject

BATCH = 1_000  # officials, or agencies, compared at a time
_JUDGED = ("agency_id", "agency_path", "profile")
_SHOWN = {
    Subject.ACCOUNT: ("account_id", "official_id", *_JUDGED),
    Subject.OFFICIAL: ("official_id", *_JUDGED),
    Subject.AGENCY: _JUDGED,
    Subject.PAGE: ("account_id", *_JUDGED),
}
_KEY = {
    Subject.ACCOUNT: "account_id",
    Subject.OFFICIAL: "official_id",
    Subject.AGENCY: "agency_id",
    Subject.PAGE: "account_id",
}

# A set rule looks at the counterparts of a row too: accounts that showed the same photo, or one like it (and
# pages that were known by a like handle).
_COUNTERPARTS = """
WITH shown AS (
    SELECT f.photo_id FROM accounts_entry e JOIN accounts_declaredfacts f ON f.id = e.facts_id
    WHERE e.recorded_until IS NULL AND e.account_id = ANY(%(ids)s) AND f.photo_id IS NOT NULL
), wanted AS (
    SELECT photo_id FROM shown
    UNION SELECT l.other_id FROM accounts_likeness l JOIN shown USING (photo_id)
)
SELECT e.account_id FROM accounts_declaredfacts f JOIN accounts_entry e ON e.facts_id = f.id
WHERE f.photo_id IN (SELECT photo_id FROM wanted) AND e.recorded_until IS NULL
"""


@dataclass(frozen=True, slots=True)
class Then:
    """What one rule says of a subject on that date."""

    rule: Rule
    answer: Answer
    article: str  # code of the article that bound that day; "" for a condition of the register's own
    severity: Severity
    evidence: Mapping[str, Any]  # empty where it is in line


@dataclass(frozen=True, slots=True)
class SubjectThen:
    """A subject as it stood, with what every rule that bound it says."""

    subject: Subject
    subject_id: int
    official_id: int | None
    agency_id: int
    agency_path: str
    profile: int
    verdicts: tuple[Then, ...]

    def not_in_line(self) -> tuple[Then, ...]:
        """What is not in line, or could not be checked."""
        return tuple(each for each in self.verdicts if each.answer is not Answer.IN_LINE)


def verdicts_as_of(
    at: datetime,
    *,
    officials: Collection[int] = (),
    accounts: Collection[int] = (),
    agencies: Collection[int] = (),
    branches: Sequence[str] = (),
) -> Iterator[SubjectThen]:
    """Stream what would have been said at an instant (aware), of whoever was in the register then.

    Args:
        at: the instant; its day in Vietnam decides which articles were in force.
        officials: ids of officials, each with the accounts they owned then.
        accounts: ids of accounts.
        agencies: ids of agencies, of which only themselves and the pages they owned then are judged.
        branches: paths of agencies as they were then, "" for the whole register: everybody in them, then
            the agencies themselves.

    Memory is flat: a batch is compared, judged and rolled back before the next. Between two items no
    transaction is open and nothing is locked.
    """
    yield from _judged(at, officials, accounts, agencies)
    for branch in branches:
        tree = AgencyRecord.objects.as_of(at)
        if branch:
            tree = tree.filter(below(branch))
        people = OfficialRecord.objects.as_of(at).filter(agency__in=tree.values("agency"))
        for batch in _batches(people, "official"):
            yield from _judged(at, batch, (), ())
        for batch in _batches(tree, "agency"):
            yield from _judged(at, (), (), batch)


def _batches(records: QuerySet[Any, Any], key: str) -> Iterator[list[int]]:
    """Ids, by key, so many at a time."""
    last = 0
    while batch := list(
        records.filter(**{f"{key}__gt": last}).order_by(key).values_list(key, flat=True)[:BATCH]
    ):
        yield batch
        last = batch[-1]


def _judged(
    at: datetime, officials: Collection[int], accounts: Collection[int], agencies: Collection[int]
) -> list[SubjectThen]:
    """One batch; all of it is over when this returns."""
    held = Ownership.objects.as_of(at).values_list("account", flat=True)
    owned, pages = held.filter(official__in=officials), held.filter(agency__in=agencies)
    ids = {
        Subject.OFFICIAL: sorted(set(officials)),
        Subject.ACCOUNT: sorted({*accounts, *owned}),
        Subject.AGENCY: sorted(set(agencies)),
        Subject.PAGE: sorted(set(pages)),
    }
    if not any(ids.values()):
        return []
    found: list[SubjectThen] = []
    with book_as_of(at):
        refresh_officials(ids[Subject.OFFICIAL])
        refresh_accounts([*ids[Subject.ACCOUNT], *_counterparts(ids[Subject.ACCOUNT])])
        refresh_agencies(ids[Subject.AGENCY])
        refresh_pages([*ids[Subject.PAGE], *pages_alike(ids[Subject.PAGE])])
        writing.prepare()
        for subject, wanted in ids.items():
            found += _verdicts(subject, wanted, timezone.localdate(at))
    return found


def _counterparts(account_ids: Sequence[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTERPARTS, {"ids": list(account_ids)})
        return [row[0] for row in cursor.fetchall()]


def _verdicts(subject: Subject, ids: Sequence[int], day: date) -> list[SubjectThen]:
    rules = rules_of(subject)
    asked = _question(subject, day)
    judged = _masks(asked, ids)
    for rule in rules:
        if rule.is_set_rule:
            named = offending(rule, day, [row["pk"] for row in judged])
            for row in judged:
                row["now_fired"] |= rule.mask * (row["pk"] in named)
    answers = {
        (row["pk"], rule.code): _answer(rule, row, asked.folded)
        for row in judged
        for rule in rules
        if row["spoken"] & rule.mask
    }
    evidence = _evidence(subject, rules, judged, answers)

    def said(row: Mapping[str, Any]) -> Iterator[Then]:
        for rule in rules:
            answer = answers.get((row["pk"], rule.code))
            if answer is not None:
                by = asked.bound[rule.code, row["profile"]]
                yield Then(rule, answer, by.article, by.severity, evidence.get((row["pk"], rule.code), {}))

    return [
        SubjectThen(
            subject,
            row[_KEY[subject]],
            row["official_id"],
            row["agency_id"],
            row["agency_path"],
            row["profile"],
            tuple(said(row)),
        )
        for row in judged
    ]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of every subject of a kind on a day; written once for all of them."""

    folded: Folded
    bound: Mapping[tuple[str, int], Binding]  # by rule and profile
    columns: tuple[str, ...]
    statement: str  # wants the subjects' ids last
    params: tuple[Any, ...]


@lru_cache(maxsize=16)
def _question(subject: Subject, day: date) -> _Question:
    rules = rules_of(subject)
    folded = fold(rules, subject, day)
    rows = folded.judged(live(subject)).annotate(spoken=bound(rules, subject, day)).order_by()
    columns = ("pk", *_SHOWN[subject], "now_fired", "now_unchecked", "spoken")
    inner, params = rows.values_list(*columns).query.sql_with_params()
    statement = (  # around the ORM's own
        f"SELECT * FROM ({inner}) AS judged({', '.join(columns)})"  # noqa: S608 - see above
        f" WHERE {_KEY[subject]} = ANY(%s) ORDER BY pk"
    )
    binding = {(rule.code, each.profile): each for rule in rules for each in bindings_of(rule, day)}
    return _Question(folded, binding, columns, statement, tuple(params))


def _masks(asked: _Question, ids: Sequence[int]) -> list[dict[str, Any]]:
    """The rows, each with three masks: what is not in line, what nobody can tell, and which rules bind it."""
    with connection.cursor() as cursor:
        cursor.execute(asked.statement, [*asked.params, list(ids)])
        found = [dict(zip(asked.columns, row, strict=True)) for row in cursor.fetchall()]
    return [{"official_id": None} | row for row in found]  # an agency is no person's


def _answer(rule: Rule, row: Mapping[str, Any], folded: Folded) -> Answer:
    if row["now_unchecked"] & rule.mask or rule.code in folded.broken:
        return Answer.UNCHECKED
    return Answer.NOT_IN_LINE if row["now_fired"] & rule.mask else Answer.IN_LINE


def _evidence(
    subject: Subject,
    rules: Sequence[Rule],
    judged: Sequence[Mapping[str, Any]],
    answers: Mapping[tuple[int, str], Answer],
) -> dict[tuple[int, str], dict[str, Any]]:
    """What was compared, of what is not in line: read by the statement that fills findings."""
    wanted = [
        (row["pk"], rule.code, row[_KEY[subject]], row["agency_id"], row["agency_path"])
        for row in judged
        for rule in rules
        if answers.get((row["pk"], rule.code), Answer.IN_LINE) is not Answer.IN_LINE
    ]
    reading = evidence_sql(subject, rules)
    if not wanted or not reading:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE pg_temp.diff")
        cursor.execute(
            "INSERT INTO pg_temp.diff (act, finding_id, rule, pk, subject_id, agency_id, agency_path, was,"
            " becomes, cause, article, severity, version, gone)"
            " SELECT 'new', 0, rule, pk, subject_id, agency_id, path, '', '', '', '', 1, 1, false"
            " FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::text[])"
            " AS t(pk, rule, subject_id, agency_id, path)",
            [list(column) for column in zip(*wanted, strict=True)],
        )
        cursor.execute(reading)
        cursor.execute("SELECT pk, rule, evidence FROM pg_temp.diff")
        return {(pk, code): json.loads(facts) for pk, code, facts in cursor.fetchall()}
