"""HR has the portal and the page looked at, in a real browser; the sites are real servers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.services import amend_agency
from registry.declarations.services import approve_page
from registry.evidence import services
from tests.browser.conftest import PHONE, WIDE
from tests.registry.evidence.world import World, answer
from tests.registry.pages import put_forward, said
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with its portal on record, two departments, another province, and people in them."""
    del transactional_db
    made = make_country()
    amend_agency(agency=made.province, by=None, portal_url="https://tinhmot.gov.vn/")
    return made


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> Iterator[World]:
    """The Internet of this test."""
    made = World(tmp_path)
    settings.TEST_NETWORK = made.network
    yield made
    made.stop()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_officer_has_portal_and_page_looked_at(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    world: World,
    language: str,
    size: tuple[int, int],
):
    what = said(responsible=country.lan, administrators=[country.lan])
    link = "https://www.facebook.com/soyte.tinhmot"
    declared = put_forward(country.health, what, by=country.hr, link=link)
    account = approve_page(declaration=declared, by=country.hr2).account

    def look(page: Page, name: str) -> None:
        assert hurdles(page) == []
        shoot(page, f"page-seen-{name}")

    window = open_page(country.hr, language=language, size=size)
    window.goto(reverse("reviewer:page", args=[account.public_id]))
    with window.expect_navigation():
        window.locator("a[href$='/seen/']").click()
    expect(window.locator("main .cd-status")).to_have_count(2)
    look(window, "before")

    def ask_and_look() -> None:
        with window.expect_navigation():
            window.locator("main form[action$='/look/'] button").click()
        services.look_at(account_id=account.pk)
        window.goto(reverse("reviewer:page_seen", args=[account.public_id]))

    portal = ("soyte.tinhmot.gov.vn", "/mang-xa-hoi")
    world.pages["www.facebook.com", "/robots.txt"] = answer(
        "User-agent: *\nDisallow: /", Content_Type="text/plain"
    )
    world.pages[portal] = answer("<a href='/tin-tuc'>tin</a>")
    ask_and_look()
    expect(window.locator("#from_portal + .cd-status.cd-attention")).to_be_visible()
    expect(window.locator("#from_page + .cd-status.cd-neutral")).to_be_visible()
    look(window, "not-linked")

    account.watch.asked_at = None
    account.watch.save(update_fields=["asked_at"])
    world.pages[portal] = answer(f'<a rel="me" href="{link}">Facebook</a>')
    ask_and_look()
    expect(window.locator("#from_portal + .cd-status.cd-ok")).to_be_visible()
    expect(window.locator("#looks ~ ol li")).to_have_count(4)
    look(window, "linked")
    with window.expect_navigation():
        window.locator("main form[action$='/look/'] button").click()
    expect(window.locator(".cd-note.cd-bad")).to_be_visible()
    look(window, "asked-too-often")
