"""My data in a real browser: from the page to a request, HR's answer, and back; the files; every screen."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.platforms import recognise
from registry.declarations.services import register_on_behalf
from registry.privacy import services
from registry.privacy.models import Asked, Outcome
from tests.browser.conftest import PHONE, WIDE
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]
Hurdles = Callable[[Page], list[str]]

WORDS = {
    "vi": {
        "data": "Dữ liệu của tôi",
        "ask": "Gửi yêu cầu",
        "erase": "Xóa thông tin",
        "text": "Cụ thể là gì, vì sao",
        "send": "Gửi",
        "acknowledge": "Xác nhận đã nhận yêu cầu",
        "done": "Đã thực hiện theo yêu cầu",
        "what": "Đã làm gì, hoặc vì sao không",
        "answer": "Gửi câu trả lời",
        "looks": "Xem ai đã xem",
        "hr": "Cán bộ tổ chức, Sở Y tế",
    },
    "en": {
        "data": "My data",
        "ask": "Ask for something",
        "erase": "Erase something",
        "text": "What exactly, and why",
        "send": "Send it",
        "acknowledge": "Acknowledge",
        "done": "Done as asked",
        "what": "What was done, or why not",
        "answer": "Send the answer",
        "looks": "See who looked",
        "hr": "HR officer, Sở Y tế",
    },
}


@dataclass(frozen=True)
class Scene:
    """Lan, of whom something is held, and two requests of hers."""

    country: Country
    waiting: str
    refused: str


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """Two accounts, a request that waits and one that was refused."""
    del transactional_db
    country = make_country()
    for link in ("https://www.facebook.com/lan.tran.88", "https://zalo.me/0912345678"):
        register_on_behalf(
            official=country.lan, link=recognise(link), statement={"name_shown": "Lan Trần"}, by=country.hr
        )
    waiting = services.ask(
        official=country.lan, kind=Asked.CORRECT, text="Chức vụ ghi sai", by=country.lan_login
    )
    refused = services.ask(official=country.lan, kind=Asked.ERASE, text="Xóa quá trình", by=country.lan_login)
    services.answer(
        request=refused,
        outcome=Outcome.REFUSED,
        text="Phải lưu theo quy định.",
        basis="LUAT-91.19-no-consent",
        by=country.hr,
    )
    services.note_look(official=country.lan, page="edit", by=country.hr)
    return Scene(country, str(waiting.public_id), str(refused.public_id))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_my_data_to_a_request_answered(scene: Scene, open_page: Open, language: str) -> None:
    words = WORDS[language]
    mine = open_page(scene.country.lan_login, language=language)
    mine.goto("/me/")
    mine.get_by_role("link", name=words["data"], exact=True).click()
    mine.get_by_role("link", name=words["ask"], exact=True).click()
    mine.get_by_label(words["erase"]).check()
    mine.get_by_label(words["text"]).fill("Tài khoản đã bán năm 2019")
    mine.get_by_role("button", name=words["send"], exact=True).click()
    expect(mine.get_by_text("Tài khoản đã bán năm 2019")).to_be_visible()
    address = mine.url.split("/me/data/requests/")[1]

    office = open_page(scene.country.hr, language=language)
    office.goto("/hr/requests/")
    office.locator(f"a[href*='{address}']").click()
    office.get_by_role("button", name=words["acknowledge"], exact=True).click()
    office.locator("a[href$='/extend/']").click()
    office.locator("textarea").fill("Phải hỏi nền tảng")
    office.locator("main form[method=post] button.btn-primary").click()
    expect(office.get_by_text("Phải hỏi nền tảng")).to_be_visible()
    expect(office.locator("a[href$='/extend/']")).to_have_count(0)
    mine.reload()
    expect(mine.get_by_text("Phải hỏi nền tảng")).to_be_visible()

    office.get_by_label(words["done"], exact=True).check()
    office.get_by_label(words["what"]).fill("Đã đưa tài khoản ra khỏi sổ")
    office.get_by_role("button", name=words["answer"]).click()
    expect(office.get_by_text("Đã đưa tài khoản ra khỏi sổ")).to_be_visible()

    mine.reload()
    expect(mine.get_by_text("Đã đưa tài khoản ra khỏi sổ")).to_be_visible()
    mine.goto("/me/data/")
    mine.get_by_role("link", name=words["looks"]).click()
    expect(mine.get_by_text(words["hr"]).first).to_be_visible()
    assert scene.country.hr.full_name not in mine.content()


def test_the_files_are_given_out(scene: Scene, open_page: Open, tmp_path: Path) -> None:
    page = open_page(scene.country.lan_login)
    page.goto("/me/data/")
    for form in ("JSON", "PDF"):
        with page.expect_download() as started:
            page.get_by_role("link", name=form, exact=True).click()
        started.value.save_as(tmp_path / form)
    assert json.loads((tmp_path / "JSON").read_text())["kind"] == "personal-data"
    assert (tmp_path / "PDF").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_the_screen_and_keeps_nobody_out(
    scene: Scene, open_page: Open, shoot: Shoot, hurdles: Hurdles, language: str, size: tuple[int, int]
) -> None:
    page = open_page(scene.country.lan_login, language=language, size=size)
    office = open_page(scene.country.hr, language=language, size=size)
    person = scene.country.lan.public_id
    for window, name, address in (
        (page, "official-data", "/me/data/"),
        (page, "official-looks", "/me/data/looks/"),
        (page, "official-data-ask", "/me/data/requests/new/?kind=erase"),
        (page, "official-data-requests", "/me/data/requests/"),
        (page, "official-data-request", f"/me/data/requests/{scene.waiting}/"),
        (page, "official-data-request-refused", f"/me/data/requests/{scene.refused}/"),
        (office, "reviewer-data-requests", "/hr/requests/"),
        (office, "reviewer-data-request", f"/hr/requests/{scene.waiting}/"),
        (office, "reviewer-data-extend", f"/hr/requests/{scene.waiting}/extend/"),
        (office, "reviewer-official", f"/hr/staff/{person}/"),
    ):
        window.goto(address)
        expect(window.get_by_role("heading", level=1)).to_have_count(1)
        shoot(window, name)
        assert hurdles(window) == []
