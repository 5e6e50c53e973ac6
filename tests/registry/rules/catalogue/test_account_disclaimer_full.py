"""ACC-17: the notice says both that the account is personal and that it does not represent the agency."""

import pytest

from accounts.models import Agency, DisclaimerVerdict
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-17",
    fires=[
        {"disclaimer_verdict": DisclaimerVerdict.PERSONAL_ONLY},
        {"disclaimer_verdict": DisclaimerVerdict.NOT_REPRESENTING_ONLY},
    ],
    silent=[
        {"disclaimer_verdict": DisclaimerVerdict.FULL},
        {"disclaimer_verdict": DisclaimerVerdict.MISSING},
        {"disclaimer_verdict": DisclaimerVerdict.NEITHER},
        {
            "disclaimer_verdict": DisclaimerVerdict.PERSONAL_ONLY,
            "profile": PROFILES["code-2026"].number,
        },
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
