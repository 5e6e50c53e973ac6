"""PAG-06: the badge is recorded."""

import pytest

from accounts.models import Agency, BadgeVerdict
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CODE_2026 = PROFILES["code-2026"].number  # says nothing of badges

CASES = Cases(
    code="PAG-06",
    fires=[
        {"badge": BadgeVerdict.MISSING},
        {"badge": BadgeVerdict.INCOMPLETE},
    ],
    silent=[
        {"badge": BadgeVerdict.RECORDED},
        {"badge": BadgeVerdict.MISSING, "profile": CODE_2026},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
