"""AGE-02: people find a contact in HR."""

from datetime import timedelta

import pytest

from accounts.models import Agency, ContactVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)

CASES = Cases(
    code="AGE-02",
    fires=[
        {"contact": ContactVerdict.MISSING},
        {"contact": ContactVerdict.MISSING, "dissolved_on": TODAY + DAY},
    ],
    silent=[
        {"contact": ContactVerdict.OWN},
        {"contact": ContactVerdict.ABOVE},
        {"contact": ContactVerdict.MISSING, "dissolved_on": TODAY},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
