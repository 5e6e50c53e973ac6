"""PAG-11: the decision that permits the page is recorded."""

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CASES = Cases(
    code="PAG-11",
    fires=[
        {"decision": False},
        {"decision": False, "profile": 5},
    ],
    silent=[
        {"decision": True},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
