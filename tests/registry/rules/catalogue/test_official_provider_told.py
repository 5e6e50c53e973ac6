"""OFF-06: the platform was told in time."""

from datetime import date, timedelta

import pytest

from accounts.models import Agency, OwnerStatus
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PROCURACY = PROFILES["procuracy"].number

CASES = Cases(
    code="OFF-06",
    fires=[
        {"profile": PROCURACY, "provider_untold_since": TODAY - DAY},
    ],
    silent=[
        {"profile": PROCURACY, "provider_untold_since": TODAY},
        {"profile": PROCURACY, "provider_untold_since": None},
        {"profile": PROCURACY, "provider_untold_since": TODAY - DAY, "status": OwnerStatus.LEFT},
        {"profile": PROFILES["defence"].number, "provider_untold_since": TODAY - DAY},
        {"profile": PROFILES["code-2021"].number, "provider_untold_since": TODAY - 90 * DAY},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer


@pytest.mark.parametrize(
    ("as_of", "noticed", "answer"),
    [
        (date(2026, 3, 4), date(2026, 2, 28), Answer.NOT_IN_LINE),  # "quickly" is over on the fourth day
        (date(2026, 3, 4), date(2026, 3, 1), Answer.IN_LINE),
        (date(2026, 3, 5), date(2026, 2, 1), Answer.IN_LINE),  # the code of 2021 was replaced that day
    ],
)
def test_the_code_of_2021_asks_it_quickly_while_it_is_in_force(
    agency: Agency, as_of: date, noticed: date, answer: Answer
):
    row: Columns = {"profile": PROFILES["code-2021"].number, "provider_untold_since": noticed}
    assert answer_of("OFF-06", agency, row, as_of) == answer
