"""PAG-13: a way for citizens' remarks is recorded."""

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CASES = Cases(
    code="PAG-13",
    fires=[
        {"feedback": False},
        {"feedback": False, "profile": 3},
    ],
    silent=[{"feedback": True}, {"feedback": True, "profile": 3}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
