"""ACC-14: the name shown is not like a press body's."""

from datetime import date

import pytest

from accounts.models import Agency
from accounts.names import NameFlag
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-14",
    fires=[
        {"name_flags": NameFlag.PRESS_LIKE},
        {"name_flags": NameFlag.PRESS_LIKE | NameFlag.LOOK_ALIKE, "profile": PROFILES["code-2026"].number},
    ],
    silent=[
        {"name_flags": NameFlag.NONE},
        {"name_flags": NameFlag.LOOK_ALIKE | NameFlag.AGENCY_LIKE},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2024, 12, 24), Answer.IN_LINE),  # the decree is in force from the 25th
        (date(2024, 12, 25), Answer.NOT_IN_LINE),
    ],
)
def test_rule_speaks_from_the_day_of_the_decree(agency: Agency, day: date, answer: Answer):
    assert answer_of(CASES.code, agency, {"name_flags": NameFlag.PRESS_LIKE}, day) == answer
