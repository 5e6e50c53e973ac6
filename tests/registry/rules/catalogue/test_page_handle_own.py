"""PAG-15: the handle of the page is not taken for another agency's."""

from datetime import date
from typing import Any

import pytest

from accounts.comparison.handles import looks_of
from accounts.models import Agency, AgencyRecord, PageComparison, StandingCode
from registry.findings.services import Answer, verdicts
from registry.rules.catalogue import rule
from tests.factories import AgencyFactory
from tests.factories.comparisons import make_page_comparison
from tests.registry.rules.catalogue.answers import TODAY

pytestmark = pytest.mark.django_db

CODE = "PAG-15"
NOT_IN_LINE, IN_LINE = Answer.NOT_IN_LINE, Answer.IN_LINE


@pytest.fixture
def agency() -> Agency:
    return _agency()


def _agency(name: str = "UBND", **facts: Any) -> Agency:
    """Of a name without a number: one that stands in a name is never taken for added."""
    agency: Agency = AgencyFactory.create(name=name, **facts)
    return agency


def _page(agency: Agency, *handles: str, **columns: Any) -> PageComparison:
    looks = looks_of(handles, AgencyRecord.objects.current().get(agency=agency).name)
    return make_page_comparison(agency, handle_looks=looks.own, handle_readings=looks.read, **columns)


def _answers(*pages: PageComparison) -> list[Answer]:
    return [each.answer for page in pages for each in verdicts(page, TODAY) if each.rule.code == CODE]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ubndtanan", "ubndtanan"),  # on another platform
        ("ubnd.tanan", "@ubnd_tanan"),
        ("ubndtanan", "ubndtan4n"),
        ("soytehatinh", "sоуtehatinh"),  # Cyrillic letters
        ("ubndtanan", "ubndtanan.official"),
        ("ubndtanan", "ubndtanan24h"),
        ("ubndtanan", "tintucubndtanan"),
        ("soyte.hatinh", "so-y-te-tinh-ha-tinh"),
        ("ubndtanan", "ubndtanan.gov.vn"),
    ],
)
def test_handle_own_fires_on_both_pages_of_two_agencies(agency: Agency, one: str, other: str):
    assert _answers(_page(agency, one), _page(_agency(), other)) == [NOT_IN_LINE] * 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ubndxatanan", "ubndphuongtanan"),
        ("ubnd.tanan", "ubnd.tanan.hatinh"),
        ("soytehatinh", "soytehanam"),
        ("ubndtanan", "ubndtanlan"),  # a letter away: another place
        ("soytehatinh", "sotuphaphatinh"),
        ("tanan.official", "tanan.tintuc.vn2"),  # only what looks added is common to neither's own look
    ],
)
def test_handle_own_is_silent_where_the_place_or_the_body_differs(agency: Agency, one: str, other: str):
    assert _answers(_page(agency, one), _page(_agency(), other)) == [IN_LINE] * 2


def test_handle_own_is_silent_where_the_number_is_the_place_s_own_and_fires_where_it_is_added(agency: Agency):
    first = _page(agency, "ubndbaolam")
    second = _page(_agency("UBND xã Bảo Lâm 2"), "ubndbaolam2")
    assert _answers(first, second) == [IN_LINE] * 2
    third = _page(_agency("UBND xã Bảo Lâm"), "ubndbaolam2023")
    assert _answers(first, second, third) == [NOT_IN_LINE, IN_LINE, NOT_IN_LINE]


def test_handle_own_is_silent_on_pages_of_one_agency_and_on_pages_known_by_no_name(agency: Agency):
    known = [_page(agency, "soyte.hatinh"), _page(agency, "@soytehatinh", "soyte.hatinh.gov.vn")]
    unnamed = [_page(agency), _page(_agency())]
    assert _answers(*known, *unnamed) == [IN_LINE] * 4


def test_handle_own_fires_within_a_branch(agency: Agency):
    ward = _agency(parent=agency)
    assert _answers(_page(agency, "laocai"), _page(ward, "laocai.official")) == [NOT_IN_LINE] * 2


def test_handle_own_is_silent_on_pages_of_an_agency_that_is_dissolved_or_to_be(agency: Agency):
    standing = _page(agency, "sokhcn.hatinh")
    for day in (date(2025, 3, 1), date(2027, 3, 1)):
        leaving = _page(_agency(), "sokhcn.hatinh.official", dissolved_on=day)
        assert _answers(standing, leaving) == [IN_LINE] * 2


@pytest.mark.parametrize("code", [StandingCode.DRAFT, StandingCode.UNCONFIRMED])
def test_handle_own_fires_on_a_page_nobody_has_confirmed_and_not_because_of_it(
    agency: Agency, code: StandingCode
):
    waiting = _page(_agency(), "soytehatinh.official", standing=code)
    assert _answers(_page(agency, "soytehatinh"), waiting) == [IN_LINE, NOT_IN_LINE]


def test_handle_own_fires_under_every_profile():
    pages = [_page(_agency(), "soytehatinh", profile=profile) for profile in range(1, 9)]
    assert _answers(*pages) == [NOT_IN_LINE] * 8


def test_neighbours_are_live_pages_either_of_which_passes_for_the_other(agency: Agency):
    page = _page(agency, "soytehatinh")
    alike = [_page(_agency(), each) for each in ("soytehatinh.official", "soyte-hatinh")]
    _page(_agency(), "soytehanam")
    _page(_agency(), "soytehatinh", standing=StandingCode.DRAFT)
    asked = rule(CODE).neighbours
    assert asked is not None
    assert set(asked([page.pk]).values_list("pk", flat=True)) == {page.pk, *(each.pk for each in alike)}
    assert page.pk in asked([alike[0].pk]).values_list("pk", flat=True)
    assert not asked([_page(agency).pk]).exists()
