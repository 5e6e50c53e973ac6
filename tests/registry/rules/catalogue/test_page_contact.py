"""PAG-05: a contact that can be official."""

import pytest

from accounts.models import Agency, PageContact
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CODE_2026 = PROFILES["code-2026"].number  # says nothing of a contact

CASES = Cases(
    code="PAG-05",
    fires=[
        {"contact": PageContact.MISSING},
        {"contact": PageContact.MALFORMED},
        {"contact": PageContact.EMAIL_ELSEWHERE},
    ],
    silent=[
        {"contact": PageContact.GIVEN},
        {"contact": PageContact.MISSING, "profile": CODE_2026},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
