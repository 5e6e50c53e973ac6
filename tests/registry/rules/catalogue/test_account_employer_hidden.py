"""ACC-16: the account does not name the employer."""

import pytest

from accounts.models import Agency, EmployerNamed
from registry.findings.services import Answer
from registry.rules.bindings import bindings_of
from registry.rules.catalogue import rule
from registry.rules.profiles import PROFILES
from registry.rules.rule import Severity
from tests.registry.rules.catalogue.answers import TODAY, Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-16",
    fires=[
        {"employer_named": place, "profile": PROFILES[sector].number}
        for place in (
            EmployerNamed.NAME,
            EmployerNamed.HANDLE,
            EmployerNamed.DISCLAIMER,
            EmployerNamed.AGENCY_FIELD,
        )
        for sector in ("defence", "procuracy", "police")
    ],
    silent=[
        {"employer_named": EmployerNamed.NOWHERE, "profile": PROFILES["defence"].number},
        {"employer_named": EmployerNamed.AGENCY_FIELD},
        {"employer_named": EmployerNamed.NAME, "profile": PROFILES["code-2026"].number},
    ],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer


def test_rule_weighs_by_the_force_in_each_sector():
    weights = {each.profile: each.severity for each in bindings_of(rule(CASES.code), TODAY)}
    assert weights == {
        PROFILES["defence"].number: Severity.HIGH,
        PROFILES["procuracy"].number: Severity.HIGH,
        PROFILES["police"].number: Severity.MEDIUM,  # what applies today is not established
    }
