"""A unit searched for by its name, and a correction under way, in a real browser at both sizes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from registry.declarations import services as declarations
from registry.web import units
from tests.browser.conftest import PHONE, WIDE
from tests.factories import AgencyFactory, DeclarationFactory
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del transactional_db
    return make_country()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_unit_is_found_by_part_of_its_name(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    size: tuple[int, int],
):
    monkeypatch.setattr(units, "LISTED", 1)
    for parent in (country.health, country.culture):
        AgencyFactory.create(parent=parent, name="Phòng Tổ chức – Hành chính")
    page = open_page(country.hr_province, language=language, size=size)
    page.goto("/hr/staff/")
    page.locator("#id_unit").fill("phong to chuc")
    with page.expect_navigation():
        page.locator("#id_unit").press("Enter")
    expect(page.get_by_role("radio")).to_have_count(2)
    assert hurdles(page) == []
    shoot(page, "units-that-fit")
    page.get_by_role("radio").nth(1).check()
    with page.expect_navigation():
        page.locator("form[role=search] button").click()
    assert page.locator("#id_unit").input_value().startswith("Phòng Tổ chức – Hành chính (")
    expect(page.get_by_role("radio")).to_have_count(0)
    for where in ("imports/new/staff/", f"staff/{country.lan.public_id}/edit/", "findings/"):
        page.goto(f"/hr/{where}")
        expect(page.locator("#id_unit")).to_be_editable()
        assert hurdles(page) == []
        shoot(page, f"unit-of-{where.split('/')[0]}")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_correction_under_way_says_who_sees_it(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    put = DeclarationFactory.create(
        official=country.lan, by=country.lan_login, name_shown="Tên đã gửi", submitted=True
    )
    declarations.return_(declaration=put, reasons={"name_shown": "Ghi đúng tên"}, by=country.hr)
    page = open_page(country.lan_login, language=language, size=size)
    page.goto(f"/me/declarations/{put.public_id}/details/")
    page.locator("#id_name_shown").fill("Tên đang sửa")
    with page.expect_navigation():
        page.locator("button[name=next][value=save]").click()
    page.goto(f"/me/declarations/{put.public_id}/")
    expect(page.locator("main")).to_contain_text("Tên đang sửa")
    assert hurdles(page) == []
    shoot(page, "correction-own")
    hr = open_page(country.hr, language=language, size=size)
    hr.goto(f"/hr/review/{put.public_id}/")
    expect(hr.locator("main")).to_contain_text("Tên đã gửi")
    expect(hr.locator("main")).not_to_contain_text("Tên đang sửa")
    shoot(hr, "correction-hr")
