"""ACC-01: the account shows a name."""

import pytest

from accounts.models import Agency
from accounts.names import NameVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-01",
    fires=[{"name_verdict": NameVerdict.MISSING}],
    silent=[{"name_verdict": NameVerdict.DIFFERENT}, {"name_verdict": NameVerdict.SAME}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
