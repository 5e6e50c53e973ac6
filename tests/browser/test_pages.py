"""An agency's page from its declaration to the merger, in a real browser, in both languages and sizes."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts import services as book
from accounts.models import Status
from accounts.platforms import recognise
from registry.declarations.models import PageDeclaration
from registry.declarations.services import confirm_fake
from registry.declarations.states import PageKind, State
from registry.findings.services import run_changed
from tests.browser.conftest import PHONE, WIDE
from tests.factories import OfficialFactory
from tests.registry.pages import LINK
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del transactional_db
    return make_country()


def fill(page: Page, **said: str) -> None:
    for name, value in said.items():
        field = page.locator(f"#id_{name}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def press(page: Page, selector: str, **said: str) -> None:
    fill(page, **said)
    with page.expect_navigation():
        page.locator(selector).click()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_from_its_declaration_to_the_merger(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    first, second = OfficialFactory.create_batch(2, agency=country.health)
    told = {"language": language, "size": size}

    def look(page: Page, name: str, at: str = "") -> None:
        if at:
            page.goto(at)
        assert hurdles(page) == []
        shoot(page, f"pages-{name}")

    author = open_page(country.hr, **told)
    look(author, "empty", "/hr/pages/")
    author.goto("/hr/pages/new/")
    press(author, "main form button", agency=country.health.code, link="abc")
    expect(author.locator("[data-error-summary]")).to_be_visible()
    look(author, "link-refused")
    press(author, "main form button", link=LINK)
    look(author, "form")
    fill(
        author,
        name_shown="Sở Y tế",
        decision_number="12/QĐ-SYT",
        decision_on="05/01/2026",
        responsible=country.lan.staff_code,
        responsible_role="head",
        administrator_1=first.staff_code,
        administrator_2=second.staff_code,
        contact_phone="12",
        portal_url="https://soyte.tinhmot.gov.vn/mxh",
        badge="blue",
        badge_from="provider",
        badge_evidence="Xem trên trang",
        badge_seen_on="01/11/2026",
        data_notice="https://soyte.tinhmot.gov.vn/du-lieu",
        feedback="https://soyte.tinhmot.gov.vn/gop-y",
    )
    press(author, "main form button.btn-primary")
    look(author, "form-refused")
    press(author, "main form button.btn-primary", contact_phone="024 3823 4567")
    run_changed()
    author.reload()
    look(author, "case-own")

    colleague = open_page(country.hr2, **told)
    declared = PageDeclaration.objects.get()
    look(colleague, "waiting", "/hr/pages/")
    look(colleague, "case", f"/hr/pages/declarations/{declared.public_id}/")
    press(colleague, "form[action$='/approve/'] button")
    confirm_fake(
        agency=country.health, link=recognise("https://www.facebook.com/soyte.gia"), by=country.hr,
        name_shown="Sở Y tế ✓",
    )  # fmt: skip

    book.amend_official(official=second, by=None, status=Status.LEFT)
    run_changed()
    look(author, "list", "/hr/pages/")
    look(author, "page-flagged", f"/hr/pages/{declared.account.public_id}/")
    look(author, "close", f"/hr/pages/{declared.account.public_id}/close/")
    look(author, "fake", "/hr/pages/fakes/new/")

    book.merge_agency(
        agency=country.health, successor=country.culture, on=timezone.localdate(), number="9/NQ",
        decided_on=timezone.localdate(), by=None,
    )  # fmt: skip
    run_changed()
    heir = open_page(country.hr_culture, **told)
    look(heir, "page-left-behind", f"/hr/pages/{declared.account.public_id}/")
    look(heir, "transfer", f"/hr/pages/{declared.account.public_id}/transfer/")
    press(heir, "main form button", agency=country.culture.code)
    press(heir, "main form button.btn-primary", name_shown="Sở Văn hóa", administrator_2="")
    moved = PageDeclaration.objects.get(kind=PageKind.TRANSFER)
    above = open_page(country.hr_province, **told)
    look(above, "case-transfer", f"/hr/pages/declarations/{moved.public_id}/")
    press(above, "form[action$='/approve/'] button")
    moved.refresh_from_db()
    assert moved.state == State.APPROVED
