"""OFF-04: the current wording of the code of conduct was accepted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts import code_of_conduct
from accounts.code_of_conduct import WORDINGS
from accounts.models import Agency, OwnerStatus
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ASKED = PROFILES["code-2026"].number
EFFECTIVE = WORDINGS[0].effective_from

CASES = Cases(
    code="OFF-04",
    fires=[
        {"profile": ASKED, "since": TODAY - 30 * DAY},
        {"profile": PROFILES["procuracy"].number, "since": EFFECTIVE},
    ],
    silent=[
        {"profile": ASKED, "since": TODAY - 29 * DAY},
        {"profile": ASKED, "since": EFFECTIVE, "accepted_code": 1},
        {"profile": ASKED, "since": EFFECTIVE, "status": OwnerStatus.LEFT},
        {"profile": PROFILES["draft-2018"].number, "since": EFFECTIVE},
        {"profile": PROFILES["defence"].number, "since": EFFECTIVE},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer


def test_a_new_wording_is_asked_when_its_time_to_read_is_over(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    second = replace(WORDINGS[0], number=2, effective_from=TODAY - 30 * DAY)
    monkeypatch.setattr(code_of_conduct, "WORDINGS", (*WORDINGS, second))
    first_only: Columns = {"profile": ASKED, "since": EFFECTIVE, "accepted_code": 1}
    assert answer_of("OFF-04", agency, first_only) == Answer.NOT_IN_LINE
    assert answer_of("OFF-04", agency, first_only, TODAY - DAY) == Answer.IN_LINE
    assert answer_of("OFF-04", agency, first_only | {"accepted_code": 2}) == Answer.IN_LINE


@pytest.mark.parametrize(("days", "answer"), [(29, Answer.IN_LINE), (30, Answer.NOT_IN_LINE)])
def test_before_the_first_wording_nothing_is_asked(agency: Agency, days: int, answer: Answer):
    row: Columns = {"profile": ASKED, "since": EFFECTIVE - 400 * DAY}
    assert answer_of("OFF-04", agency, row, EFFECTIVE + days * DAY) == answer
