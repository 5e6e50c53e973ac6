"""When something is overdue, by regulations with dates: the day before, the day, and the last."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.comparison.duties import Duties, Duty, Terms, overdue

DAY = timedelta(days=1)
SINCE = date(2025, 1, 1)


def duty(begins: date, days: int | None, until: date | None = None) -> Duty:
    return Duty(begins, until, None, days, photo_max_age_days=days)


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ((), (None, None)),
        (((date(2020, 1, 1), 30),), (date(2025, 1, 31), None)),
        (((date(2026, 1, 1), 30),), (date(2026, 1, 1), None)),  # late on the very day the order begins
        (((date(2020, 1, 1), 30), (date(2025, 1, 31), None)), (None, None)),  # it ended before
        (((date(2020, 1, 1), 30), (date(2025, 2, 1), None)), (date(2025, 1, 31), date(2025, 2, 1))),
        (((date(2020, 1, 1), 30), (date(2026, 1, 1), 60)), (date(2025, 1, 31), None)),  # one after another
        (
            ((date(2020, 1, 1), 30), (date(2025, 2, 1), 365)),
            (date(2026, 1, 1), None),
        ),  # the later, longer one
    ],
)
def test_overdue(terms: Terms, found: tuple[date | None, date | None]):
    assert overdue(terms, SINCE) == found


def test_overdue_of_what_never_was_is_never():
    assert overdue(((date(2020, 1, 1), 30),), None) == (None, None)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(1, 800),
    st.dates(date(2019, 1, 1), date(2031, 1, 1)),
)
def test_overdue_of_one_order_is_what_counting_days_says(since: date, days: int, on: date):
    begins = date(2024, 1, 1)
    due, until = overdue(((begins, days),), since)
    assert until is None
    assert (due is not None and due <= on) == (on >= begins and (on - since).days >= days)


def test_confirm_due_the_nearest_agency_in_force_decides():
    ordered = Duties(
        {},
        {
            1: [duty(date(2020, 1, 1), 365)],
            2: [duty(date(2024, 1, 1), 30, until=date(2024, 6, 1))],
        },
    )
    assert ordered.confirm_due("1/", SINCE) == (date(2026, 1, 1), None)
    assert ordered.confirm_due("1/2/", SINCE) == (date(2026, 1, 1), None)  # its own had ended
    assert ordered.confirm_due("1/2/", date(2024, 2, 1)) == (date(2025, 1, 31), None)
    assert ordered.photo_due("1/2/", SINCE) == (date(2026, 1, 1), None)
    assert ordered.confirm_due("3/", SINCE) == (None, None)


def test_confirm_due_a_newer_regulation_takes_the_place_of_the_older_from_its_day():
    ordered = Duties({}, {1: [duty(date(2020, 1, 1), 30), duty(date(2025, 1, 31), 365)]})
    assert ordered.confirm_due("1/", SINCE) == (date(2026, 1, 1), None)
    assert ordered.confirm_due("1/", SINCE - DAY) == (date(2025, 12, 31), None)


def test_profile_step_is_where_the_profile_is_attached():
    ordered = Duties({2: 5}, {})
    assert [ordered.profile_step(path) for path in ("1/", "1/2/", "1/2/3/")] == [None, 1, 1]
