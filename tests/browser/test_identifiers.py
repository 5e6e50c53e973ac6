"""The permanent id of an account: stated by the person, or recorded by HR, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts import services as book
from accounts.models import AccountIdentifier
from accounts.platforms import recognise
from registry.findings.models import Finding, State
from registry.findings.services import run_changed
from tests.browser.conftest import PHONE, WIDE
from tests.factories import EntryFactory, OfficialFactory
from tests.registry.people import make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]
Hurdles = Callable[[Page], list[str]]

SCREENS = [("vi", PHONE), ("en", WIDE), ("en", PHONE), ("vi", WIDE)]
WORDS = {
    "vi": {
        "record": "Ghi mã định danh cố định",
        "paste": "Đường dẫn có mã định danh cố định, hoặc chính mã đó",
        "continue": "Tiếp tục",
        "send": "Gửi cán bộ tổ chức",
        "approve": "Duyệt và ghi mã",
        "known": "Mã định danh cố định",
        "record_it": "Ghi nhận",
        "strike": "Gỡ bỏ",
    },
    "en": {
        "record": "Record the permanent id",
        "paste": "Link that states the permanent id, or the id itself",
        "continue": "Continue",
        "send": "Send to HR",
        "approve": "Approve: record the id",
        "known": "Permanent id",
        "record_it": "Record it",
        "strike": "Strike it out",
    },
}


@pytest.mark.parametrize(("language", "size"), SCREENS)
def test_the_person_states_it_and_hr_approves(
    language: str, size: tuple[int, int], open_page: Open, shoot: Shoot, hurdles: Hurdles
):
    words = WORDS[language]
    country = make_country()
    entry = EntryFactory.create(facts__official=country.lan, facts__name_shown="Trần Thị Lan")
    run_changed()
    finding = Finding.objects.get(rule="ACC-19", subject_id=entry.account_id)
    mine = open_page(country.lan_login, language=language, size=size)
    mine.goto(f"/me/findings/{finding.public_id}/")
    shoot(mine, "permanent-id-finding")
    mine.goto(f"/me/accounts/{entry.account.public_id}/")
    shoot(mine, "permanent-id-account")
    mine.get_by_role("link", name=words["record"]).click()
    mine.get_by_label(words["paste"]).fill("https://www.facebook.com/ten.moi.cua.lan")
    shoot(mine, "permanent-id")
    mine.get_by_role("button", name=words["continue"]).click()
    expect(mine.get_by_role("alert")).to_be_focused()
    shoot(mine, "permanent-id-refused")
    mine.get_by_label(words["paste"]).fill("m.facebook.com/profile.php?id=100012345678901&ref=share")
    mine.get_by_role("button", name=words["continue"]).click()
    expect(mine.get_by_text("100012345678901", exact=True)).to_be_visible()
    shoot(mine, "permanent-id-confirm")
    if size == WIDE:
        assert hurdles(mine) == []
    mine.get_by_role("button", name=words["send"]).click()
    expect(mine.get_by_text("100012345678901", exact=True)).to_be_visible()
    shoot(mine, "permanent-id-sent")
    assert not AccountIdentifier.objects.filter(kind="permanent_id").exists()

    officer = open_page(country.hr, language=language, size=size)
    officer.goto("/hr/review/")
    officer.get_by_role("link", name="Trần Thị Lan").click()
    shoot(officer, "permanent-id-case")
    if size == WIDE:
        assert hurdles(officer) == []
    officer.get_by_role("button", name=words["approve"]).click()
    expect(officer.get_by_role("status").first).to_be_visible()
    mine.reload()
    shoot(mine, "permanent-id-approved")
    mine.goto(f"/me/accounts/{entry.account.public_id}/")
    expect(mine.get_by_text("100012345678901", exact=True)).to_be_visible()
    shoot(mine, "permanent-id-known")
    run_changed()
    finding.refresh_from_db()
    assert finding.state == State.RESOLVED


@pytest.mark.parametrize(("language", "size"), SCREENS)
def test_hr_records_it_and_strikes_it_out(
    language: str, size: tuple[int, int], open_page: Open, shoot: Shoot, hurdles: Hurdles
):
    words = WORDS[language]
    country = make_country()
    entry = EntryFactory.create(facts__official=country.lan)
    other = "https://www.facebook.com/profile.php?id=100099999999999"
    EntryFactory.create(
        facts__official=OfficialFactory.create(agency=country.elsewhere, full_name="Hồ Quý Ly"),
        facts__account=book.account_for(link=recognise(other), by=None),
    )
    page = open_page(country.hr, language=language, size=size)
    page.goto(f"/hr/staff/{country.lan.public_id}/")
    shoot(page, "identifiers-on-the-persons-page")
    page.get_by_role("link", name=words["known"]).click()
    page.get_by_label(words["paste"]).fill(other)
    page.get_by_role("button", name=words["continue"]).click()
    expect(page.get_by_role("alert")).to_be_focused()
    shoot(page, "identifiers-refused")
    assert "Hồ Quý Ly" not in page.content()
    page.get_by_label(words["paste"]).fill("100012345678901")
    page.get_by_role("button", name=words["continue"]).click()
    shoot(page, "identifiers-confirm")
    if size == WIDE:
        assert hurdles(page) == []
    page.get_by_role("button", name=words["record_it"]).click()
    expect(page.get_by_role("link", name=words["strike"])).to_be_visible()
    shoot(page, "identifiers")
    if size == WIDE:
        assert hurdles(page) == []
    page.get_by_role("link", name=words["strike"]).click()
    shoot(page, "identifiers-strike")
    page.get_by_role("button", name=words["strike"]).click()
    expect(page.get_by_text("100012345678901").first).to_be_visible()  # what was struck out is said
    assert not AccountIdentifier.objects.current().filter(account=entry.account, kind="permanent_id").exists()


@pytest.mark.parametrize(("language", "size"), [("vi", PHONE), ("en", WIDE)])
def test_a_platform_without_permanent_ids_says_so(
    language: str, size: tuple[int, int], open_page: Open, shoot: Shoot
):
    country = make_country()
    entry = EntryFactory.create(
        facts__official=country.lan,
        facts__account=book.account_for(link=recognise("https://www.instagram.com/lan.77/"), by=None),
    )
    mine = open_page(country.lan_login, language=language, size=size)
    mine.goto(f"/me/accounts/{entry.account.public_id}/permanent-id/")
    shoot(mine, "permanent-id-none")
    officer = open_page(country.hr, language=language, size=size)
    officer.goto(f"/hr/accounts/{entry.account.public_id}/identifiers/")
    shoot(officer, "identifiers-none")
    assert mine.locator("input[name=link]").count() == officer.locator("input[name=link]").count() == 0
