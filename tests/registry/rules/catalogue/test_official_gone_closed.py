"""OFF-03: whoever left or moved has no account left after the time given."""

from datetime import timedelta

import pytest

from accounts.models import Agency, OwnerStatus
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)

CASES = Cases(
    code="OFF-03",
    fires=[
        {"status": OwnerStatus.LEFT, "gone_on": TODAY - 30 * DAY},
        {"status": OwnerStatus.MOVED, "gone_on": TODAY - 400 * DAY},
    ],
    silent=[
        {"status": OwnerStatus.LEFT, "gone_on": TODAY - 29 * DAY},
        {"status": OwnerStatus.LEFT, "gone_on": TODAY - 30 * DAY, "accounts": 0},
        {"gone_on": None},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
