"""PAG-10: the page follows its agency."""

from datetime import timedelta

import pytest

from accounts.models import Agency, AgencyVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


CASES = Cases(
    code="PAG-10",
    fires=[
        {"dissolved_on": TODAY},
        {"dissolved_on": TODAY - 400 * DAY},
        {"name_verdict": AgencyVerdict.FORMER},
    ],
    silent=[
        {"dissolved_on": TODAY + DAY},
        {"dissolved_on": None},
        {"name_verdict": AgencyVerdict.OTHER},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
