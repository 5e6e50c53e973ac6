"""ACC-25: what stands is what the person last confirmed."""

from datetime import timedelta

import pytest

from accounts.models import Agency, StandingCode
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-25",
    fires=[
        {"changed_on": TODAY, "standing": StandingCode.UNCONFIRMED, "confirmed_on": None},
    ],
    silent=[
        {"changed_on": None},
        {"changed_on": TODAY + timedelta(days=1), "standing": StandingCode.UNCONFIRMED},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
