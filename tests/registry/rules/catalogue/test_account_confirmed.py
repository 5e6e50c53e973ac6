"""ACC-11: the person has confirmed the account."""

import pytest

from accounts.models import Agency, StandingCode
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-11",
    fires=[{"standing": StandingCode.UNCONFIRMED, "confirmed_on": None}],
    silent=[
        {"standing": StandingCode.UNCONFIRMED, "changed_on": TODAY},
        {"standing": StandingCode.CONFIRMED},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
