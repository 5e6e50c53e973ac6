"""What binds an agency on a day, and from whom it comes: what the comparisons say too."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts import services as book
from accounts.comparison.duties import duties
from accounts.models import Agency, AgencyRecord
from registry.rules.effective import Number, effective, stands
from registry.rules.profiles import PROFILES
from tests.factories import AgencyFactory, RegulationFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def province() -> Agency:
    return AgencyFactory.create(kind="province", name="UBND tỉnh Một")


@pytest.fixture
def health(province: Agency) -> Agency:
    return AgencyFactory.create(parent=province, name="Sở Y tế")


def path_of(agency: Agency) -> str:
    return AgencyRecord.objects.current().get(agency=agency).path


def from_whom(number: Number) -> tuple[int | None, str, str]:
    return (
        number.value,
        number.regulation.number if number.regulation else "",
        number.agency.name if number.agency else "",
    )


def order(agency: Agency, number: str, **facts: Any) -> None:
    book.record_regulation(
        agency=agency, number=number, by=None, issued_on=date(2026, 1, 1),
        **({"in_force_from": date(2026, 1, 1)} | facts),
    )  # fmt: skip


def test_effective_when_nobody_chose_is_the_default(health: Agency):
    binds = effective(path_of(health), TODAY)
    assert (binds.profile.code, binds.profile_of) == ("draft-2018", None)
    assert from_whom(binds.days_to_declare) == (None, "", "")
    assert from_whom(binds.minimum_administrators) == (2, "", "")
    assert binds.regulations == ()


def test_effective_profile_is_inherited_and_overridden(province: Agency, health: Agency):
    book.amend_agency(agency=province, by=None, profile=PROFILES["province-with-duty-to-declare"].number)
    binds = effective(path_of(health), TODAY)
    assert binds.profile_of is not None
    assert (binds.profile.number, binds.profile_of.agency_id) == (8, province.pk)
    assert from_whom(binds.days_to_declare) == (30, "", "UBND tỉnh Một")
    book.amend_agency(agency=health, by=None, profile=PROFILES["code-2026"].number)
    binds = effective(path_of(health), TODAY)
    assert binds.profile.code == "code-2026"
    assert from_whom(binds.days_to_declare) == (None, "", "")
    book.amend_agency(agency=health, by=None, profile=None)
    assert effective(path_of(health), TODAY).profile.number == 8


def test_effective_numbers_come_from_the_nearest_regulation_in_force(province: Agency, health: Agency):
    order(province, "1/QĐ", days_between_confirmations=180, photo_max_age_days=700, minimum_administrators=3)
    order(health, "2/QĐ", days_between_confirmations=90, in_force_until=date(2026, 6, 1))
    order(health, "3/QĐ", photo_max_age_days=400, in_force_from=date(2027, 1, 1))
    then, now = effective(path_of(health), date(2026, 5, 31)), effective(path_of(health), TODAY)
    assert from_whom(then.days_between_confirmations) == (90, "2/QĐ", "Sở Y tế")
    assert from_whom(now.days_between_confirmations) == (180, "1/QĐ", "UBND tỉnh Một")
    assert from_whom(now.photo_max_age_days) == (700, "1/QĐ", "UBND tỉnh Một")
    assert from_whom(now.minimum_administrators) == (3, "1/QĐ", "UBND tỉnh Một")
    assert from_whom(effective(path_of(health), date(2027, 1, 1)).photo_max_age_days)[0] == 400
    assert [each.number for each, _agency in then.regulations] == ["2/QĐ", "1/QĐ"]


def test_effective_time_to_declare_is_the_shortest_of_those_that_bind(province: Agency, health: Agency):
    order(province, "1/QĐ", obliges_declaration=True, days_to_declare=10)
    order(health, "2/QĐ", obliges_declaration=True, days_to_declare=30)
    assert from_whom(effective(path_of(health), TODAY).days_to_declare) == (10, "1/QĐ", "UBND tỉnh Một")


def test_effective_after_a_regulation_is_struck_out_knows_nothing_of_it(health: Agency):
    regulation = RegulationFactory.create(agency=health, issued_on=date(2026, 1, 1))
    assert effective(path_of(health), TODAY).days_to_declare.value == 30
    book.strike_regulation(regulation=regulation, by=None)
    assert effective(path_of(health), TODAY).days_to_declare.value is None


def test_stands_is_half_open(health: Agency):
    regulation = RegulationFactory.create(
        agency=health, issued_on=date(2026, 1, 1), in_force_until=date(2026, 6, 1)
    )
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1)]
    assert [stands(regulation, day) for day in days] == [False, True, True, False]


days = st.integers(0, 60).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
orders = st.lists(
    st.tuples(
        st.integers(0, 2), days, st.none() | st.integers(1, 40), st.none() | st.integers(1, 50), st.booleans()
    ),
    max_size=6,
)


class TestEffective(TestCase):
    @given(orders, days)
    @budget(max_examples=60)
    def test_effective_agrees_with_what_the_comparisons_are_made_by(
        self, drawn: list[tuple[int, date, int | None, int | None, bool]], day: date
    ):
        line: list[Agency] = []
        for level in range(3):
            line.append(AgencyFactory.create(code=f"L{level}", parent=line[-1] if line else None))
        for number, (level, begins, lasts, every, obliges) in enumerate(drawn):
            order(
                line[level], f"{number}", in_force_from=begins, days_between_confirmations=every,
                in_force_until=begins + timedelta(days=lasts) if lasts else None,
                obliges_declaration=obliges, days_to_declare=every or 7,
            )  # fmt: skip
        path = path_of(line[-1])
        binds = effective(path, day)
        due, until = duties().declare_due(path, day)
        newcomer = binds.days_to_declare.value
        if all(begins <= day for _level, begins, _lasts, _every, obliges in drawn if obliges):
            assert due == (None if newcomer is None else day + timedelta(days=newcomer))
            assert until is None or until > day
        terms = [row for row in duties().confirming(path) if row[0] <= day]
        assert binds.days_between_confirmations.value == (terms[-1][1] if terms else None)
