"""PAG-03: enough administrators, by the regulation or else by the profile."""

from datetime import timedelta

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DEFENCE = PROFILES["defence"].number  # asks for one
FREE = PROFILES["code-2026"].number  # asks for none

CASES = Cases(
    code="PAG-03",
    fires=[
        {"administrators": 1},
        {"administrators": 0, "profile": DEFENCE},
        {"administrators": 2, "enough": False, "minimum_from": TODAY},
        {"administrators": 2, "enough": False, "minimum_from": TODAY - DAY, "minimum_until": TODAY + DAY},
        {"administrators": 1, "enough": True, "minimum_from": TODAY + DAY},
        {"administrators": 1, "enough": True, "minimum_from": TODAY - DAY, "minimum_until": TODAY},
        {"administrators": 0, "enough": False, "minimum_from": TODAY, "profile": FREE},
    ],
    silent=[
        {"administrators": 2},
        {"administrators": 1, "profile": DEFENCE},
        {"administrators": 0, "profile": FREE},
        {"administrators": 3, "enough": True, "minimum_from": TODAY},
        {"administrators": 2, "enough": False, "minimum_from": TODAY + DAY},
        {"administrators": 2, "enough": False, "minimum_from": TODAY - DAY, "minimum_until": TODAY},
        {"administrators": 1, "enough": True, "minimum_from": TODAY},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
