"""ACC-19: the account still bears the handle it was declared with."""

import pytest

from accounts.models import Agency, HandleVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-19",
    fires=[
        {"handle_verdict": HandleVerdict.CHANGED},
        {"handle_verdict": HandleVerdict.REUSED},
    ],
    silent=[
        {"handle_verdict": HandleVerdict.SAME},
    ],
    unchecked=[
        {"handle_verdict": HandleVerdict.NO_PERMANENT_ID},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
