"""PAG-09: the page bears the name of the agency."""

import pytest

from accounts.models import Agency, AgencyVerdict
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db


CASES = Cases(
    code="PAG-09",
    fires=[
        {"name_verdict": AgencyVerdict.OTHER},
        {"name_verdict": AgencyVerdict.ANCESTOR},
        {"name_verdict": AgencyVerdict.UNKNOWN},
        {"name_verdict": AgencyVerdict.MISSING},
    ],
    silent=[
        {"name_verdict": AgencyVerdict.CURRENT},
        {"name_verdict": AgencyVerdict.ALIAS},
        {"name_verdict": AgencyVerdict.FORMER},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
