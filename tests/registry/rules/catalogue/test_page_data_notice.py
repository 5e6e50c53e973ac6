"""PAG-12: a notice on citizens' data is recorded."""

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CODE_2026 = PROFILES["code-2026"].number  # does not ask for it

CASES = Cases(
    code="PAG-12",
    fires=[
        {"data_notice": False},
    ],
    silent=[
        {"data_notice": True},
        {"data_notice": False, "profile": CODE_2026},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
