"""ACC-07: the agency shown is the one the person works for now."""

from datetime import timedelta

import pytest

from accounts.models import Agency, AgencyVerdict
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-07",
    fires=[
        {"agency_verdict": AgencyVerdict.OTHER},
        {"agency_verdict": AgencyVerdict.OTHER, "agency_shown_until": TODAY + timedelta(days=1)},
    ],
    silent=[
        {"agency_verdict": AgencyVerdict.OTHER, "agency_shown_until": TODAY},
        {"agency_verdict": AgencyVerdict.CURRENT},
        {"agency_verdict": AgencyVerdict.ALIAS},
        {"agency_verdict": AgencyVerdict.ANCESTOR},
        {"agency_verdict": AgencyVerdict.FORMER},
        {"agency_verdict": AgencyVerdict.MISSING},
        {"agency_verdict": AgencyVerdict.UNKNOWN, "profile": PROFILES["procuracy"].number},
    ],
    unchecked=[{"agency_verdict": AgencyVerdict.UNKNOWN}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
