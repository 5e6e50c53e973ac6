"""PAG-12: a notice on citizens' data is recorded."""

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CASES = Cases(
    code="PAG-12",
    fires=[
        {"data_notice": False},
        {"data_notice": False, "profile": 3},
    ],
    silent=[{"data_notice": True}, {"data_notice": True, "profile": 3}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
