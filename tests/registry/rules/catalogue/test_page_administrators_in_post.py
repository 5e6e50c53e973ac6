"""PAG-04: every administrator is in post."""

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CASES = Cases(
    code="PAG-04",
    fires=[
        {"administrators_gone": 1},
        {"administrators_gone": 2, "profile": 3},
    ],
    silent=[
        {"administrators_gone": 0},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
