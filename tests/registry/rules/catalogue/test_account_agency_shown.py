"""ACC-06: the account shows the agency the person works for."""

import pytest

from accounts.models import Agency, AgencyVerdict
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-06",
    fires=[{"agency_verdict": AgencyVerdict.MISSING}],
    silent=[
        {"agency_verdict": AgencyVerdict.OTHER},
        {"agency_verdict": AgencyVerdict.MISSING, "profile": PROFILES["defence"].number},
        {"agency_verdict": AgencyVerdict.MISSING, "profile": PROFILES["code-2026"].number},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
