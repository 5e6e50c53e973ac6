"""The folded expression in the database, and each rule by itself in plain Python, say the same of any row."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.others.conditions import python, row_rules, where
from registry.findings.folding import fold, live
from registry.rules.catalogue import rules_of
from registry.rules.profiles import PROFILES
from registry.rules.rule import Subject

AS_OF = date(2026, 11, 22)
_DAYS = st.integers(-800, 400).map(lambda days: AS_OF + timedelta(days=days))
_NEAR = st.integers(-2, 2).map(lambda days: AS_OF + timedelta(days=days))


def _values(field: "models.Field[Any, Any]") -> st.SearchStrategy[Any]:
    if field.name == "profile":
        return st.sampled_from([each.number for each in PROFILES.values()])
    drawn: st.SearchStrategy[Any] = st.just("")
    if isinstance(field, models.DateField):
        drawn = _DAYS | _NEAR
    elif isinstance(field, models.BooleanField):
        drawn = st.booleans()
    elif field.name in {"fired", "unchecked"}:
        drawn = st.just(0)
    elif isinstance(field, models.IntegerField):
        drawn = st.integers(0, 9)
    elif isinstance(field, ArrayField):
        drawn = st.lists(st.integers(0, 9), max_size=3)
    return drawn | st.none() if field.null else drawn


def _rows(subject: Subject) -> st.SearchStrategy[list[dict[str, Any]]]:
    fields = [
        field
        for field in subject.table._meta.concrete_fields
        if not field.is_relation and not field.primary_key
    ]
    row = st.fixed_dictionaries({field.attname: _values(field) for field in fields})
    return st.lists(row, min_size=1, max_size=25)


def _insert(subject: Subject, rows: list[dict[str, Any]]) -> None:
    """Rows that belong to nobody: they are gone before the database asks to whom."""
    table: type[models.Model] = subject.table
    table._default_manager.all().delete()
    fields = table._meta.concrete_fields
    owned = [
        each.attname
        for each in fields
        if each.is_relation or (each.primary_key and each.attname == "agency_id")
    ]
    table._default_manager.bulk_create(
        [table(**row, **dict.fromkeys(owned, -number)) for number, row in enumerate(rows, start=1)]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("subject", Subject)
def test_python_says_of_any_row_what_the_folded_expression_says(subject: Subject) -> None:
    judge = python(subject, AS_OF)
    folded = fold(rules_of(subject), subject, AS_OF)
    assert folded.broken == {}

    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(_rows(subject))
    def hold(rows: list[dict[str, Any]]) -> None:
        _insert(subject, rows)
        seen = [(row.now_fired, row.now_unchecked, judge(row)) for row in folded.judged(live(subject))]
        for rule in row_rules(subject):
            with connection.cursor() as cursor:
                table = subject.table._meta.db_table
                # names of ours, conditions of the catalogue
                cursor.execute(f"SELECT count(*) FROM {table} WHERE {where(rule, subject, AS_OF)}")  # noqa: S608
                assert cursor.fetchone() == (sum(fired & rule.mask > 0 for fired, _not, _plain in seen),)
        for fired, unchecked, plain in seen:
            assert plain == (fired, unchecked)

    try:
        hold()
    finally:
        subject.table._default_manager.all().delete()
