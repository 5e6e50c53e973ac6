"""The order and the allocation, against what anybody can work out."""

from fractions import Fraction
from hashlib import sha256
from itertools import product
from math import comb

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as some

from registry.samples.confidence import LEVEL, _at_most, limits
from registry.samples.method import allocate, number_of

COUNTS = some.dictionaries(some.text(max_size=3), some.integers(1, 200), min_size=1, max_size=8)


def test_number_of_is_the_sha256_of_seed_line_feed_and_token():
    expected = sha256(b"2026\npeople:00000000-0000-0000-0000-000000000007").hexdigest()
    assert number_of("2026", "people:00000000-0000-0000-0000-000000000007") == expected
    assert number_of("2026", "people:x") == "766ace478e91d052ed33761f77eff2f5d181680811a5289d0c4448e6702a5a87"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", ["1", "mầm Hà Nội", "ユニ", "' OR 1=1 --", "a\\nb", "%s"])
def test_number_of_is_what_the_database_computes(seed: str):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to(%s || E'\\n' || %s, 'UTF8')), 'hex')", [seed, "accounts:x"]
        )
        assert cursor.fetchone()[0] == number_of(seed, "accounts:x")


@pytest.mark.parametrize(
    ("populations", "size", "expected"),
    [
        ({"a": 10, "b": 4, "c": 1}, 5, {"a": 3, "b": 1, "c": 1}),  # 3.33, 1.33, 0.33: c is given one
        ({"a": 10, "b": 4, "c": 1}, 2, {"a": 1, "b": 1, "c": 0}),  # fewer places than strata
        ({"a": 60, "b": 40}, 10, {"a": 6, "b": 4}),
        ({"a": 50, "b": 50}, 5, {"a": 3, "b": 2}),  # a tie goes to the code that sorts first
        ({"a": 2, "b": 1}, 10, {"a": 2, "b": 1}),  # everybody
        ({"": 7}, 3, {"": 3}),
        ({"a": 1000, "b": 1, "c": 1}, 3, {"a": 1, "b": 1, "c": 1}),
    ],
)
def test_allocate_gives_each_its_share(populations: dict[str, int], size: int, expected: dict[str, int]):
    assert allocate(populations, size) == expected


@given(COUNTS, some.integers(1, 300))
def test_allocate_always_adds_up_and_takes_no_more_than_there_is(populations: dict[str, int], size: int):
    given_out = allocate(populations, size)
    assert sum(given_out.values()) == min(size, sum(populations.values()))
    assert all(0 <= given_out[code] <= count for code, count in populations.items())
    if size >= len(populations):
        assert all(given_out.values())


@pytest.mark.parametrize(("population", "drawn"), [(20, 5), (50, 10), (7, 7)])
def test_limits_cover_the_truth_as_often_as_they_say(population: int, drawn: int):
    for failing in range(population + 1):
        covered = 0.0
        for failed in range(max(0, drawn - population + failing), min(drawn, failing) + 1):
            found = limits(population=population, drawn=drawn, failed=failed)
            chance = _at_most(failed, failing, population, drawn) - _at_most(
                failed - 1, failing, population, drawn
            )
            covered += chance * (found.lowest <= failing <= found.highest)
        assert covered >= LEVEL - 1e-9, failing


@pytest.mark.parametrize(
    ("population", "drawn", "failed"), [(50, 10, 3), (15, 5, 1), (30, 30, 0), (40, 8, 8)]
)
def test_limits_are_the_counts_the_sample_does_not_speak_against(population: int, drawn: int, failed: int):
    def chance(least: int, most: int, failing: int) -> Fraction:
        cases = sum(
            comb(failing, count) * comb(population - failing, drawn - count)
            for count in range(max(least, 0), min(most, drawn) + 1)
        )
        return Fraction(cases, comb(population, drawn))

    tail = Fraction(25, 1000)
    likely = [
        failing
        for failing in range(population + 1)
        if chance(failed, drawn, failing) > tail and chance(0, failed, failing) > tail
    ]
    found = limits(population=population, drawn=drawn, failed=failed)
    assert (found.lowest, found.highest) == (likely[0], likely[-1])
    assert found.highest_percent == pytest.approx(100 * likely[-1] / population)
    assert found.lowest_percent == pytest.approx(100 * likely[0] / population)


@pytest.mark.parametrize(("failed", "unchecked"), list(product((0, 2), (0, 3))))
def test_limits_when_some_could_not_be_checked_hold_for_either(failed: int, unchecked: int):
    found = limits(population=40, drawn=10, failed=failed, unchecked=unchecked)
    for extra in range(unchecked + 1):
        each = limits(population=40, drawn=10, failed=failed + extra)
        assert found.lowest <= each.lowest
        assert each.highest <= found.highest


def test_limits_when_everybody_was_looked_at_are_exact():
    found = limits(population=12, drawn=12, failed=5)
    assert (found.lowest, found.highest) == (5, 5)
