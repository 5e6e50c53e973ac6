"""OFF-07: the head of the unit was told in time of a loss."""

from datetime import timedelta

import pytest

from accounts.models import Agency, OwnerStatus
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DEFENCE = PROFILES["defence"].number

CASES = Cases(
    code="OFF-07",
    fires=[
        {"profile": PROFILES["procuracy"].number, "loss_untold_since": TODAY - DAY},
        {"profile": DEFENCE, "loss_untold_since": TODAY - DAY},
    ],
    silent=[
        {"profile": DEFENCE, "loss_untold_since": TODAY},
        {"profile": DEFENCE, "posing_untold_since": TODAY - DAY},
        {"profile": DEFENCE, "loss_untold_since": TODAY - DAY, "status": OwnerStatus.LEFT},
        {"profile": PROFILES["draft-2018"].number, "loss_untold_since": TODAY - DAY},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
