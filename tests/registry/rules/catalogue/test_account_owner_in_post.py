"""ACC-12: the owner of the account is in post."""

import pytest

from accounts.models import Agency, OwnerStatus
from registry.findings.services import Answer
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-12",
    fires=[{"owner_status": OwnerStatus.LEFT}, {"owner_status": OwnerStatus.MOVED}],
    silent=[{"owner_status": OwnerStatus.IN_POST}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer
