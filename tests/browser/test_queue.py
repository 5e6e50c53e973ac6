"""The review queue in a real browser: worked off by keyboard alone, together, and beside a colleague."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.platforms import recognise
from registry.declarations import services as declarations
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Declaration, Lease
from registry.findings import services as findings
from tests.browser.conftest import PHONE, WIDE
from tests.factories import DeclarationFactory, EntryFactory, OfficialFactory, PhotoFactory
from tests.registry.cases import clean_case
from tests.registry.people import Country, make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]
Hurdles = Callable[[Page], list[str]]

KEYS = {"vi": ("k", "d", "t"), "en": ("n", "a", "r")}  # next, approve, return


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del transactional_db
    return make_country()


def come_back(country: Country, number: int) -> Declaration:
    """A declaration returned, corrected in part and put forward again."""
    link = f"https://www.facebook.com/profile.php?id=10007654321{number:02}"
    put = DeclarationFactory.create(
        official=country.lan,
        by=country.lan_login,
        url=link,
        name_shown="Mẹ Bắp Bán Hàng",
        photo=PhotoFactory.create(shade=100),
        submitted=True,
    )
    asked = {
        "name_shown": "Đề nghị ghi tên thật.",
        "disclaimer": "Thêm lời ghi chú.",
        "photo": "Gửi ảnh khác.",
    }
    put = declarations.return_(declaration=put, reasons=asked, by=country.hr2)
    saved = declarations.save_draft(
        official=country.lan,
        link=recognise(link),
        link_text=link,
        statement={
            "name_shown": "Trần Thị Lan",
            "agency_shown": "Sở Y tế",
            "photo": PhotoFactory.create(shade=160),
            "commitments": list(CURRENT),
        },
        by=country.lan_login,
        declaration=put,
    )
    return declarations.submit(declaration=saved, by=country.lan_login)


def focused(page: Page) -> str:
    """The words of what has the focus."""
    return str(page.evaluate("document.activeElement.textContent")).strip()


def until_left(page: Page) -> None:
    """Load the page until what another one sent on leaving a case has arrived."""
    for _try in range(50):
        page.reload()
        if not Lease.objects.exists():
            return


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_whole_queue_is_worked_off_by_keyboard(country: Country, open_page: Open, language: str):
    cases = [
        DeclarationFactory.create(
            official=country.lan, url=f"https://www.facebook.com/tran.lan.{n}", submitted=True
        )
        for n in range(3)
    ]
    findings.run_changed()
    following, approve, back = KEYS[language]
    page = open_page(country.hr, language=language)

    def at(case: Declaration) -> str:
        return f"/hr/review/{case.public_id}/"

    page.goto("/hr/review/")
    page.keyboard.press(following)
    page.wait_for_url(f"**{at(cases[0])}")
    page.keyboard.press(following)
    page.wait_for_url(f"**{at(cases[1])}")
    page.keyboard.press(following)
    page.wait_for_url(f"**{at(cases[2])}")
    page.keyboard.press(following)
    page.wait_for_url(f"**{at(cases[0])}")
    page.keyboard.press(approve)
    assert Declaration.objects.filter(state="approved").count() == 0  # the key alone decides nothing
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at(cases[1])}")
    page.keyboard.press(back)
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(f"{approve}{following} is only text")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at(cases[2])}")
    page.keyboard.press(approve)
    page.keyboard.press("Enter")
    page.wait_for_url("**/hr/review/")
    expect(page.locator(".cd-empty")).to_be_visible()
    states = list(Declaration.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["approved", "returned", "approved"]
    (reason,) = Declaration.objects.get(state="returned").reasons.values()
    assert reason.endswith(f"{approve}{following} is only text")
    assert "\n" in reason  # after the ready text


def test_shortcuts_are_shown_and_can_be_switched_off(country: Country, open_page: Open):
    case = clean_case(country.lan)
    findings.run_changed()
    page = open_page(country.hr, language="en")
    page.goto(f"/hr/review/{case.public_id}/")
    button = page.get_by_role("button", name="Approve", exact=True)
    expect(button.locator("kbd")).to_have_text("A")
    expect(button).to_have_attribute("aria-keyshortcuts", "a")
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+A")
    expect(button).not_to_be_focused()
    page.get_by_text("Keyboard shortcuts").click()
    page.get_by_role("button", name="Switch the shortcuts off").click()
    expect(button.locator("kbd")).to_have_count(0)
    page.keyboard.press("a")
    assert focused(page) == "Switch the shortcuts on"
    page.reload()
    page.keyboard.press("a")
    expect(button).not_to_be_focused()  # it is remembered
    page.get_by_text("Keyboard shortcuts").click()
    page.get_by_role("button", name="Switch the shortcuts on").click()
    page.keyboard.press("a")
    expect(button).to_be_focused()
    page.goto("/hr/review/")
    until_left(page)  # nothing is under way when the database is emptied


def test_a_colleague_sees_who_has_a_case_open_and_is_told_when_it_is_decided(
    country: Country, open_page: Open
):
    case = clean_case(country.lan)
    address = f"/hr/review/{case.public_id}/"
    mine, theirs = open_page(country.hr, language="en"), open_page(country.hr2, language="en")
    with mine.expect_response("**/open/"):
        mine.goto(address)
    theirs.goto("/hr/review/")
    expect(theirs.get_by_text("Open at Phạm Văn Hòa's since")).to_be_visible()
    with theirs.expect_response("**/open/"):
        theirs.goto(address)
    expect(theirs.get_by_text("A colleague has this case open")).to_be_visible()
    mine.get_by_role("button", name="Approve", exact=True).click()
    mine.wait_for_url("**/hr/review/")
    theirs.get_by_role("button", name="Approve", exact=True).click()
    expect(theirs.get_by_role("alert")).to_contain_text("Phạm Văn Hòa")
    expect(theirs.get_by_role("alert")).to_contain_text("Somebody was faster")


def test_going_away_from_a_case_is_told_too(country: Country, open_page: Open):
    case = clean_case(country.lan)
    mine, theirs = open_page(country.hr, language="en"), open_page(country.hr2, language="en")
    with mine.expect_response("**/open/"):
        mine.goto(f"/hr/review/{case.public_id}/")
    theirs.goto("/hr/review/")
    expect(theirs.get_by_text("Phạm Văn Hòa")).to_have_count(1)
    mine.goto("/hr/")
    until_left(theirs)
    theirs.reload()
    expect(theirs.get_by_role("link", name="Trần Thị Lan")).to_be_visible()
    expect(theirs.get_by_text("Phạm Văn Hòa")).to_have_count(0)


def test_the_queue_works_without_scripts(
    country: Country, chromium: Browser, live_server: LiveServer, open_page: Open
):
    case = clean_case(country.lan)
    cookies = open_page(country.hr, language="en").context.cookies()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(cookies)  # type: ignore[arg-type]  # what one context gives is what another takes
    page = context.new_page()
    page.goto("/hr/review/")
    page.get_by_role("link", name="Begin with the first").click()
    page.get_by_role("button", name="Tell my colleagues that I have this case open").click()
    expect(page.get_by_text("Your colleagues now see that you have this case open.")).to_be_visible()
    expect(page.get_by_text("Keyboard shortcuts")).not_to_be_visible()
    page.goto(f"/hr/review/{case.public_id}/return/")
    page.get_by_label("The photo does not show you clearly.").check()
    page.get_by_role("button", name="Return", exact=True).click()
    expect(page.get_by_text("Returned for correction: Facebook")).to_be_visible()
    context.close()


def test_clean_cases_are_approved_together_and_one_that_changed_is_left_out(
    country: Country, open_page: Open, hurdles: Hurdles, shoot: Shoot
):
    people = [OfficialFactory.create(agency=country.health, full_name="Trần Thị Lan") for _ in range(3)]
    cases = [
        clean_case(one, number, photo=PhotoFactory.create(shade=number * 60))
        for number, one in enumerate(people, 1)
    ]
    findings.run_changed()
    page = open_page(country.hr, language="vi", size=PHONE)
    page.goto("/hr/review/")
    page.get_by_role("link", name="Duyệt cùng lúc các hồ sơ đã phù hợp").click()
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    boxes.first.uncheck()
    shoot(page, "hr-together")
    assert hurdles(page) == []
    declarations.approve(declaration=cases[1], by=country.hr2)
    page.get_by_role("button", name="Duyệt những hồ sơ đã đánh dấu").click()
    expect(page.get_by_text("Đã duyệt 1 hồ sơ.")).to_be_visible()
    expect(page.get_by_text("Chưa duyệt: Trần Thị Lan")).to_contain_text("Lê Thị Mai")
    shoot(page, "hr-together-done")
    states = list(Declaration.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["submitted", "approved", "approved"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_page_of_the_queue_keeps_nobody_out(
    country: Country, open_page: Open, hurdles: Hurdles, shoot: Shoot, language: str, size: tuple[int, int]
):
    stands = EntryFactory.create(
        facts__official=country.lan, facts__name_shown="Lan Trần", facts__agency_shown="Sở Y tế"
    )
    change = DeclarationFactory.create(
        official=country.lan,
        by=country.lan_login,
        url=stands.account.identifiers.get().url,
        name_shown="Trần Thị Lan Hương",
        agency_shown="Sở Y tế tỉnh Một",
        photo=PhotoFactory.create(shade=40),
        disclaimer="Tài khoản cá nhân của tôi",
        submitted=True,
    )
    again = come_back(country, 1)
    clean_case(OfficialFactory.create(agency=country.health, full_name="Trần Thị Lan"), 2)
    findings.run_changed()
    declarations.open_case(declaration=change, by=country.hr2)
    page = open_page(country.hr, language=language, size=size)
    for name, address in {
        "queue": "/hr/review/",
        "case-change": f"/hr/review/{change.public_id}/",
        "case-again": f"/hr/review/{again.public_id}/",
        "case-return": f"/hr/review/{again.public_id}/return/",
        "together": "/hr/review/together/",
    }.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        shoot(page, f"hr-review-{name}")
        assert hurdles(page) == [], name
