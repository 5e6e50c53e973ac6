"""OFF-05: the staff record is complete."""

import pytest

from accounts.models import Agency, OwnerStatus, RecordGap
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="OFF-05",
    fires=[
        {"gaps": RecordGap.POSITION},
        {"gaps": RecordGap.CATEGORY | RecordGap.EMPLOYED_SINCE},
    ],
    silent=[
        {"gaps": 0},
        {"gaps": RecordGap.WORK_EMAIL, "status": OwnerStatus.MOVED},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
