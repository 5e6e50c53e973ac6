"""Every rule of the catalogue: what it fires on, what it is silent on, under which profile, on which day."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import (
    Agency,
    AgencyVerdict,
    Comparison,
    DisclaimerVerdict,
    Likeness,
    OwnerStatus,
    Photo,
    PhotoVerdict,
    StandingCode,
)
from accounts.names import NameFlag, NameVerdict
from registry.findings.folding import conditions
from registry.findings.services import Answer, verdicts
from registry.rules.catalogue import catalogue, rule
from registry.rules.profiles import PROFILES
from registry.rules.rule import Subject
from tests.factories.comparisons import make_agency, make_comparison, make_official, make_official_comparison

TODAY = date(2026, 11, 22)
DUE = date(2026, 7, 1)

pytestmark = pytest.mark.django_db

Columns = dict[str, Any]

# code → (rows it fires on, rows it is silent on, rows it cannot tell)
CASES: dict[str, tuple[list[Columns], list[Columns], list[Columns]]] = {
    "ACC-01": (
        [{"name_verdict": NameVerdict.MISSING}],
        [{"name_verdict": NameVerdict.DIFFERENT}, {"name_verdict": NameVerdict.SAME}],
        [],
    ),
    "ACC-02": (
        [{"name_verdict": NameVerdict.DIFFERENT}],
        [{"name_verdict": NameVerdict.MISSING}, {"name_verdict": NameVerdict.SAME}],
        [{"name_verdict": NameVerdict.POSSIBLE}],
    ),
    "ACC-03": (
        [{"photo_verdict": PhotoVerdict.MISSING}],
        [{"photo_verdict": PhotoVerdict.TOO_SMALL}, {"photo_verdict": PhotoVerdict.USABLE}],
        [],
    ),
    "ACC-04": (
        [
            {"photo_verdict": PhotoVerdict.TOO_SMALL},
            {"photo_verdict": PhotoVerdict.UNREADABLE},
            {"photo_verdict": PhotoVerdict.REFUSED},
        ],
        [{"photo_verdict": PhotoVerdict.MISSING}, {"photo_verdict": PhotoVerdict.USABLE}],
        [],
    ),
    "ACC-06": (
        [{"agency_verdict": AgencyVerdict.MISSING}],
        [
            {"agency_verdict": AgencyVerdict.OTHER},
            {"agency_verdict": AgencyVerdict.MISSING, "profile": PROFILES["defence"].number},
            {"agency_verdict": AgencyVerdict.MISSING, "profile": PROFILES["code-2026"].number},
        ],
        [],
    ),
    "ACC-07": (
        [{"agency_verdict": AgencyVerdict.OTHER}],
        [
            {"agency_verdict": AgencyVerdict.CURRENT},
            {"agency_verdict": AgencyVerdict.ALIAS},
            {"agency_verdict": AgencyVerdict.ANCESTOR},
            {"agency_verdict": AgencyVerdict.FORMER},
            {"agency_verdict": AgencyVerdict.MISSING},
            {"agency_verdict": AgencyVerdict.UNKNOWN, "profile": PROFILES["procuracy"].number},
        ],
        [{"agency_verdict": AgencyVerdict.UNKNOWN}],
    ),
    "ACC-08": (
        [{"agency_verdict": AgencyVerdict.FORMER}],
        [{"agency_verdict": AgencyVerdict.OTHER}, {"agency_verdict": AgencyVerdict.CURRENT}],
        [],
    ),
    "ACC-09": (
        [
            {"disclaimer_verdict": DisclaimerVerdict.MISSING},
            {"disclaimer_verdict": DisclaimerVerdict.NEITHER},
        ],
        [
            {"disclaimer_verdict": DisclaimerVerdict.FULL},
            {"disclaimer_verdict": DisclaimerVerdict.PERSONAL_ONLY},
            {"disclaimer_verdict": DisclaimerVerdict.NOT_REPRESENTING_ONLY},
            {"disclaimer_verdict": DisclaimerVerdict.MISSING, "profile": PROFILES["code-2026"].number},
        ],
        [],
    ),
    "ACC-10": ([{"rival_claims": 1}], [{"rival_claims": 0}], []),
    "ACC-11": (
        [{"standing": StandingCode.UNCONFIRMED, "confirmed_on": None}],
        [{"standing": StandingCode.CONFIRMED}],
        [],
    ),
    "ACC-12": (
        [{"owner_status": OwnerStatus.LEFT}, {"owner_status": OwnerStatus.MOVED}],
        [{"owner_status": OwnerStatus.IN_POST}],
        [],
    ),
    "ACC-13": (
        [{"name_flags": NameFlag.LOOK_ALIKE}, {"name_flags": NameFlag.INVISIBLE | NameFlag.PRESS_LIKE}],
        [{"name_flags": NameFlag.NONE}, {"name_flags": NameFlag.PRESS_LIKE}],
        [],
    ),
    "OFF-01": (
        [
            {"accounts": 0, "declare_due_on": TODAY},
            {"accounts": 0, "declare_due_on": TODAY, "declare_until": TODAY + timedelta(days=1)},
            {"accounts": 0, "profile": 8, "since": TODAY - timedelta(days=30)},
        ],
        [
            {"accounts": 0},
            {"accounts": 0, "declare_due_on": TODAY + timedelta(days=1)},
            {"accounts": 0, "declare_due_on": DUE, "declare_until": TODAY},
            {"accounts": 0, "declare_due_on": DUE, "nil": True},
            {"accounts": 0, "declare_due_on": DUE, "proposed": 1},
            {"accounts": 0, "declare_due_on": DUE, "status": OwnerStatus.LEFT},
            {"accounts": 1, "declare_due_on": DUE},
            {"accounts": 0, "profile": 8, "since": TODAY - timedelta(days=29)},
            {"accounts": 0, "profile": 1, "since": date(2020, 1, 1)},
        ],
        [],
    ),
}
ROWS = [
    (code, columns, answer)
    for code, cases in CASES.items()
    for answer, rows in zip((Answer.NOT_IN_LINE, Answer.IN_LINE, Answer.UNCHECKED), cases, strict=True)
    for columns in rows
]


@pytest.fixture
def agency() -> Agency:
    return make_agency()


def _answer(code: str, agency: Agency, columns: Columns, as_of: date = TODAY) -> Answer:
    """The answer of the one rule, by its own condition, not by the folded pass."""
    judged = rule(code)
    make: Any = make_comparison if judged.subject is Subject.ACCOUNT else make_official_comparison
    row = make(agency, **columns)
    rows = judged.subject.table._default_manager.filter(pk=row.pk)
    fires, cannot_tell = conditions(judged, as_of)
    if cannot_tell is not None and rows.filter(cannot_tell).exists():
        return Answer.UNCHECKED
    return Answer.NOT_IN_LINE if rows.filter(fires).exists() else Answer.IN_LINE


@pytest.mark.parametrize(("code", "columns", "answer"), ROWS)
def test_rule_answers(agency: Agency, code: str, columns: Columns, answer: Answer):
    assert _answer(code, agency, columns) == answer


def test_every_row_rule_has_cases_for_both_sides():
    for each in catalogue():
        if not each.is_set_rule:
            fires, silent, cannot_tell = CASES[each.code]
            assert fires, each.code
            assert silent, each.code
            assert bool(cannot_tell) == (each.unchecked is not None), each.code


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
    assert _answer("ACC-02", agency, columns, day) == answer


def test_rules_of_persons_are_silent_on_an_agency_s_own_page(agency: Agency):
    row = make_comparison(
        agency, owner_status=OwnerStatus.AGENCY, name_verdict=NameVerdict.DIFFERENT, rival_claims=1
    )
    assert verdicts(row, TODAY) == []


def _photo(*, plain: bool = False) -> Photo:
    digest = uuid.uuid4().hex * 2
    return Photo.objects.create(
        name=digest, sha256=digest, source_sha256=digest, width=300, height=300, source_format="jpeg",
        difference_hash=1, difference_hash_down=1, detail_hash=b"", hash_version=1,
        bands=[] if plain else [1, 2, 3, 4],
    )  # fmt: skip


def _alike(photo: Photo, other: Photo) -> None:
    Likeness.objects.create(photo=photo, other=other)
    Likeness.objects.create(photo=other, other=photo)


def _photo_answer(row: Comparison) -> Answer:
    return next(each.answer for each in verdicts(row, TODAY) if each.rule.code == "ACC-05")


def test_photo_own_fires_on_one_picture_and_on_one_like_it(agency: Agency):
    picture, resized, another = _photo(), _photo(), _photo()
    _alike(picture, resized)
    rows = [make_comparison(agency, photo=photo) for photo in (picture, picture, resized, another)]
    assert [_photo_answer(row) for row in rows] == [Answer.NOT_IN_LINE] * 3 + [Answer.IN_LINE]


def test_photo_own_is_silent_on_one_person_s_two_accounts_and_on_plain_pictures(agency: Agency):
    person, picture, blank = make_official(agency), _photo(), _photo(plain=True)
    mine = [make_comparison(agency, person, photo=picture) for _n in range(2)]
    plain = [make_comparison(agency, photo=blank) for _n in range(2)]
    assert {_photo_answer(row) for row in mine + plain} == {Answer.IN_LINE}


def test_photo_own_when_the_other_is_only_a_draft(agency: Agency):
    picture = _photo()
    draft = make_comparison(agency, photo=picture, standing=StandingCode.DRAFT)
    standing = make_comparison(agency, photo=picture)
    assert [_photo_answer(draft), _photo_answer(standing)] == [Answer.NOT_IN_LINE, Answer.IN_LINE]
