"""The pages of the law in a real browser, for somebody who is not signed in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "documents": "/law/",
    "slip": "/law/?q=847",
    "nothing": "/law/?q=99999/Q",
    "document": "/law/documents/QD-874/",
    "article": "/law/articles/QD-874.4-2/?on=2026-03-04",
    "rules": "/law/rules/",
    "rule": "/law/rules/ACC-02/",
    "refused": "/law/rules/ACC-02/?on=x",
    "profiles": "/law/profiles/",
    "profile": "/law/profiles/defence/",
}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_the_screen_and_keeps_nobody_out(
    open_page: Callable[..., Page],
    shoot: Callable[[Page, str], None],
    hurdles: Callable[[Page], list[str]],
    language: str,
    size: tuple[int, int],
) -> None:
    page = open_page(language=language, size=size)
    for name, address in PAGES.items():
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        shoot(page, f"law-{name}")
        assert hurdles(page) == [], name


def test_reader_goes_from_a_document_to_its_rule_and_sees_whom_it_bound_on_a_day(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(language="en")
    page.goto("/law/?q=847")
    page.get_by_role("link", name="874/QĐ-BTTTT").click()
    page.get_by_role("link", name="ACC-02").first.click()
    page.get_by_label("On the day").fill("04/03/2026")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_role("link", name="Code of 2021")).to_be_visible()
    page.get_by_label("On the day").fill("05/03/2026")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_role("link", name="Code of 2021")).to_have_count(0)
    expect(page.get_by_role("link", name="Code of 2026")).to_be_visible()
