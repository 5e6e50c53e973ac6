"""PAG-02: the spokesperson is authorised by a document."""

import pytest

from accounts.models import Agency, ResponsibleVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CASES = Cases(
    code="PAG-02",
    fires=[
        {"authorised": False},
        {"authorised": False, "responsible": ResponsibleVerdict.GONE},
    ],
    silent=[
        {"authorised": True},
        {"authorised": False, "responsible": ResponsibleVerdict.MISSING},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
