"""Which agency an account shows is said in words, in line or not."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import AgencyVerdict, Comparison
from accounts.names import NameFlag
from registry.web.reviewer.told import comparison_told
from registry.web.showing import agencies_meant, agency_words
from tests.factories.comparisons import make_agency, make_comparison

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)


def said(row: Comparison, on: date = DAY) -> str:
    with override("en"):
        return agency_words(row, on, agencies_meant([row]))[1]


def test_agency_words_name_the_body_above_also_where_in_line():
    above = make_agency()
    below = make_agency(parent=above)
    row = make_comparison(below, agency_verdict=AgencyVerdict.ANCESTOR, agency_shown_id=above.pk)
    name = above.records.get().name
    assert said(row) == f"The body above the current employer: {name}"
    alias = make_comparison(below, agency_verdict=AgencyVerdict.ALIAS, agency_shown_id=below.pk)
    assert said(alias).startswith("The current employer, under another name of it: ")


def test_agency_words_of_one_dissolved_change_on_its_day():
    agency = make_agency()
    row = make_comparison(agency, agency_shown_id=agency.pk, agency_shown_until=DAY)
    assert said(row, date(2026, 11, 21)).startswith("The current employer: ")
    assert said(row).startswith("An agency that exists no more")


def test_agency_words_without_an_agency_of_the_book_name_none():
    agency = make_agency()
    assert said(make_comparison(agency, agency_verdict=AgencyVerdict.MISSING)) == "No agency shown"
    assert ":" not in said(make_comparison(agency, agency_verdict=AgencyVerdict.UNKNOWN))


def test_agencies_meant_asks_once():
    rows = [make_comparison(agency, agency_shown_id=agency.pk) for agency in (make_agency(), make_agency())]
    with CaptureQueriesContext(connection) as asked:
        assert len(agencies_meant(rows)) == 2
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (NameFlag.NONE, []),
        (NameFlag.PRESS_LIKE, ["suggests a press body"]),
        (NameFlag.AGENCY_LIKE | NameFlag.INVISIBLE, ["nobody can see", "state or defence body"]),
    ],
)
def test_comparison_told_says_what_each_flag_means(flags: NameFlag, words: list[Any]):
    row = make_comparison(make_agency(), name_flags=flags)
    with override("en"):
        told = [
            said for part, _kind, said in comparison_told(row, name_shown="Tin tức") if part == "name_shown"
        ]
    assert len(told) == 1 + len(words)
    assert all(word in sentence for word, sentence in zip(words, told[1:], strict=True))
