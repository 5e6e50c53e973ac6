"""The one engine: a sweep, a changed subject, a rebuild and a draft are judged by one folded expression."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import Comparison, PageComparison
from accounts.paths import below
from registry.findings import writing
from registry.findings.folding import Folded, bound, fold, live
from registry.findings.models import Finding, Run
from registry.findings.offending import offending
from registry.findings.writing import Totals
from registry.rules.catalogue import catalogue, rules_of
from registry.rules.rule import Rule, Subject

_ALL = 2**31 - 1  # as many rows as an array could hold
_NOBODY = Cast(Value(None), BigIntegerField())  # an agency is no person's
_COLUMNS: dict[Subject, tuple[Any, ...]] = {
    Subject.ACCOUNT: ("pk", "account_id", "official_id", "agency_id", "agency_path", "profile"),
    Subject.OFFICIAL: ("pk", "official_id", "official_id", "agency_id", "agency_path", "profile"),
    Subject.AGENCY: ("pk", "agency_id", _NOBODY, "agency_id", "agency_path", "profile"),
    Subject.PAGE: ("pk", "account_id", _NOBODY, "agency_id", "agency_path", "profile"),
}
_SUBJECT_KEY = {
    Subject.ACCOUNT: "account_id",
    Subject.OFFICIAL: "official_id",
    Subject.AGENCY: "agency_id",
    Subject.PAGE: "account_id",
}

# The rules that have findings, by one step in the index `finding_rule` each: findings are millions.
_RULES_FOUND = """
WITH RECURSIVE found(rule) AS (
    SELECT min(rule) FROM findings_finding WHERE resolved_at IS NULL
    UNION ALL
    SELECT (SELECT min(f.rule) FROM findings_finding f WHERE f.resolved_at IS NULL AND f.rule > found.rule)
    FROM found WHERE found.rule IS NOT NULL
)
SELECT rule FROM found WHERE rule IS NOT NULL
"""


# Of officials everything compared is in their row: where it is as it was, masks say it all.
_AS_BEFORE = """
DELETE FROM pg_temp.judged j USING accounts_officialcomparison c
WHERE c.official_id = j.pk AND (c.fired, c.unchecked) = (j.fired, j.unchecked) AND j.pk <> ALL(%s::bigint[])
"""

# Findings of subjects that have no row any more: asked of these alone, the others have theirs in `judged`.
_GONE = """
WITH gone AS MATERIALIZED (SELECT unnest(%s::bigint[]) AS id EXCEPT SELECT subject_id FROM pg_temp.judged)
INSERT INTO pg_temp.judged (subject_id, fired, unchecked)
SELECT g.id, 0, 0 FROM gone g WHERE EXISTS (
    SELECT FROM findings_finding f
    WHERE f.subject_kind = %s AND f.subject_id = g.id AND f.resolved_at IS NULL)
"""


class Answer(StrEnum):
    """What a rule says of one row."""

    IN_LINE = "in_line"
    NOT_IN_LINE = "not_in_line"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's answer."""

    rule: Rule
    answer: Answer


def usable(subject: Subject, run: Run) -> Folded:
    """The folded rules of a subject for a run, without those the run already knows to be broken."""
    return _folded(rules_of(subject), subject, run.as_of, tuple(sorted(run.broken_rules)))


@lru_cache(maxsize=8)
def _folded(rules: tuple[Rule, ...], subject: Subject, as_of: date, broken: tuple[str, ...]) -> Folded:
    """Fold once for all slices of a day."""
    return fold(rules, subject, as_of, broken=broken)


class TooManyChangesError(Exception):
    """More rows answer otherwise than one transaction should write; nothing was written."""


