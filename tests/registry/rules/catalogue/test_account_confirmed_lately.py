"""ACC-24: the person has confirmed the account within the time given."""

from datetime import date, timedelta

import pytest

from accounts.models import Agency, StandingCode
from registry.findings.services import Answer
from registry.rules.legal import Force
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
BINDING = PROFILES["province-with-duty-to-declare"].number

CASES = Cases(
    code="ACC-24",
    fires=[
        {"confirm_due_on": TODAY},
        {"confirm_due_on": TODAY, "confirm_due_until": TODAY + DAY},
        {"confirmed_on": TODAY - 365 * DAY, "profile": BINDING},
    ],
    silent=[
        {"confirmed_on": date(2010, 1, 1)},
        {"confirm_due_on": TODAY + DAY},
        {"confirm_due_on": TODAY - DAY, "confirm_due_until": TODAY},
        {"confirmed_on": TODAY - 364 * DAY, "profile": BINDING},
        {"confirmed_on": date(2010, 1, 1), "confirm_due_on": TODAY + DAY, "profile": BINDING},
        {"confirmed_on": None, "standing": StandingCode.UNCONFIRMED, "profile": BINDING},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer


def test_rule_takes_the_number_of_a_profile_only_where_an_article_binds():
    binding = [each.code for each in PROFILES.values() if each.force_on("OWN.confirm", TODAY) is Force.MUST]
    assert binding == ["province-with-duty-to-declare"]
    assert all(each.days_between_confirmations == 365 for each in PROFILES.values())
