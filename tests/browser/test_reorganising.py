"""A unit merges into another, and the home of a branch, in a real browser at both sizes."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import OfficialRecord, Reorganisation
from registry.findings import services as findings
from registry.users.services import remember_look
from registry.web.reviewer.looking import numbers_of
from tests.browser.conftest import PHONE, WIDE
from tests.factories import AgencyFactory, EntryFactory, OfficialFactory, RegulationFactory
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del transactional_db
    return make_country()


@pytest.mark.parametrize(
    ("language", "size"), [("vi", WIDE), ("en", PHONE), ("vi", PHONE), ("en", WIDE)], ids=str
)
def test_a_unit_is_merged_and_the_merger_undone(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Nghiệp vụ Y", kind="unit")
    EntryFactory.create(facts__official=country.lan, facts__agency_shown="Sở Y tế")
    OfficialFactory.create(agency=ward)
    RegulationFactory.create(agency=country.health, issued_on="2025-01-01")
    findings.run_changed()
    remember_look(numbers=numbers_of(country.hr_province), by=country.hr_province)
    AgencyFactory.create(parent=country.health, name="Bệnh viện Một")
    EntryFactory.create(facts__official__agency=country.health)
    findings.run_changed()
    page = open_page(country.hr_province, language=language, size=size)
    page.goto("/hr/")
    expect(page.locator("#since")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "home")
    page.goto(f"/hr/agency/{country.health.code}/")
    page.locator("a[href$='/merge/']").click()
    page.locator("#id_into").select_option(country.culture.code)
    page.locator("#id_on").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("#id_decided_on").fill("05/01/2026")
    with page.expect_navigation():
        page.locator("form[method=get] button.btn-primary").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "merge-refused")
    page.locator("#id_number").fill("12/QĐ-UBND")
    with page.expect_navigation():
        page.locator("form[method=get] button.btn-primary").click()
    page.locator("section[aria-labelledby=preview] details summary").first.click()
    expect(page.get_by_role("link", name="Trần Thị Lan")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "merge-preview")
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-primary").click()
    assert OfficialRecord.objects.current().get(official=country.lan).agency == country.culture
    assert hurdles(page) == []
    shoot(page, "merger")
    page.locator("a[href$='/take-back/']").click()
    page.wait_for_url("**/take-back/")
    assert hurdles(page) == []
    shoot(page, "merger-undo")
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-danger").click()
    assert Reorganisation.objects.get().state == Reorganisation.State.UNDONE
    assert OfficialRecord.objects.current().get(official=country.lan).agency == country.health
    page.goto(f"/hr/agency/{country.health.code}/")
    assert hurdles(page) == []
    shoot(page, "agency")