def sweep(
    folded: Folded,
    *,
    run: Run,
    from_id: int,
    to_id: int,
    at: datetime,
    by_subject: bool = False,
    most: int | None = None,
) -> Totals:
    """Judge a half-open range of comparison rows by their masks; writes only where an answer changed.

    The range is one of keys of the rows, or `by_subject` of the accounts or officials they are about.
    One scan counts the rows and names those whose masks differ, and those a rule that changed speaks against
    as before: it may cite another article now, or weigh otherwise. Only these are locked, in key order, and
    written. Must run in a transaction.

    Raises:
        TooManyChangesError: more than `most` rows are to be written.
    """
    anew = sum(rule.mask for rule in folded.rules if rule.code in run.changed_rules)
    statement, params = _scan(folded, _SUBJECT_KEY[folded.subject] if by_subject else "pk", run.scope_path)
    with connection.cursor() as cursor:
        # rows of a range were written together: it is read by its index, not by looking at the whole table
        cursor.execute("SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1")
        cursor.execute(statement, [_ALL if most is None else most, anew, *params, from_id, to_id])
        subjects, number, changed = cursor.fetchone()
    if not number:
        return Totals(subjects=subjects)
    if changed is None:
        raise TooManyChangesError
    writing.prepare()
    _fill(folded, live(folded.subject).filter(pk__in=changed))
    return Totals(subjects=subjects) + writing.write(
        subject=folded.subject, rules=folded.rules, run=run, at=at
    )


@lru_cache(maxsize=16)
def _scan(folded: Folded, key: str, scope_path: str) -> tuple[str, tuple[Any, ...]]:
    """The statement of a sweep, written once for all slices.

    It wants how many rows it may name and `anew` first, a range of keys last.

    Each mask is worked out in one place: the database does not see that two expressions are the same.
    """
    rows = live(folded.subject)
    if scope_path:
        rows = rows.filter(below(scope_path, "agency_path"))
    columns = (key, "pk", "fired", "unchecked", "now_fired", "now_unchecked")
    inner, params = _sql(folded.judged(rows).order_by().values_list(*columns))
    statement = (  # around the ORM's own
        "SELECT subjects, coalesce(cardinality(changed), 0),"  # noqa: S608 - see above
        "       CASE WHEN cardinality(changed) <= %s THEN changed END"
        " FROM (SELECT count(*) AS subjects, array_agg(pk) FILTER (WHERE fired <> now_fired"
        "           OR unchecked <> now_unchecked OR (fired | unchecked) & %s <> 0) AS changed"
        f"      FROM ({inner}) AS s(key, pk, fired, unchecked, now_fired, now_unchecked)"
        "       WHERE key >= %s AND key < %s) AS t"
    )
    return statement, tuple(params)


def judge(
    folded: Folded,
    subject_ids: Collection[int],
    *,
    run: Run,
    at: datetime,
    unlike_before: Collection[int] | None = None,
) -> Totals:
    """Judge these accounts or officials whatever their masks say, and resolve what is found of those gone.

    Must run in a transaction. Of officials, `unlike_before` may say whose comparisons changed: the others are
    judged by their masks, and where these are right their findings are not looked up.
    """
    ids = list(subject_ids)
    if not ids:
        return Totals()
    key = _SUBJECT_KEY[folded.subject]
    writing.prepare()
    _fill(folded, live(folded.subject).filter(**{f"{key}__in": ids}))
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [ids, folded.subject.value])
        if unlike_before is not None:
            cursor.execute(_AS_BEFORE, [list(unlike_before)])
        cursor.execute("SELECT EXISTS (SELECT FROM pg_temp.judged)")
        if not cursor.fetchone()[0]:  # no page, say, is among these accounts
            return Totals(subjects=len(ids))
    # of subjects that are gone, every finding resolves: those of set rules and of broken rules too
    gone_too = [rule for rule in rules_of(folded.subject) if rule not in folded.rules]
    totals = writing.write(subject=folded.subject, rules=folded.rules, run=run, at=at)
    if gone_too:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM pg_temp.judged WHERE pk IS NOT NULL")
            remain = cursor.execute("SELECT EXISTS (SELECT FROM pg_temp.judged)").fetchone()[0]
        if remain:
            totals += writing.write(subject=folded.subject, rules=gone_too, run=run, at=at)
    return Totals(subjects=len(ids)) + totals


