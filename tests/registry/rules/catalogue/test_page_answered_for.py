"""PAG-01: somebody in post answers for the page."""

import pytest

from accounts.models import Agency, ResponsibleVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CASES = Cases(
    code="PAG-01",
    fires=[
        {"responsible": ResponsibleVerdict.MISSING},
        {"responsible": ResponsibleVerdict.GONE},
        {"responsible": ResponsibleVerdict.ELSEWHERE, "profile": 3},
    ],
    silent=[
        {"responsible": ResponsibleVerdict.IN_POST},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
