"""ACC-02: the name shown is the person's name on record."""

from datetime import date

import pytest

from accounts.models import Agency
from accounts.names import NameVerdict
from registry.findings.services import Answer
from registry.rules.profiles import PROFILES
from tests.registry.rules.catalogue.answers import Cases, Columns, answer_of

pytestmark = pytest.mark.django_db

CASES = Cases(
    code="ACC-02",
    fires=[{"name_verdict": NameVerdict.DIFFERENT}],
    silent=[{"name_verdict": NameVerdict.MISSING}, {"name_verdict": NameVerdict.SAME}],
    unchecked=[{"name_verdict": NameVerdict.POSSIBLE}],
)


@pytest.mark.parametrize(("columns", "answer"), CASES.rows)
def test_rule_answers(agency: Agency, columns: Columns, answer: Answer):
    assert answer_of(CASES.code, agency, columns) == answer


@pytest.mark.parametrize(
    ("profile", "day", "answer"),
    [
        ("code-2021", date(2021, 6, 16), Answer.IN_LINE),  # the code was signed on the 17th
        ("code-2021", date(2021, 6, 17), Answer.NOT_IN_LINE),
        ("code-2021", date(2026, 3, 4), Answer.NOT_IN_LINE),
        ("code-2021", date(2026, 3, 5), Answer.IN_LINE),  # replaced that day
        ("code-2026", date(2026, 3, 4), Answer.IN_LINE),
        ("code-2026", date(2026, 3, 5), Answer.NOT_IN_LINE),
    ],
)
def test_rule_speaks_while_its_article_does(agency: Agency, profile: str, day: date, answer: Answer):
    columns = {"name_verdict": NameVerdict.DIFFERENT, "profile": PROFILES[profile].number}
    assert answer_of(CASES.code, agency, columns, day) == answer