def judge_set(rule: Rule, *, run: Run, at: datetime, among: Collection[int] | None = None) -> Totals:
    """Judge a set rule: wholly, or for the comparison rows `among` and those they touch.

    Must run in a transaction.
    """
    if rule.offenders is None or rule.neighbours is None:
        raise ValueError(f"{rule.code} is a row rule")
    table = rule.subject.table._meta.db_table  # noqa: SLF001 - _meta is Django's documented API
    key, pk = _SUBJECT_KEY[rule.subject], rule.subject.table._meta.pk.column  # noqa: SLF001 - as above
    candidates = None if among is None else _touched(rule, among)
    if candidates is not None and not candidates:
        return Totals()
    named, params = _sql(rule.offenders(run.as_of, candidates))
    rows = live(rule.subject).annotate(bound=bound([rule], rule.subject, run.as_of)).order_by()
    names = (*_COLUMNS[rule.subject], "fired", "unchecked", "bound")
    alive, alive_params = _sql(rows.values_list(*names))
    writing.prepare()
    with connection.cursor() as cursor:
        # How many they are is what the planner needs, and cannot foresee: they are few, and found by index.
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        # every name in them is a literal of ours, every statement the ORM's
        cursor.execute(f"INSERT INTO pg_temp.offending {named}", params)
        cursor.execute("ANALYZE pg_temp.offending")
        cursor.execute(
            f"""
            WITH wanted(pk) AS MATERIALIZED (
                SELECT pk FROM pg_temp.offending UNION SELECT unnest(%s::bigint[]) UNION
                SELECT m.{pk} FROM {table} m JOIN findings_finding f ON f.subject_id = m.{key}
                WHERE %s AND f.rule = %s AND f.resolved_at IS NULL
            )
            INSERT INTO pg_temp.judged
            SELECT c.pk, c.subject, c.official, c.agency, c.path, c.profile,
                   (c.fired & ~%s::bigint) | CASE WHEN o.pk IS NULL THEN 0 ELSE c.bound END,
                   c.unchecked & ~%s::bigint
            FROM ({alive}) c(pk, subject, official, agency, path, profile, fired, unchecked, bound)
            JOIN wanted ON wanted.pk = c.pk LEFT JOIN pg_temp.offending o ON o.pk = c.pk
            ORDER BY c.pk FOR NO KEY UPDATE OF c
            """,  # noqa: S608 - see above
            [
                list(candidates or ()), candidates is None, rule.code, rule.mask, rule.mask,
                *alive_params,
            ],
        )  # fmt: skip
        looked_at = cursor.rowcount
    return Totals(subjects=looked_at) + writing.write(subject=rule.subject, rules=[rule], run=run, at=at)


def broken_by_database(folded: Folded) -> dict[str, str]:
    """Which of the folded rules the database refuses to evaluate, each tried alone over the whole table."""
    failures = {}
    for rule in folded.rules:
        alone = fold([rule], folded.subject, folded.as_of)
        sql, params = _sql(
            alone.judged(live(folded.subject)).order_by().values_list("now_fired", "now_unchecked")
        )
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT sum(a), sum(b) FROM ({sql}) AS s(a, b)", params)  # noqa: S608 - the ORM's
        except OperationalError:
            raise
        except DatabaseError as error:
            failures[rule.code] = type(error).__name__
    return failures


def verdicts(row: Comparison | PageComparison, as_of: date) -> list[Verdict]:
    """What the rules that bind this row say of it, a draft under review included; see `verdicts_of`."""
    subject = Subject.PAGE if isinstance(row, PageComparison) else Subject.ACCOUNT
    return verdicts_of([row.pk], as_of, subject=subject).get(row.pk, [])


def verdicts_of(
    row_ids: Collection[int], as_of: date, *, subject: Subject = Subject.ACCOUNT
) -> dict[int, list[Verdict]]:
    """What the rules that bind each of these rows say of it, drafts under review included.

    As many queries for a hundred rows as for one. A rule that cannot be evaluated answers "could not be
    checked".
    """
    rules = rules_of(subject)
    folded = _folded(rules, subject, as_of, ())
    statement, params = _said(folded, rules)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, list(row_ids)])
        judged = cursor.fetchall()
    offenders = {rule.code: offending(rule, as_of, row_ids) for rule in rules if rule.is_set_rule}

    def answer(rule: Rule, fired: int, unchecked: int, offends: frozenset[str]) -> Answer:
        if rule.code in folded.broken:
            return Answer.UNCHECKED
        if rule.code in offenders:
            return Answer.NOT_IN_LINE if rule.code in offends else Answer.IN_LINE
        if unchecked & rule.mask:
            return Answer.UNCHECKED
        return Answer.NOT_IN_LINE if fired & rule.mask else Answer.IN_LINE

    @cache  # rows are alike
    def answers(whom: int, fired: int, unchecked: int, offends: frozenset[str]) -> list[Verdict]:
        bind = (rule for rule in rules if rule.mask & whom)
        return [Verdict(rule, answer(rule, fired, unchecked, offends)) for rule in bind]

    return {
        pk: answers(*masks, frozenset(code for code, rows in offenders.items() if pk in rows))
        for pk, *masks in judged
    }


