"""ACC-15: the name shown is not like a state or defence body's."""

from datetime import date

import pytest

from accounts.models import Agency
from accounts.names import NameFlag
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DEFENCE = PROFILES["defence"].number

CASES = Cases(
    code="ACC-15",
    fires=[
        {"name_flags": NameFlag.AGENCY_LIKE, "profile": DEFENCE},
        {"name_flags": NameFlag.AGENCY_LIKE | NameFlag.PRESS_LIKE, "profile": DEFENCE},
    ],
    silent=[
        {"name_flags": NameFlag.NONE, "profile": DEFENCE},
        {"name_flags": NameFlag.PRESS_LIKE, "profile": DEFENCE},
        {"name_flags": NameFlag.AGENCY_LIKE},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2025, 9, 14), Answer.IN_LINE),  # the circular is in force from the 15th
        (date(2025, 9, 15), Answer.NOT_IN_LINE),
    ],
)
def test_rule_speaks_from_the_day_of_the_circular(agency: Agency, day: date, answer: Answer):
    columns = {"name_flags": NameFlag.AGENCY_LIKE, "profile": DEFENCE}
    assert answer_of(CASES.code, agency, columns, day) == answer
