"""ACC-13: the name shown is written in ordinary letters."""

import pytest

from accounts.models import Agency
from accounts.names import NameFlag
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-13",
    fires=[{"name_flags": NameFlag.LOOK_ALIKE}, {"name_flags": NameFlag.INVISIBLE | NameFlag.PRESS_LIKE}],
    silent=[{"name_flags": NameFlag.NONE}, {"name_flags": NameFlag.PRESS_LIKE}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
