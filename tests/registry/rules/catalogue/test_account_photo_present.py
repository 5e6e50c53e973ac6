"""ACC-03: the account shows a photo."""

import pytest

from accounts.models import Agency, PhotoVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-03",
    fires=[{"photo_verdict": PhotoVerdict.MISSING}],
    silent=[{"photo_verdict": PhotoVerdict.TOO_SMALL}, {"photo_verdict": PhotoVerdict.USABLE}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
