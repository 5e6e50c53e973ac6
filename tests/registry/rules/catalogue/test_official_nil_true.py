"""OFF-02: who said "I have no account" has none."""

import pytest

from accounts.models import Agency, OwnerStatus
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="OFF-02",
    fires=[
        {"nil": True, "accounts": 1},
        {"nil": True, "accounts": 0, "proposed": 1},
    ],
    silent=[
        {"nil": True, "accounts": 0},
        {"nil": False, "accounts": 1, "proposed": 1},
        {"nil": True, "accounts": 1, "status": OwnerStatus.LEFT},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
