"""A page two agencies claim, from the second declaration to the decision above both, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from registry.declarations.models import PageDeclaration
from registry.declarations.services import approve_page
from registry.declarations.states import State
from registry.findings.services import run_changed
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_pages import press
from tests.factories import OfficialFactory
from tests.registry.pages import LINK, put_forward, said
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del transactional_db
    return make_country()


@pytest.mark.parametrize(("language", "size"), [("vi", WIDE), ("vi", PHONE), ("en", WIDE), ("en", PHONE)])
def test_a_page_two_agencies_claim_until_it_is_decided(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    mine = OfficialFactory.create(agency=country.culture)
    theirs = said(responsible=mine, administrators=[mine], name="Sở Văn hóa")
    held = approve_page(
        declaration=put_forward(country.culture, theirs, by=country.hr_culture), by=country.hr_province
    ).account
    told = {"language": language, "size": size}

    def look(page: Page, name: str, at: str = "") -> None:
        if at:
            page.goto(at)
        assert hurdles(page) == []
        shoot(page, f"page-disputes-{name}")

    author = open_page(country.hr, **told)
    author.goto("/hr/pages/new/")
    press(author, "main form button", agency=country.health.code, link=LINK)
    press(author, "main form button.btn-primary", name_shown="Sở Y tế")
    claim = PageDeclaration.objects.get(agency=country.health)
    assert claim.state == State.DISPUTED
    run_changed()
    author.reload()
    expect(author.locator("main")).not_to_contain_text("Sở Văn hóa")
    look(author, "claim")
    look(author, "list-of-the-claimant", "/hr/pages/")

    holder = open_page(country.hr_culture, **told)
    look(holder, "list-of-the-holder", "/hr/pages/")
    look(holder, "page", f"/hr/pages/{held.public_id}/")
    expect(holder.locator("main")).not_to_contain_text("Sở Y tế")
    look(holder, "disputes-of-the-holder", "/hr/disputes/")

    citizen = open_page(**told)
    citizen.goto(f"/lookup/?q={LINK}")
    expect(citizen.locator("section[aria-labelledby=answer]")).to_contain_text("Sở Văn hóa")
    expect(citizen.locator("section[aria-labelledby=answer]")).not_to_contain_text("Sở Y tế")

    above = open_page(country.hr_province, **told)
    look(above, "disputes", "/hr/disputes/")
    with above.expect_navigation():
        above.locator(f"a[href$='/{claim.public_id}/']").click()
    look(above, "dispute")
    press(above, "main form button.btn-primary")
    expect(above.locator("[data-error-summary]")).to_be_visible()
    look(above, "dispute-refused")
    above.locator("input[value=give]").check()
    press(above, "main form button.btn-primary", reason="Sở Y tế lập trang từ năm 2019")
    claim.refresh_from_db()
    assert claim.state == State.APPROVED
    look(author, "case-decided", f"/hr/pages/declarations/{claim.public_id}/")
    citizen.goto(f"/lookup/?q={LINK}")
    expect(citizen.locator("section[aria-labelledby=answer]")).to_contain_text("Sở Y tế")
