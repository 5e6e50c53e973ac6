"""OFF-01: the person has declared their accounts, or that they have none."""

from datetime import date, timedelta

import pytest

from accounts.models import Agency, OwnerStatus
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="OFF-01",
    fires=[
        {"accounts": 0, "declare_due_on": TODAY},
        {"accounts": 0, "declare_due_on": TODAY, "declare_until": TODAY + timedelta(days=1)},
        {"accounts": 0, "profile": 8, "since": TODAY - timedelta(days=30)},
    ],
    silent=[
        {"accounts": 0},
        {"accounts": 0, "declare_due_on": TODAY + timedelta(days=1)},
        {"accounts": 0, "declare_due_on": date(2026, 7, 1), "declare_until": TODAY},
        {"accounts": 0, "declare_due_on": date(2026, 7, 1), "nil": True},
        {"accounts": 0, "declare_due_on": date(2026, 7, 1), "proposed": 1},
        {"accounts": 0, "declare_due_on": date(2026, 7, 1), "status": OwnerStatus.LEFT},
        {"accounts": 1, "declare_due_on": date(2026, 7, 1)},
        {"accounts": 0, "profile": 8, "since": TODAY - timedelta(days=29)},
        {"accounts": 0, "profile": 1, "since": date(2020, 1, 1)},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
