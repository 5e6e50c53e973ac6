"""A whole declaration by somebody who has a keyboard only: from the login to what was sent, with a photo."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import Official
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Declaration
from registry.declarations.states import State
from tests.browser.conftest import PHONE, WIDE
from tests.factories import PASSWORD, OfficialFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Page]
Shot = Callable[[Page, str], None]
Hurdles = Callable[[Page], list[str]]
SAVED = {"vi": "Đã lưu nháp", "en": "Draft saved"}
SENT = {
    "vi": "Đã gửi khai báo đến cán bộ tổ chức.",
    "en": "Your declaration has been sent to your HR officer.",
}
STOP = """selector => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const { left, top, right, bottom, width, height } = at.getBoundingClientRect();
  const within = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && width > 4 && height > 4;
  const nowhere = at === document.body; // the browser's own bar, between the last stop and the first
  return {
    seen: nowhere || (within && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2),
    there: at.matches(selector),
    html: at.outerHTML.slice(0, 200),
  };
}"""


class Keys:
    """What such a person can do. At each stop the focus is seen."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def write(self, text: str) -> None:
        self._page.keyboard.type(text)

    def to(self, selector: str, *, back: bool = False) -> None:
        """Tab to the first element that fits; `back` with Shift."""
        for _step in range(80):
            self.press("Shift+Tab" if back else "Tab")
            stop = self._page.evaluate(STOP, selector)
            assert stop["seen"], f"the focus is not seen on {stop['html']}"
            if stop["there"]:
                return
        raise AssertionError(f"no way to {selector} by keyboard")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "anh.png"
    Image.radial_gradient("L").resize((400, 400)).convert("RGB").save(path)
    return path


@pytest.mark.parametrize(("language", "size"), [("vi", WIDE), ("en", PHONE)])
def test_a_whole_declaration_by_keyboard_alone(
    photo: Path, language: str, size: tuple[int, int], open_page: Opener, shoot: Shot, hurdles: Hurdles
):
    official = OfficialFactory.create(full_name="Nguyễn Thị Ánh", position="Chuyên viên")
    UserFactory.create(username="anh", full_name="Nguyễn Thị Ánh", official=official)
    page = open_page(language=language, size=size)

    def at(address: str) -> None:
        expect(page).to_have_url(re.compile(f"{address}$"))
        assert hurdles(page) == []

    page.goto("/me/")
    at(r"/login/\?next=/me/")
    sign_in(page)
    at("/me/")
    to_the_link(page)
    at("/declare/")
    name_the_account(page)
    at("/details/")
    say_what_it_shows(page, photo, SAVED[language])
    assert hurdles(page) == []
    shoot(page, "keys-details")
    to_the_cutting(page)
    at("/photo/")
    cut(page)
    at("/details/#photo-part")
    go_on(page)
    at("/check/")
    agree(page)
    assert hurdles(page) == []
    shoot(page, "keys-agreed")
    send(page)
    expect(page.get_by_text(SENT[language])).to_be_visible()
    at(r"/declarations/[0-9a-f-]+/")
    shoot(page, "keys-sent")
    check_what_was_sent(official)


def sign_in(page: Page) -> None:
    keys = Keys(page)
    keys.to("#id_username")
    keys.write("anh")
    keys.to("#id_password")
    keys.write(PASSWORD)
    keys.press("Enter")


def to_the_link(page: Page) -> None:
    keys = Keys(page)
    keys.to("main a[href='/me/declare/']")
    keys.press("Enter")


def name_the_account(page: Page) -> None:
    keys = Keys(page)
    keys.to("#id_link")
    keys.write("@nguyen.anh.01")
    keys.to("#id_platform")
    for _step in range(20):
        if page.locator("#id_platform").input_value() == "tiktok":
            break
        keys.press("ArrowDown")
    expect(page.locator("#recognised")).to_contain_text("TikTok")
    keys.to("#id_link", back=True)
    keys.press("End")
    keys.write("2")
    expect(page.locator("#recognised")).to_contain_text("nguyen.anh.012")
    keys.press("Enter")


def say_what_it_shows(page: Page, photo: Path, saved: str) -> None:
    keys = Keys(page)
    page.on("filechooser", lambda _chooser: None)  # watched for from here on: not only when the key is down
    keys.to("#id_name_shown")
    keys.write("Nguyễn Thị Ánh")
    keys.to("#id_photo")
    with page.expect_file_chooser() as chosen:
        keys.press("Space")
    chosen.value.set_files(photo)  # the person's own system asks which file
    expect(page.locator("#photo-part img")).to_be_visible()
    expect(page.locator("#id_photo")).to_be_focused()  # whoever goes on, goes on from there
    keys.to("[data-fill]")
    keys.press("Enter")
    expect(page.locator("#id_disclaimer")).to_be_focused()
    expect(page.locator("#draft-said")).to_contain_text(saved)


def to_the_cutting(page: Page) -> None:
    keys = Keys(page)
    keys.to("button[value=crop]", back=True)
    keys.press("Enter")


def cut(page: Page) -> None:
    keys = Keys(page)
    keys.to(".cd-crop")
    keys.press("-", "-", "ArrowRight", "ArrowUp")
    expect(page.locator(".cd-crop-result")).to_have_attribute("viewBox", "30 10 360 360")
    keys.to("button[value=use]")
    keys.press("Enter")


def go_on(page: Page) -> None:
    expect(page.locator("#photo-part")).to_contain_text("360 × 360")
    keys = Keys(page)
    keys.to("button.btn[value=check]")
    keys.press("Enter")


def agree(page: Page) -> None:
    keys = Keys(page)
    for number in range(len(CURRENT)):
        keys.to(f"#id_commitments_{number}")
        keys.press("Space")
    expect(page.locator("main input:checked")).to_have_count(len(CURRENT))


def send(page: Page) -> None:
    keys = Keys(page)
    keys.to("main form .btn-primary")
    keys.press("Enter")


def check_what_was_sent(official: Official) -> None:
    sent = Declaration.objects.get(official=official)
    assert sent.state == State.SUBMITTED
    assert sent.facts.name_shown == "Nguyễn Thị Ánh"
    assert sent.facts.disclaimer
    assert sent.facts.photo is not None
    assert sent.facts.photo.width == 360
