"""AGE-01: a regulation about staff accounts is in force."""

from datetime import timedelta

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)

CASES = Cases(
    code="AGE-01",
    fires=[
        {"regulation_from": None},
        {"regulation_from": TODAY + DAY},
        {"regulation_until": TODAY},
        {"regulation_from": None, "dissolved_on": TODAY + DAY},
    ],
    silent=[
        {},
        {"regulation_from": TODAY},
        {"regulation_until": TODAY + DAY},
        {"regulation_own": False},
        {"regulation_from": None, "dissolved_on": TODAY},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
