"""The address of an agency's own portal: official where the register holds it, and only there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Account, Agency, AgencyRecord
from accounts.public_pages import public_portals
from accounts.services import amend_agency
from registry.lookup.answers import Verdict, answer
from registry.lookup.questions import read_question
from registry.lookup.spelling import refresh
from tests.registry.lookup.conftest import HEALTH, LINK, director, enrol, health, page, province

__all__ = ["director", "enrol", "health", "page", "province"]
pytestmark = pytest.mark.django_db

HOST = "soyte.hatinh.gov.vn"


@pytest.fixture
def portal(health: Agency) -> Agency:
    """The department, with its portal on record."""
    amend_agency(agency=health, by=None, portal_url="https://www.SoYte.hatinh.gov.vn/trang-chu")
    return health


def ask(text: str, **past: Any) -> Any:
    return answer(read_question(text), **past)


@pytest.mark.parametrize(
    "text", [HOST, f"https://{HOST}/", f"http://www.{HOST}/tin-tuc?id=7", f"{HOST.upper()}/a/b"]
)
def test_a_portal_on_record_is_official_however_written(portal: Agency, text: str) -> None:
    found = ask(text)
    assert (found.verdict, found.pages) == (Verdict.OFFICIAL, [])
    assert [(row["agency"], row["agency_name"]) for row in found.portals] == [(portal.pk, HEALTH)]


@pytest.mark.parametrize("text", ["sonoivu.hatinh.gov.vn", "hatinh.gov.vn", f"a.{HOST}", "soyte.hatinh.com"])
def test_any_other_host_is_not_though_it_is_the_states(portal: Agency, text: str) -> None:
    assert ask(HOST).portals[0]["agency"] == portal.pk
    found = ask(text)
    assert found.verdict is not Verdict.OFFICIAL
    assert found.portals == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"https://{HOST}.xacminh-vneid.com/login", "carried"), (f"{HOST.replace('.', '-')}.com", "added"),
        ("http://soytee.hatinh-gov.vn/", "letters"),
    ],
)  # fmt: skip
def test_a_site_that_poses_as_a_portal_looks_like_it(portal: Agency, text: str, why: str) -> None:
    refresh()
    found = ask(text)
    assert (found.verdict, found.portals) == (Verdict.NOT_REGISTERED, ())
    like = found.looks_like[0]
    assert (like.agency, like.text, like.why, like.pages) == (portal.pk, HOST, why, [])
    assert like.portal == "https://www.SoYte.hatinh.gov.vn/trang-chu"


@pytest.mark.parametrize(
    "text",
    [
        "sonoivu.hatinh.gov.vn",
        f"a.{HOST}",
        "soyte hatinh gov vn",
        "https://www.facebook.com/soytehatinhgovvn",
    ],
)
def test_no_host_of_the_states_nor_a_name_looks_like_a_portal(portal: Agency, text: str) -> None:
    del portal
    refresh()
    assert ask(text).looks_like == []


def test_a_portal_outside_the_states_domains_is_official_where_it_is_on_record(health: Agency) -> None:
    assert ask("https://www.suckhoehatinh.vn/gioi-thieu").verdict is Verdict.NOT_REGISTERED
    amend_agency(agency=health, by=None, portal_url="suckhoehatinh.vn")
    found = ask("https://www.suckhoehatinh.vn/gioi-thieu")
    assert (found.verdict, [row["agency"] for row in found.portals]) == (Verdict.OFFICIAL, [health.pk])


def test_a_portal_agencies_share_names_all_those_above_first(province: Agency, health: Agency) -> None:
    amend_agency(agency=health, by=None, portal_url="https://hatinh.gov.vn/soyte")
    amend_agency(agency=province, by=None, portal_url="https://hatinh.gov.vn/")
    assert [row["agency"] for row in ask("hatinh.gov.vn").portals] == [province.pk, health.pk]


def test_a_portal_given_up_or_of_an_agency_that_ended_is_not_official(portal: Agency) -> None:
    before = timezone.now()
    amend_agency(agency=portal, by=None, portal_url="https://yte.hatinh.gov.vn")
    assert ask(HOST).verdict is not Verdict.OFFICIAL
    assert ask("yte.hatinh.gov.vn").verdict is Verdict.OFFICIAL
    assert [row["agency"] for row in ask(HOST, as_of=before).portals] == [portal.pk]
    amend_agency(agency=portal, by=None, dissolved_on=timezone.localdate())
    assert ask("yte.hatinh.gov.vn").verdict is not Verdict.OFFICIAL


def test_an_agency_that_ends_tomorrow_has_its_portal_today(portal: Agency) -> None:
    amend_agency(agency=portal, by=None, dissolved_on=timezone.localdate() + timedelta(days=1))
    assert ask(HOST).verdict is Verdict.OFFICIAL


def test_a_site_enrolled_as_a_page_answers_as_the_page(
    portal: Agency, enrol: Callable[..., Account], page: Account
) -> None:
    enrol(portal, f"https://{HOST}/", HEALTH)
    found = ask(HOST)
    assert (len(found.pages), found.portals) == (1, ())
    assert ask(LINK).pages[0]["account"] == page.pk


def test_portals_are_found_by_their_index(portal: Agency) -> None:
    others = Agency.objects.bulk_create(Agency(code=f"X{number}") for number in range(2_000))
    AgencyRecord.objects.bulk_create(
        AgencyRecord(
            agency=each, path=f"{each.pk}/", name=each.code, kind="unit",
            portal_url=f"https://{each.code.lower()}.gov.vn/", recorded_from=timezone.now(),
        )
        for each in others
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_agencyrecord")
    assert "agency_portal_host" in public_portals(HOST).explain()
    assert [row["agency"] for row in public_portals(HOST)] == [portal.pk]


def test_citizens_and_machines_are_told_whose_portal_it_is(client: Client, portal: Agency) -> None:
    shown = client.get("/lookup/", {"q": HOST}).content.decode()
    assert "Cổng thông tin chính thức" in shown
    assert HEALTH in shown
    told = client.get("/api/v1/lookup", {"url": HOST}).json()
    assert told["verdict"] == "official"
    assert told["portals"] == [
        {
            "agency": {"code": portal.code, "name": HEALTH},
            "url": "https://www.SoYte.hatinh.gov.vn/trang-chu",
        }
    ]
