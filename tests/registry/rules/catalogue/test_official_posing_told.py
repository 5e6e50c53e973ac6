"""OFF-08: the head of the unit was told in time of an impersonation."""

from datetime import timedelta

import pytest

from accounts.models import Agency, OwnerStatus
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PROCURACY = PROFILES["procuracy"].number

CASES = Cases(
    code="OFF-08",
    fires=[
        {"profile": PROCURACY, "posing_untold_since": TODAY - DAY},
    ],
    silent=[
        {"profile": PROCURACY, "posing_untold_since": TODAY},
        {"profile": PROCURACY, "loss_untold_since": TODAY - DAY},
        {"profile": PROCURACY, "posing_untold_since": TODAY - DAY, "status": OwnerStatus.LEFT},
        {"profile": PROFILES["defence"].number, "posing_untold_since": TODAY - DAY},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
