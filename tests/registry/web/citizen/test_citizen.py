"""The citizen's pages: asked without signing in, answered with what the book knows."""

import csv
import html
import io
import json
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Account, Agency, ReportedFake
from accounts.services import close
from registry.lookup import limits
from registry.lookup.models import ImpostorReport
from registry.lookup.spelling import refresh
from registry.users.models import Role, User
from tests.factories import AgencyFactory, EntryFactory, RoleGrantFactory, UserFactory
from tests.registry.lookup.conftest import HEALTH, LINK

pytestmark = pytest.mark.django_db


@pytest.fixture
def anybody() -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def read(client: Client, address: str, status: int = 200, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    if answer.streaming:
        return b"".join(answer).decode()
    return answer.content.decode()


def test_start_page_of_nobody_in_particular_is_the_box(anybody: Client):
    assert "Is this page really theirs?" in read(anybody, "/")


def test_lookup_says_whose_since_when_who_answers_and_how_to_reach_them(anybody: Client, page: Account):
    told = read(anybody, "/lookup/", q=LINK)
    for word in (HEALTH, "Official", "Trần Thị Hồng", "Giám đốc", "02393123456", "soyte.hatinh.gov.vn/mxh"):
        assert word in told
    assert f"/pages/{page.public_id}/" in told
    assert f"on={timezone.localdate()}" in told


def test_lookup_of_a_past_day_says_what_stood_then(anybody: Client, page: Account):
    told = read(anybody, "/lookup/", q=LINK, on=f"{timezone.localdate() - timedelta(days=1)}")
    assert "Not registered" in told
    assert "at the end of" in told
    assert "Error:" in read(anybody, "/lookup/", 422, q=LINK, on="never")
    del page


@pytest.mark.parametrize(
    ("q", "said"),
    [
        ("https://www.facebook.com/soyte/posts/1", "leads to a post"),
        ("", "Type a link"),
        ("x" * 1100, "1000"),
        ("\x00", "Null characters"),
    ],
)
def test_lookup_that_cannot_be_read_says_what_to_do(anybody: Client, q: str, said: str):
    assert said in read(anybody, "/lookup/", 422, q=q)


def test_lookup_shows_differences_in_words_not_by_colour_alone(anybody: Client, page: Account):
    del page
    told = read(anybody, "/lookup/", q="https://www.facebook.com/soyte.hatnih")
    assert "Looks like an official page" in told
    assert "stands where the official one has" in told or "is added" in told
    assert "No agency has enrolled this page" in told


def test_lookup_is_told_apart_not_enrolled_and_not_registered(anybody: Client, health: Agency):
    refresh()
    assert "has not enrolled its pages yet" in read(anybody, "/lookup/", q=HEALTH)
    assert "has not enrolled its pages yet" not in read(anybody, "/lookup/", q="facebook.com/quan.pho.co.ha")
    assert "Not enrolled yet" in read(anybody, "/agencies/", q="so y te ha tinh")
    code = health.code
    assert "has not enrolled its pages yet" in read(anybody, f"/agencies/{code}/")


def test_page_has_an_address_that_stays(anybody: Client, page: Account):
    address = f"/pages/{page.public_id}/"
    assert "Official" in read(anybody, address)
    close(account=page, by=None)
    told = read(anybody, address)
    assert "Formerly official" in told
    assert "It is no longer" in told


def test_page_of_a_staff_member_is_not_there(anybody: Client):
    canary = EntryFactory.create().account
    for address in ("", "qr.svg", "badge.svg"):
        assert anybody.get(f"/pages/{canary.public_id}/{address}").status_code == 404


def test_pictures_hold_no_style_and_no_script(anybody: Client, page: Account):
    for name in ("qr.svg", "badge.svg"):
        answer = anybody.get(f"/pages/{page.public_id}/{name}")
        assert answer["Content-Type"] == "image/svg+xml"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        drawn = answer.content.decode()
        assert "<svg" in drawn
        assert not re.search(r"style=|<style|<script|\bon\w+=", drawn)
    close(account=page, by=None)
    assert "Official page" not in read(anybody, f"/pages/{page.public_id}/badge.svg").replace(
        "No longer an official page", ""
    )


def test_directories_list_what_is_enrolled(anybody: Client, page: Account, health: Agency):
    del page
    assert HEALTH in read(anybody, "/agencies/")
    assert "Pages enrolled" in read(anybody, "/agencies/", q=HEALTH)
    assert "soytehatinh" in read(anybody, f"/agencies/{health.code}/")
    assert ">Facebook</a>" in read(anybody, "/platforms/")
    assert HEALTH in read(anybody, "/platforms/facebook/")
    assert read(anybody, "/platforms/none-such/", 404)
    assert read(anybody, "/agencies/none-such/", 404)
    assert read(anybody, "/agencies/%00/", 404)
    assert read(anybody, "/tickets/%00/", 404)
    assert "No agency is called so" in read(anybody, "/agencies/", q="\x00zz")


def test_open_data_streams_every_page_and_no_persons_name(
    anybody: Client, page: Account, enrol: Callable[..., Account], province: Agency
):
    enrol(province, "https://www.facebook.com/ubndtinhhatinh", "=HYPERLINK(1)")
    EntryFactory.create(facts__account__url="https://www.facebook.com/canary.nhanvien")
    text = read(anybody, "/open-data/pages.csv")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == [HEALTH, "'=HYPERLINK(1)"]
    assert rows[0]["page_id"] == str(page.public_id)
    assert rows[0]["url"] == "https://www.facebook.com/soytehatinh"
    told = json.loads(read(anybody, "/open-data/pages.json"))
    assert set(told) == {"licence", "as_of", "columns", "pages"}
    assert [each["page_id"] for each in told["pages"]] == [row["page_id"] for row in rows]
    assert all(set(each) == set(told["columns"]) == set(rows[0]) for each in told["pages"])
    assert "Trần Thị Hồng" not in text
    assert "canary" not in text
    for name in told["columns"]:
        assert f"<code>{name}</code>" in read(anybody, "/open-data/")


def test_feed_tells_what_came_and_went(anybody: Client, page: Account):
    assert f"/pages/{page.public_id}/" in read(anybody, "/changes.atom")
    close(account=page, by=None)
    told = read(anybody, "/changes.atom")
    assert "is no longer a page of" in told
    assert told.startswith("<?xml")


def test_lists_cost_no_more_queries_for_more_pages(
    anybody: Client,
    page: Account,
    enrol: Callable[..., Account],
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    del page
    for n in range(8):
        enrol(
            AgencyFactory.create(name=f"Ủy ban nhân dân xã Kỳ Hoa {n}"),
            f"https://www.facebook.com/ubndkyhoa{n}",
            f"UBND xã {n}",
        )
    for address in (
        "/agencies/",
        "/platforms/facebook/",
        "/open-data/pages.csv",
        "/changes.atom",
        f"/lookup/?q={HEALTH}",
    ):
        with django_assert_max_num_queries(9):
            read(anybody, address)


def test_report_goes_to_the_agency_and_comes_back_by_its_number(
    anybody: Client, page: Account, health: Agency, signed_in: Callable[..., Client]
):
    del page
    fake = "https://www.facebook.com/soyte.hatinh.vn"
    answer = anybody.post("/report/", {"link": fake, "agency": "Sở Y tế Hà Tĩnh", "name_shown": HEALTH})
    assert answer.status_code == 302, answer.content.decode()
    ticket = answer["Location"].rstrip("/").rpartition("/")[2]
    assert re.fullmatch(r"(?:[2-9A-Z]{5}-){2}[2-9A-Z]{5}", ticket)
    told = read(anybody, answer["Location"])
    assert "has not answered yet" in told
    assert "02393123456" in told
    assert (
        anybody.get("/tickets/", {"number": ticket.replace("-", " ").lower()})["Location"]
        == answer["Location"]
    )
    assert "No report has this number" in read(anybody, "/tickets/", 422, number="AAAAA-AAAAA-AAAAA")
    again = Client().post("/report/", {"link": fake, "agency": HEALTH})
    assert again["Location"] == answer["Location"]
    assert ImpostorReport.objects.get().times == 2

    officer = _officer(health)
    browser = signed_in(officer)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Citizens report pages that pose as your agencies: 1." in read(browser, "/hr/")
    assert ticket in read(browser, "/hr/impostors/")
    assert browser.post(f"/hr/impostors/{ticket}/", {}).status_code == 422
    assert browser.post(f"/hr/impostors/{ticket}/", {"state": "fake"}).status_code == 302
    assert ReportedFake.objects.get().agency == health
    assert "confirmed that the page is not theirs" in read(anybody, answer["Location"])
    assert "Reported as fake" in read(anybody, "/lookup/", q=fake)
    assert browser.post(f"/hr/impostors/{ticket}/", {"state": "ours"}).status_code == 422


def test_report_is_not_there_for_another_branch(
    anybody: Client, health: Agency, signed_in: Callable[..., Client]
):
    refresh()
    anybody.post("/report/", {"link": "https://www.facebook.com/soyte.hatinh.vn", "agency": HEALTH})
    ticket = ImpostorReport.objects.get().ticket
    stranger = signed_in(_officer(AgencyFactory.create()))
    assert stranger.get(f"/hr/impostors/{ticket}/").status_code == 404
    assert stranger.post(f"/hr/impostors/{ticket}/", {"state": "fake"}).status_code == 404
    assert ticket not in read(stranger, "/hr/impostors/")
    del health


def _officer(agency: Agency) -> User:
    user = UserFactory.create()
    RoleGrantFactory.create(user=user, role=Role.HR_OFFICER, agency=agency)
    return user


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"link": "https://zalo.me/0912345678"}, "telephone number"),
        ({"link": LINK}, "own, by the register"),
        ({"link": "soyte"}, "full link"),
        ({"link": ""}, "Paste the link"),
        ({"agency": "Nhà hàng"}, "No agency of this name"),
        ({"agency": ""}, "Type the name of the agency"),
    ],
)
def test_report_that_cannot_be_taken_says_why(
    anybody: Client, page: Account, change: dict[str, str], said: str
):
    del page
    sent = {"link": "https://www.facebook.com/soyte.hatinh.vn", "agency": HEALTH} | change
    answer = anybody.post("/report/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ImpostorReport.objects.exists()


def test_report_about_an_agency_of_many_names_asks_which(anybody: Client, province: Agency):
    other = AgencyFactory.create(name="Ủy ban nhân dân tỉnh Nghệ An", code="P40")
    for parent, code in ((province, "X1"), (other, "X2")):
        AgencyFactory.create(name="Ủy ban nhân dân xã Tân Lập", code=code, parent=parent)
    refresh()
    sent = {"link": "https://www.facebook.com/xatanlap.vn", "agency": "UBND xã Tân Lập"}
    answer = anybody.post("/report/", sent)
    assert answer.status_code == 422
    assert "Several agencies are called so" in answer.content.decode()
    assert "Nghệ An" in answer.content.decode()
    assert anybody.post("/report/", sent | {"code": "X2"}).status_code == 302
    assert ImpostorReport.objects.get().agency.code == "X2"


def test_report_of_what_looks_like_a_page_is_filled_in_with_its_agency(anybody: Client, page: Account):
    del page
    told = read(anybody, "/lookup/", q="https://www.facebook.com/soyte.hatinh.vn")
    address = re.search(r'href="(/report/[^"]+)"', told)
    assert address
    form = read(anybody, html.unescape(address[1]))
    assert f'value="{HEALTH}"' in form
    assert 'value="https://www.facebook.com/soytehatinhvn"' in form


def test_directory_finds_a_commune_by_the_bare_name_of_its_place(anybody: Client, province: Agency):
    AgencyFactory.create(
        code="X9",
        name="Ủy ban nhân dân phường Thành Sen",
        short_name="UBND phường Thành Sen",
        parent=province,
    )
    refresh()
    for q in ("Thành Sen", "thanh sen"):
        assert "/agencies/X9/" in read(anybody, "/agencies/", q=q)
    assert "/agencies/?q=Th%C3%A0nh%20Sen" in read(anybody, "/lookup/", q="Thành Sen")


def test_hotline_of_the_agency_is_what_its_page_gives_citizens_else_its_own(
    anybody: Client, health: Agency, enrol: Callable[..., Account]
):
    assert "tel:02393123456" in read(anybody, f"/agencies/{health.code}/")
    enrol(health, LINK, HEALTH, contact_phone="+842393777777")
    told = read(anybody, f"/agencies/{health.code}/")
    assert "tel:+842393777777" in told
    assert "02393123456" not in told


def test_hotline_of_the_inspectorate_shows_where_the_register_knows_one(
    anybody: Client, province: Agency, health: Agency
):
    assert "Thanh tra" not in read(anybody, f"/agencies/{health.code}/")
    AgencyFactory.create(name="Thanh tra tỉnh Hà Tĩnh", parent=province, contact_phone="02393999999")
    told = read(anybody, f"/agencies/{health.code}/")
    assert "Thanh tra tỉnh Hà Tĩnh" in told
    assert "02393999999" in told


def test_too_many_questions_are_told_when_to_come_back(
    anybody: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.LOOKUPS_A_MINUTE = 2
    monkeypatch.setattr(limits.asking, "_counted", {})
    assert [anybody.get("/platforms/").status_code for _turn in range(3)] == [200, 200, 429]
    refused = anybody.get("/lookup/")
    assert 0 < int(refused["Retry-After"]) <= 61
    assert anybody.get("/lookup/", REMOTE_ADDR="10.0.0.9").status_code == 200
    settings.PROXIES_IN_FRONT = 1
    assert anybody.get("/lookup/", headers={"X-Forwarded-For": "1.2.3.4, 10.0.0.8"}).status_code == 200
    machine = anybody.get("/api/v1/lookup", {"url": "x"}, headers={"X-Forwarded-For": "6.6.6.6, 127.0.0.1"})
    assert machine.status_code == 429
    assert machine["Retry-After"]


def test_kept_answer_says_its_age(
    anybody: Client, page: Account, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.LOOKUP_KEEP_SECONDS = 60
    monkeypatch.setattr("registry.lookup.kept._kept", {})  # what is kept below is of a time to come
    first = anybody.get("/api/v1/lookup", {"url": LINK})
    assert "Age" not in first
    began = time.monotonic()
    monkeypatch.setattr("registry.lookup.kept.time.monotonic", lambda: began + 7.5)
    close(account=page, by=None)
    kept = anybody.get("/api/v1/lookup", {"url": LINK})
    assert (kept["Age"], kept.json()["verdict"]) == ("7", "official")
    settings.LOOKUP_KEEP_SECONDS = 5
    assert anybody.get("/api/v1/lookup", {"url": LINK}).json()["verdict"] == "former"
