"""The menu of each part: one line on an office's screen, one button on a phone; with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from registry.users.models import Role, User
from tests.browser.conftest import PHONE, WIDE
from tests.registry.people import Country, make_country, officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Where each part begins, and a page below one of its other entries.
PARTS = {
    "official": ("/me/", "/me/incidents/report/"),
    "reviewer": ("/hr/", "/hr/imports/new/staff/"),
    "auditor": ("/audit/", "/audit/samples/new/"),
    "citizen": ("/", "/agencies/"),
    "law": ("/law/", "/law/rules/ACC-02/"),
}
# Which entries, each in its turn shown as the present one, make the line longer than its room.
TOO_LONG = """() => {
    const line = document.querySelector(".cd-nav-line");
    const links = [...line.querySelectorAll("a")];
    return links.filter(present => {
        links.forEach(each => each.toggleAttribute("aria-current", each === present));
        return line.scrollWidth > line.clientWidth || line.offsetHeight > 60;
    }).map(each => each.textContent);
}"""


@pytest.fixture
def country(transactional_db: None) -> Country:
    """Somebody of each role."""
    del transactional_db
    return make_country()


def login_of(country: Country, part: str) -> User | None:
    return {
        "official": country.lan_login,
        "reviewer": country.hr,
        "auditor": officer(country.health, "Thanh tra", role=Role.AUDITOR),
    }.get(part)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_menu_is_one_line_on_a_screen(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    part: str,
    language: str,
):
    page = open_page(login_of(country, part), language=language, size=WIDE)
    for number, address in enumerate(PARTS[part]):
        page.goto(address)
        expect(page.locator(".cd-nav-line [aria-current]")).to_have_count(1)
        assert hurdles(page) == []
        shoot(page, f"menu-{part}-{number}")
        assert page.evaluate(TOO_LONG) == []


@pytest.mark.parametrize(
    ("language", "scripts"), [("vi", True), ("en", False)], ids=["scripts", "no-scripts"]
)
@pytest.mark.parametrize("part", PARTS)
def test_menu_is_one_button_on_a_phone(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    part: str,
    language: str,
    scripts: bool,  # noqa: FBT001 - a case
):
    page = open_page(login_of(country, part), language=language, size=PHONE, scripts=scripts)
    page.goto(PARTS[part][0])
    menu = page.locator(".cd-nav-small")
    links = menu.locator("a")
    expect(page.locator(".cd-nav-line")).to_be_hidden()
    expect(links.first).to_be_hidden()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(links.last).to_be_visible()
    shoot(page, f"menu-{part}-phone")
    if scripts:
        assert hurdles(page) == []  # which is itself a script
        page.keyboard.press("Escape")
        expect(links.last).to_be_hidden()
        expect(menu.locator("summary")).to_be_focused()
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    second = links.nth(1).get_attribute("href")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")
    expect(page.locator(".cd-nav-small summary")).to_contain_text(
        page.locator(".cd-nav-line a[aria-current]").text_content() or ""
    )
