"""ACC-23: the address on record is an address of that account on its platform."""

import pytest

from accounts.models import Agency, LinkVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-23",
    fires=[
        {"link_verdict": LinkVerdict.MALFORMED},
    ],
    silent=[
        {"link_verdict": LinkVerdict.WELL_FORMED},
        {"link_verdict": LinkVerdict.NONE},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
