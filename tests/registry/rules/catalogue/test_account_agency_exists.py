"""ACC-08: the agency shown still exists under that name."""

import pytest

from accounts.models import Agency, AgencyVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-08",
    fires=[{"agency_verdict": AgencyVerdict.FORMER}],
    silent=[{"agency_verdict": AgencyVerdict.OTHER}, {"agency_verdict": AgencyVerdict.CURRENT}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
