"""ACC-22: the person has promised not to borrow, rent or buy another's account."""

import pytest

from accounts.commitments import BITS
from accounts.models import Agency
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

ALL = sum(BITS.values())

CASES = Cases(
    code="ACC-22",
    fires=[
        {"commitments": 0, "profile": PROFILES["foreign-affairs"].number},
        {"commitments": ALL - BITS["no_borrowing"], "profile": PROFILES["foreign-affairs"].number},
    ],
    silent=[
        {"commitments": BITS["no_borrowing"], "profile": PROFILES["foreign-affairs"].number},
        {"commitments": ALL, "profile": PROFILES["foreign-affairs"].number},
        {"commitments": 0, "profile": PROFILES["procuracy"].number},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
