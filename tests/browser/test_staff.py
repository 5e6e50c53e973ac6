"""The staff list in a real browser at both sizes: found, kept, and acted upon for all who match."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import OfficialRecord
from registry.findings import services as findings
from registry.findings.models import Finding, State
from registry.notifications.services import send_waiting
from registry.users.models import SavedList
from tests.browser.conftest import PHONE, WIDE
from tests.factories import EntryFactory, NilReturnFactory, OfficialFactory
from tests.registry.bulk.at_work import work_off
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOTH = pytest.mark.parametrize(
    ("language", "size"), [("vi", WIDE), ("en", PHONE), ("vi", PHONE), ("en", WIDE)], ids=str
)


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments full of people."""
    del transactional_db
    made = make_country()
    for number in range(60):
        OfficialFactory.create(agency=made.health, full_name=f"Nguyễn Văn An {'ABCDEF'[number % 6]}")
    NilReturnFactory.create(official__agency=made.culture, official__full_name="Đặng Thị Yến")
    EntryFactory.create(
        facts__official=OfficialFactory.create(agency=made.culture, full_name="Phạm Thị Yến"),
        facts__name_shown="Mẹ Bắp",
    )
    findings.run_changed()
    return made


@BOTH
def test_people_are_found_paged_and_the_list_is_kept(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    page = open_page(country.hr_province, language=language, size=size)
    page.goto("/hr/staff/")
    first = page.locator("tbody th").all_inner_texts()
    page.locator("a[rel=next]").click()
    expect(page.locator("a[rel=prev]")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "staff-second-page")
    page.locator("a[rel=prev]").click()
    expect(page.locator("a[rel=prev]")).to_have_count(0)
    assert page.locator("tbody th").all_inner_texts() == first
    page.locator("#id_q").fill("ye")
    page.locator("#id_declared").select_option("nil")
    page.locator("form[role=search] button").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "declared=nil" in page.url
    page.locator("main details summary").click()
    page.locator("main details form[method=post] button").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert hurdles(page) == []
    shoot(page, "staff-list-refused")
    page.locator("#id_name").fill("Không có tài khoản")
    page.locator("main details form[method=post] button").click()
    expect(page.locator("a[aria-current=page]", has_text="Không có tài khoản")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "staff-list-kept")
    page.goto("/hr/staff/")
    page.get_by_role("link", name="Không có tài khoản", exact=True).first.click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("main details summary").click()
    page.locator("a[href$='/delete/']").click()
    page.wait_for_url("**/delete/")
    assert hurdles(page) == []
    shoot(page, "staff-list-delete")
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-danger").click()
    assert not SavedList.objects.exists()


@BOTH
def test_all_who_match_are_reminded_and_the_page_tells_when_it_is_done(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    page = open_page(country.hr_province, language=language, size=size)
    page.goto("/hr/staff/?declared=missing&q=ng")
    page.locator("#all").check()
    shoot(page, "staff-all-ticked")
    page.locator("fieldset button").first.click()
    page.wait_for_url("**/remind/**")
    page.locator("section details summary").click()
    assert hurdles(page) == []
    shoot(page, "remind")
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-primary").click()
    expect(page.locator("progress")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "reminding")
    page.reload()
    work_off()
    expect(page.locator("progress")).to_have_count(0)
    assert hurdles(page) == []
    shoot(page, "reminded")
    page.locator("a[href*='/reminders/']").click()
    expect(page.locator("progress")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "reminder-on-its-way")
    assert send_waiting().sent == 60
    expect(page.locator("progress")).to_have_count(0)
    assert hurdles(page) == []
    shoot(page, "reminder-done")


@BOTH
def test_ticked_people_are_moved_by_keyboard_and_the_move_undone(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    page = open_page(country.hr_province, language=language, size=size)
    page.goto("/hr/staff/?q=lan")
    page.locator("input[name=person]").first.focus()
    page.keyboard.press("Space")
    page.locator("button[formaction$='/move/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/**")
    with page.expect_navigation():
        page.locator("main form[method=get] button").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "move-refused")
    page.locator("#id_to").select_option(country.culture.code)
    with page.expect_navigation():
        page.locator("main form[method=get] button").click()
    page.locator("section details summary").click()
    assert hurdles(page) == []
    shoot(page, "move-preview")
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-primary").click()
    expect(page.locator("progress")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "moving")
    work_off()
    expect(page.locator("progress")).to_have_count(0)
    assert OfficialRecord.objects.current().get(official=country.lan).agency == country.culture
    assert hurdles(page) == []
    shoot(page, "moved")
    page.get_by_role("link", name={"vi": "Về danh sách", "en": "Back to the list"}[language]).click()
    page.wait_for_url("**/hr/staff/?q=lan")
    page.goto("/hr/acts/")
    assert hurdles(page) == []
    shoot(page, "acts")
    page.locator("main .cd-list a").first.click()
    page.locator("a[href*='/moves/']").click()
    page.locator("a[href$='/undo/']").click()
    page.wait_for_url("**/undo/")
    assert hurdles(page) == []
    shoot(page, "move-undo")
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-danger").click()
    work_off()
    expect(page.locator("progress")).to_have_count(0)
    assert OfficialRecord.objects.current().get(official=country.lan).agency == country.health
    shoot(page, "moved-back")


@pytest.mark.parametrize(("language", "size"), [("vi", PHONE), ("en", WIDE)], ids=str)
def test_findings_of_all_who_match_are_waived(
    country: Country,
    open_page: Callable[..., Page],
    hurdles: Callable[[Page], list[str]],
    shoot: Callable[[Page, str], None],
    language: str,
    size: tuple[int, int],
):
    page = open_page(country.hr_province, language=language, size=size)
    page.goto("/hr/staff/?rule=ACC-02")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("#all").check()
    page.locator("button[formaction$='/waive/']").click()
    page.wait_for_url("**/staff/waive/**")
    assert hurdles(page) == []
    shoot(page, "waive-people")
    page.locator("section a[href*='rule=ACC-02']").click()
    page.wait_for_url("**/findings/waive/**")
    page.locator("#id_reason").fill("Bút danh đã đăng ký")
    page.locator("#id_until").fill(f"{timezone.localdate():%d/%m/%Y}")
    assert hurdles(page) == []
    shoot(page, "waive-people-preview")
    with page.expect_navigation():
        page.locator("main form[method=post] button.btn-primary").click()
    work_off()
    expect(page.locator("progress")).to_have_count(0)
    assert Finding.objects.get(rule="ACC-02").state == State.WAIVED
