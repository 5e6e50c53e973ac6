"""Declaring in a real browser: kept while typing, two windows, a photo cut, the whole way without script."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Entry, Official, Standing
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.states import State
from registry.users.models import User
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_official import register
from tests.factories import (
    DeclarationFactory,
    OfficialFactory,
    PhotoFactory,
    RoleGrantFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Page]
Shot = Callable[[Page, str], None]
Hurdles = Callable[[Page], list[str]]
WORDS = {
    "vi": {
        "name": "Tên tài khoản hiển thị",
        "saved": "Đã lưu nháp",
        "on": "Tiếp tục",
    },
    "en": {
        "name": "Name the account shows",
        "saved": "Draft saved",
        "on": "Continue",
    },
}
NAME = WORDS["vi"]["name"]


@pytest.fixture
def official() -> Official:
    return OfficialFactory.create(full_name="Nguyễn Thị Ánh", position="Chuyên viên")


@pytest.fixture
def employee(official: Official) -> User:
    return UserFactory.create(full_name="Nguyễn Thị Ánh", official=official)


@pytest.fixture
def officer(official: Official) -> User:
    return RoleGrantFactory.create(agency=official.records.get().agency).user


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "anh.png"
    Image.radial_gradient("L").resize((400, 400)).convert("RGB").save(path)
    return path


def details(draft: Declaration) -> str:
    return f"/me/declarations/{draft.public_id}/details/"


@pytest.mark.parametrize(("language", "size"), [("vi", PHONE), ("en", WIDE)])
def test_what_is_typed_is_kept_by_itself_and_the_rules_answer_at_once(
    employee: User, official: Official, photo: Path, language: str, size: tuple[int, int],
    open_page: Opener, shoot: Shot, hurdles: Hurdles,
):  # fmt: skip
    words = WORDS[language]
    draft = DeclarationFactory.create(official=official, by=employee, name_shown="")
    page = open_page(employee, language=language, size=size)
    page.goto(details(draft))
    shoot(page, "details-begun")
    assert hurdles(page) == []
    page.get_by_label(words["name"]).press_sequentially("Mẹ Bắp")
    expect(page.locator("#draft-said")).to_contain_text(words["saved"])
    expect(page.locator("#checks")).to_contain_text("Mẹ Bắp")
    page.locator("#id_photo").set_input_files(photo)
    expect(page.locator("#photo-part img")).to_be_visible()
    page.get_by_label(words["name"]).fill("Nguyễn Thị Ánh")
    expect(page.locator("#checks")).not_to_contain_text("Mẹ Bắp")
    shoot(page, "details-kept")
    assert hurdles(page) == []
    page.goto("/me/")
    page.goto(details(draft))  # left without a button, and back again
    expect(page.get_by_label(words["name"])).to_have_value("Nguyễn Thị Ánh")
    expect(page.locator("#photo-part img")).to_be_visible()
    page.get_by_label(words["name"]).fill("Nguyễn Thị Ánh Hai")
    page.get_by_role("button", name=words["on"]).click()  # at once: while it is being kept
    expect(page).to_have_url(re.compile("/check/$"))
    shoot(page, "check-with-rules")
    assert hurdles(page) == []
    draft.refresh_from_db()
    assert draft.facts.name_shown == "Nguyễn Thị Ánh Hai"


def test_what_an_add_on_sets_on_a_field_is_not_carried_over(
    employee: User, official: Official, open_page: Opener
):
    draft = DeclarationFactory.create(official=official, by=employee)
    page = open_page(employee)
    page.goto(details(draft))
    page.locator("#draft-version").evaluate("field => { field.style.caretColor = 'red'; field.value += ''; }")
    page.get_by_label(NAME).fill("Nguyễn Thị Ánh")
    expect(page.locator("#draft-said")).to_contain_text(WORDS["vi"]["saved"])  # and nothing is complained of


def test_two_windows_are_told_apart_in_words(
    employee: User,
    official: Official,
    open_page: Opener,
    shoot: Shot,
    hurdles: Hurdles,
):
    draft = DeclarationFactory.create(official=official, by=employee)
    here, there = open_page(employee), open_page(employee, size=PHONE)
    for page in (here, there):
        page.goto(details(draft))
    there.get_by_label(NAME).fill("Cửa sổ kia")
    expect(there.locator("#draft-said")).to_contain_text("Đã lưu nháp")
    here.get_by_label(NAME).fill("Cửa sổ này")
    expect(here.locator("#draft-said")).to_contain_text("cửa sổ khác")
    shoot(here, "details-other-window")
    here.get_by_role("button", name="Tiếp tục").click()
    expect(here.get_by_role("alert")).to_contain_text("Cửa sổ kia")
    expect(here.get_by_label(NAME)).to_have_value("Cửa sổ này")
    shoot(here, "details-two-windows")
    assert hurdles(here) == []
    here.get_by_role("button", name="Tiếp tục").click()
    expect(here).to_have_url(re.compile("/check/$"))
    draft.refresh_from_db()
    assert draft.facts.name_shown == "Cửa sổ này"


def test_whoever_was_signed_out_is_told_that_nothing_is_kept(
    employee: User,
    official: Official,
    open_page: Opener,
    shoot: Shot,
):
    draft = DeclarationFactory.create(official=official, by=employee)
    page = open_page(employee, size=PHONE)
    page.goto(details(draft))
    page.context.clear_cookies()
    page.get_by_label("Tên tài khoản hiển thị").fill("Ánh")
    expect(page.locator("#draft-lost")).to_be_visible()
    shoot(page, "details-signed-out")


@pytest.mark.parametrize(("language", "size"), [("vi", PHONE), ("vi", WIDE), ("en", WIDE)])
def test_the_frame_of_a_photo_by_pointer_keys_numbers_and_buttons(
    employee: User, official: Official, language: str, size: tuple[int, int],
    open_page: Opener, shoot: Shot, hurdles: Hurdles,
):  # fmt: skip
    draft = DeclarationFactory.create(official=official, by=employee, photo=PhotoFactory.create())
    page = open_page(employee, language=language, size=size)
    page.goto(f"/me/declarations/{draft.public_id}/photo/")
    left, top, side = (page.locator(f"#id_{name}") for name in ("left", "top", "side"))
    side.fill("240")
    side.press("Tab")
    expect(page.locator(".cd-crop-result")).to_have_attribute("viewBox", "0 0 240 240")
    frame = page.locator(".cd-crop")
    frame.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "+", "-"):
        frame.press(key)
    expect(left).to_have_value("10")
    page.locator("button[value=down]").click()
    expect(top).to_have_value("30")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 600, box["y"] + 600)
    page.mouse.up()
    expect(left).to_have_value("160")
    expect(top).to_have_value("160")
    shoot(page, "crop")
    assert hurdles(page) == []
    page.locator("button[value=use]").click()
    expect(page).to_have_url(re.compile("#photo-part$"))
    draft.refresh_from_db()
    assert draft.facts.photo is not None
    assert (draft.facts.photo.width, draft.facts.photo.height) == (240, 240)


def test_the_whole_way_without_script(
    employee: User, official: Official, photo: Path, chromium: Browser, live_server: LiveServer,
    open_page: Opener,
):  # fmt: skip
    cookies = open_page(employee).context.cookies()
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]}
    )
    context.add_cookies([{"name": c["name"], "value": c["value"], "url": live_server.url} for c in cookies])
    page = context.new_page()
    page.goto("/me/declare/")
    page.get_by_label("Đường dẫn tài khoản").fill("https://www.facebook.com/nguyen.anh.01")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Sổ nhận biết tài khoản qua tên trong địa chỉ.")).to_be_visible()
    page.get_by_label("Tên tài khoản hiển thị").fill("Nguyễn Thị Ánh")
    page.locator("#id_photo").set_input_files(photo)
    page.get_by_role("button", name="Tải lên và xem").click()
    page.get_by_role("button", name="Cắt ảnh").click()
    page.get_by_label("Cạnh hình vuông").fill("300")
    page.get_by_role("button", name="Sang phải").click()
    expect(page.locator(".cd-crop-result")).to_have_attribute("viewBox", "20 0 300 300")
    page.get_by_role("button", name="Giữ phần này").click()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", name="Kết quả đối chiếu quy tắc")).to_be_visible()
    for promise in page.get_by_role("checkbox").all():
        promise.check()
    page.get_by_role("button", name="Gửi cán bộ tổ chức").click()
    expect(page.get_by_text("Đã gửi khai báo đến cán bộ tổ chức.")).to_be_visible()
    context.close()
    sent = Declaration.objects.get(official=official)
    assert sent.state == State.SUBMITTED
    assert sent.facts.photo is not None
    assert sent.facts.photo.width == 300


@pytest.mark.parametrize(("language", "size"), [("vi", PHONE), ("en", WIDE)])
def test_confirming_for_another_year_in_one_click(
    employee: User, official: Official, officer: User, language: str, size: tuple[int, int],
    open_page: Opener, shoot: Shot, hurdles: Hurdles,
):  # fmt: skip
    for handle in ("anh.nguyen.1", "anh.nguyen.2"):
        entry = register(official, officer, handle)
        services.confirm_entry(entry=entry, by=employee)
    long_ago = timezone.now() - dt.timedelta(days=350)
    rows = Entry.objects.current()
    assert rows.count() == 2
    with time_machine.travel(long_ago, tick=True):
        for entry in rows:
            services.confirm_entry(entry=entry, by=employee)
    page = open_page(employee, language=language, size=size)
    page.goto("/me/")
    shoot(page, "home-yearly")
    assert hurdles(page) == []
    page.locator("form[action='/me/confirm/'] button").click()
    expect(page.locator("form[action='/me/confirm/']")).to_have_count(0)
    today = timezone.localdate()
    assert {timezone.localdate(each.confirmed_at) for each in Entry.objects.current()} == {today}
    assert not Entry.objects.current().exclude(standing=Standing.CONFIRMED).exists()
