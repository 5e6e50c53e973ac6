"""ACC-18: the photo is not older than allowed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.models import Agency
from registry.findings.services import Answer
from registry.rules import profiles
from registry.rules.catalogue import account_photo_recent
from registry.rules.legal import Force
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)

CASES = Cases(
    code="ACC-18",
    fires=[
        {"photo_due_on": TODAY},
        {"photo_due_on": TODAY, "photo_due_until": TODAY + DAY},
        {"photo_due_on": TODAY - DAY, "profile": PROFILES["code-2026"].number},
    ],
    silent=[
        {},
        {"photo_due_on": TODAY + DAY},
        {"photo_due_on": TODAY - DAY, "photo_due_until": TODAY},
        {"photo_on": date(2010, 1, 1)},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer


@pytest.mark.parametrize(
    ("age", "answer"), [(364, Answer.IN_LINE), (365, Answer.NOT_IN_LINE), (366, Answer.NOT_IN_LINE)]
)
def test_rule_takes_the_number_of_a_profile_that_binds(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, age: int, answer: Answer
):
    own = PROFILES["draft-2018"]
    strict = replace(
        own,
        photo_max_age_days=365,
        bindings=dict(own.bindings) | {"OWN.photo-age": profiles.Binding(Force.MUST)},
    )
    monkeypatch.setattr(account_photo_recent, "PROFILES", {own.code: strict})
    columns = {"photo_on": TODAY - age * DAY}
    assert answer_of(CASES.code, agency, columns) == answer
    assert answer_of(CASES.code, agency, columns | {"photo_due_on": TODAY + DAY}) == Answer.IN_LINE
