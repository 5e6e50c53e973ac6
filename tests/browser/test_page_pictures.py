"""A picture of a badge, what becomes of a page when a merger is undone, and a portal looked up."""

import io
from collections.abc import Callable

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from accounts import services as book
from registry.declarations.models import PageDeclaration
from registry.declarations.services import approve_page, put_page_forward
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_pages import fill, press
from tests.factories import OfficialFactory
from tests.registry.pages import LINK, said
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del transactional_db
    return make_country()


def screenshot() -> bytes:
    data = io.BytesIO()
    Image.radial_gradient("L").resize((1280, 800)).convert("RGB").save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(("language", "size"), [("vi", WIDE), ("vi", PHONE), ("en", WIDE), ("en", PHONE)])
def test_a_badge_s_picture_and_a_page_given_back(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    told = {"language": language, "size": size}

    def look(page: Page, name: str, at: str = "") -> None:
        if at:
            page.goto(at)
        assert hurdles(page) == []
        shoot(page, f"page-ends-{name}")

    author = open_page(country.hr, **told)
    author.goto(f"/hr/pages/new/?agency={country.health.code}&link={LINK}")
    fill(author, name_shown="Sở Y tế", badge="blue", badge_from="provider", badge_seen_on="01/11/2026")
    fill(author, portal_url="soyte.tinhmot.gov.vn/mxh")
    author.set_input_files(
        "#id_badge_picture", {"name": "giay.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    press(author, "main form button.btn-primary")
    expect(author.locator("#id_badge_picture_error")).to_be_visible()
    look(author, "picture-refused")
    author.set_input_files(
        "#id_badge_picture", {"name": "anh.png", "mimeType": "image/png", "buffer": screenshot()}
    )
    press(author, "main form button.btn-primary")
    declared = PageDeclaration.objects.get()
    look(author, "case-own")
    approve_page(declaration=declared, by=country.hr2)
    look(author, "page", f"/hr/pages/{declared.account.public_id}/")
    look(author, "form", f"/hr/pages/{declared.account.public_id}/change/")

    today = timezone.localdate()
    merger = book.merge_agency(
        agency=country.health, successor=country.culture, on=today, number="9/NQ", decided_on=today,
        by=country.hr_province,
    )  # fmt: skip
    mine = OfficialFactory.create(agency=country.culture)
    theirs = said(responsible=mine, administrators=[mine], name="Sở Văn hóa và Y tế")
    moved = put_page_forward(
        agency=country.culture, said=theirs, by=country.hr_culture, account=declared.account
    )
    approve_page(declaration=moved, by=country.hr_province)
    above = open_page(country.hr_province, **told)
    look(above, "merger", f"/hr/mergers/{merger.public_id}/")
    look(above, "merger-undo", f"/hr/mergers/{merger.public_id}/take-back/")
    press(above, "main form button.btn-danger")
    owner = book.owner_of(declared.account)
    assert owner is not None
    assert owner.agency == country.health

    book.amend_agency(agency=country.health, by=None, portal_url="https://soyte.tinhmot.gov.vn/")
    citizen = open_page(**told)
    look(citizen, "portal", "/lookup/?q=soyte.tinhmot.gov.vn")
    expect(citizen.locator("main")).to_contain_text("Sở Y tế")
