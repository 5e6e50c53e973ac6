"""PAG-08: the portal that lists the page is recorded."""

import pytest

from accounts.models import Agency, PortalVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CASES = Cases(
    code="PAG-08",
    fires=[
        {"portal": PortalVerdict.MISSING},
        {"portal": PortalVerdict.ELSEWHERE, "profile": 3},
    ],
    silent=[
        {"portal": PortalVerdict.RECORDED},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
