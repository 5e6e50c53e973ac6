"""PAG-07: the badge was looked at lately."""

from datetime import timedelta

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


CASES = Cases(
    code="PAG-07",
    fires=[
        {"badge_seen_on": TODAY - 366 * DAY},
    ],
    silent=[
        {"badge_seen_on": TODAY - 365 * DAY},
        {"badge_seen_on": None},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
