"""ACC-08: the agency shown still exists under that name."""

from datetime import timedelta

import pytest

from accounts.models import Agency, AgencyVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-08",
    fires=[
        {"agency_verdict": AgencyVerdict.FORMER},
        {"agency_verdict": AgencyVerdict.CURRENT, "agency_shown_until": TODAY},
        {"agency_verdict": AgencyVerdict.OTHER, "agency_shown_until": TODAY - timedelta(days=1)},
    ],
    silent=[
        {"agency_verdict": AgencyVerdict.OTHER},
        {"agency_verdict": AgencyVerdict.CURRENT},
        {"agency_verdict": AgencyVerdict.CURRENT, "agency_shown_until": TODAY + timedelta(days=1)},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
