"""PAG-14: the page was confirmed within the time given."""

from datetime import timedelta

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


CASES = Cases(
    code="PAG-14",
    fires=[
        {"confirm_due_on": TODAY},
        {"confirm_due_on": TODAY, "confirm_due_until": TODAY + DAY},
        {"confirmed_on": TODAY - 365 * DAY},
    ],
    silent=[
        {"confirm_due_on": TODAY + DAY},
        {"confirm_due_on": TODAY - DAY, "confirm_due_until": TODAY},
        {"confirmed_on": TODAY - 364 * DAY},
        {"confirmed_on": TODAY - 900 * DAY, "confirm_due_on": TODAY + DAY},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