@lru_cache(maxsize=8)
def _said(folded: Folded, rules: tuple[Rule, ...]) -> tuple[str, tuple[Any, ...]]:
    """The statement for some rows, written once for a day. It wants their keys last."""
    rows = folded.judged(folded.subject.table._default_manager.all())  # noqa: SLF001 - as elsewhere
    whom = bound(rules, folded.subject, folded.as_of)
    columns = ("pk", "whom", "now_fired", "now_unchecked")
    inner, params = _sql(rows.annotate(whom=whom).order_by().values_list(*columns))
    names = ", ".join(columns)
    return f"SELECT {names} FROM ({inner}) AS said({names}) WHERE pk = ANY(%s)", tuple(params)  # noqa: S608 - the ORM's


def counterparts(rule: Rule, account_ids: Collection[int]) -> set[int]:
    """The comparison rows a set rule compares these accounts with, where it has found something of them.

    Asked before the accounts are compared afresh: those rows may lose their counterpart by it.
    """
    found = Finding.objects.filter(
        subject_kind=rule.subject, subject_id__in=account_ids, rule=rule.code, resolved_at=None
    )
    ids = list(found.values_list("subject_id", flat=True))
    rows = live(rule.subject).filter(**{f"{_SUBJECT_KEY[rule.subject]}__in": ids}) if ids else None
    return set() if rows is None else _touched(rule, list(rows.values_list("pk", flat=True)))


def left_behind(subject: Subject, from_id: int, to_id: int) -> set[int]:
    """Subjects of a half-open range of which something is found, though no comparison is left of them.

    That something was ever found is read from the index alone; only of those without a comparison, which are
    few, is it asked whether it still stands.
    """
    key = _SUBJECT_KEY[subject]  # both sides say the range: so they are read side by side, in its order
    rows = live(subject).filter(**{key: OuterRef("subject_id"), f"{key}__gte": from_id, f"{key}__lt": to_id})
    found = Finding.objects.filter(subject_kind=subject).order_by()
    ever = found.filter(subject_id__gte=from_id, subject_id__lt=to_id)
    gone = list(ever.filter(~Exists(rows)).values_list("subject_id", flat=True).distinct())
    if not gone:
        return set()
    stands = found.filter(subject_id__in=gone, resolved_at=None)
    return set(stands.values_list("subject_id", flat=True))


def retired_rules() -> list[tuple[str, int]]:
    """Rules the catalogue no longer has that still have findings, each with the kind of its subjects."""
    with connection.cursor() as cursor:
        cursor.execute(_RULES_FOUND)
        gone = {row[0] for row in cursor.fetchall()} - {each.code for each in catalogue()}
    left = Finding.objects.filter(rule__in=gone, resolved_at=None)
    return list(left.order_by("rule", "subject_kind").values_list("rule", "subject_kind").distinct())


def _touched(rule: Rule, among: Collection[int]) -> set[int]:
    touched = set(among)
    if rule.neighbours is not None and among:
        touched |= set(rule.neighbours(among).values_list("pk", flat=True))
    return touched


def _fill(folded: Folded, rows: QuerySet[Any, Any]) -> None:
    sql, params = _sql(
        folded.judged(rows)
        .select_for_update(no_key=True)
        .order_by("pk")
        .values_list(*_COLUMNS[folded.subject], "now_fired", "now_unchecked")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO pg_temp.judged {sql}", params)  # the ORM's own statement


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    sql: str
    params: Sequence[Any]
    sql, params = rows.query.sql_with_params()
    return sql, params
