"""ACC-04: the photo handed in can be used."""

import pytest

from accounts.models import Agency, PhotoVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-04",
    fires=[
        {"photo_verdict": PhotoVerdict.TOO_SMALL},
        {"photo_verdict": PhotoVerdict.UNREADABLE},
        {"photo_verdict": PhotoVerdict.REFUSED},
    ],
    silent=[{"photo_verdict": PhotoVerdict.MISSING}, {"photo_verdict": PhotoVerdict.USABLE}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
