"""The citizen's pages in a real browser, for somebody who is not signed in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Account, Agency
from accounts.platforms import recognise
from accounts.services import amend_agency, close, confirm_fake
from registry.lookup.models import ImpostorReport
from registry.lookup.spelling import refresh
from registry.users.models import Role
from tests.browser.conftest import PHONE, WIDE
from tests.factories import AgencyFactory, RoleGrantFactory, UserFactory
from tests.registry.lookup.conftest import HEALTH, LINK, director, enrol, health, page, province

__all__ = ["director", "enrol", "health", "page", "province"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAKE = "https://www.facebook.com/soyte.hatinh.vn"
ALIKE = "Sở Y tế tỉnһ Hà Tỉnh thật"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_the_screen_and_keeps_nobody_out(
    open_page: Callable[..., Page],
    shoot: Callable[[Page, str], None],
    hurdles: Callable[[Page], list[str]],
    page: Account,
    health: Agency,
    province: Agency,
    enrol: Callable[..., Account],
    language: str,
    size: tuple[int, int],
) -> None:
    closed = enrol(health, "https://www.tiktok.com/@soyte.hatinh.cu", "Sở Y tế Hà Tĩnh (cũ)")
    close(account=closed, by=None)
    enrol(health, "https://www.facebook.com/trang.thong.tin.chinh.thuc.so.y.te.ha.tinh", HEALTH)
    confirm_fake(link=recognise(FAKE), agency=health, by=None, name_shown=HEALTH)
    AgencyFactory.create(
        code="P42-TT", name="Thanh tra tỉnh Hà Tĩnh", parent=province, contact_phone="02393999999"
    )
    amend_agency(agency=health, by=None, portal_url="https://soyte.hatinh.gov.vn")
    refresh()
    report = ImpostorReport.objects.create(
        agency=health, platform="facebook", kind="vanity", key="soytehatinhvn2", shown="soyte.hatinh.vn2",
        url="https://www.facebook.com/soytehatinhvn2",
    )  # fmt: skip
    pages = {
        "start": "/",
        "official": f"/lookup/?q={LINK}",
        "by-name": f"/lookup/?q={HEALTH}",
        "former": "/lookup/?q=https://www.tiktok.com/@soyte.hatinh.cu",
        "fake": f"/lookup/?q={FAKE}",
        "unregistered": f"/lookup/?q={ALIKE}",
        "like-a-portal": "/lookup/?q=https://soyte.hatinh.gov.vn.xac-minh-thong-tin-cong-dan.com/dang-nhap",
        "read-as": "/lookup/?q=https://facebook.com@so-y-te-ha-tinh-xac-minh-tai-khoan.com/soyte.hatinh",
        "not-enrolled": "/lookup/?q=Thanh tra tỉnh Hà Tĩnh",
        "then": f"/lookup/?q={LINK}&on=2026-01-31",
        "refused": "/lookup/?q=https://fb.me/abc",
        "page": f"/pages/{page.public_id}/",
        "page-former": f"/pages/{closed.public_id}/",
        "agencies": "/agencies/",
        "agencies-found": "/agencies/?q=ha tinh",
        "agency": f"/agencies/{health.code}/",
        "platforms": "/platforms/",
        "platform": "/platforms/facebook/",
        "open-data": "/open-data/",
        "report": f"/report/?link={FAKE}",
        "tickets": "/tickets/?number=AAAAA",
        "ticket": f"/tickets/{report.ticket}/",
    }
    window = open_page(language=language, size=size)
    for name, address in pages.items():
        window.goto(address)
        expect(window.get_by_role("heading", level=1)).to_have_count(1)
        shoot(window, f"citizen-{name}")
        assert hurdles(window) == [], name


def test_citizen_asks_compares_and_reports_and_the_agency_answers(
    open_page: Callable[..., Page],
    shoot: Callable[[Page, str], None],
    hurdles: Callable[[Page], list[str]],
    page: Account,
    health: Agency,
) -> None:
    del page
    citizen = open_page(language="vi", size=PHONE)
    citizen.goto("/")
    citizen.get_by_label("Đường liên kết, tên tài khoản hoặc tên trang").fill(LINK)
    citizen.get_by_role("button", name="Có đúng là của họ không?").click()
    expect(citizen.get_by_role("heading", name="Trang chính thức", exact=True)).to_be_visible()
    expect(citizen.get_by_text("Trần Thị Hồng")).to_be_visible()

    citizen.get_by_label("Đường liên kết, tên tài khoản hoặc tên trang").fill(FAKE)
    citizen.keyboard.press("Enter")
    expect(citizen.get_by_role("heading", name="Không có trong sổ đăng ký")).to_be_visible()
    expect(citizen.get_by_role("heading", name="Giống một trang chính thức")).to_be_visible()
    expect(citizen.get_by_text("thêm “.vn”")).to_be_visible()
    citizen.get_by_role("link", name="Báo đây là trang giả mạo").click()
    citizen.get_by_label("Trang giả mạo cơ quan nào").fill("so y te ha tinh")
    citizen.get_by_role("button", name="Gửi báo cáo").click()
    ticket = citizen.get_by_role("heading", level=1).inner_text()
    expect(citizen.get_by_text("Cơ quan chưa trả lời")).to_be_visible()

    user = UserFactory.create()
    RoleGrantFactory.create(user=user, role=Role.HR_OFFICER, agency=health)
    officer = open_page(user, language="vi")
    officer.goto("/hr/impostors/")
    shoot(officer, "impostors")
    assert hurdles(officer) == []
    officer.get_by_role("link", name="Facebook").click()
    shoot(officer, "impostor")
    assert hurdles(officer) == []
    officer.get_by_label("Trang này giả mạo chúng tôi").check()
    officer.get_by_role("button", name="Trả lời thay mặt cơ quan").click()
    expect(officer.get_by_text("Đã trả lời. Ai có số báo cáo đều xem được.")).to_be_visible()

    citizen.goto("/tickets/")
    citizen.get_by_label("Số báo cáo").fill(ticket.lower())
    citizen.get_by_role("button", name="Xem").click()
    expect(citizen.get_by_text("Cơ quan xác nhận trang này không phải của mình")).to_be_visible()
    citizen.goto(f"/lookup/?q={FAKE}")
    expect(citizen.get_by_role("heading", name="Trang giả mạo, cơ quan đã xác nhận")).to_be_visible()


def test_language_of_an_answer_is_the_readers(open_page: Callable[..., Page], page: Account) -> None:
    window = open_page(language="en")
    window.goto(f"/pages/{page.public_id}/")
    expect(window.get_by_text("Who answers for it")).to_be_visible()
    window.get_by_role("button", name="Tiếng Việt").click()
    expect(window.get_by_text("Người chịu trách nhiệm")).to_be_visible()
