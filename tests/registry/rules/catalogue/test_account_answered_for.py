"""ACC-20: the person has promised to answer for the account."""

import pytest

from accounts.commitments import BITS
from accounts.models import Agency
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

ALL = sum(BITS.values())

CASES = Cases(
    code="ACC-20",
    fires=[
        {"commitments": 0, "profile": PROFILES["foreign-affairs"].number},
        {"commitments": ALL - BITS["answer"], "profile": PROFILES["foreign-affairs"].number},
    ],
    silent=[
        {"commitments": BITS["answer"], "profile": PROFILES["foreign-affairs"].number},
        {"commitments": ALL, "profile": PROFILES["foreign-affairs"].number},
        {"commitments": 0, "profile": PROFILES["procuracy"].number},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
