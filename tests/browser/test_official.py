"""The employee's flows in a real browser; and one look at each page in both languages and sizes."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import Entry, NilReturn, Official, Standing
from accounts.platforms import recognise
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.states import State
from registry.users.models import User
from registry.users.services import take_letters
from tests.browser.conftest import PHONE, WIDE
from tests.factories import (
    PASSWORD,
    AgencyFactory,
    DeclarationFactory,
    InvitationFactory,
    OfficialFactory,
    RoleGrantFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Opener = Callable[..., Page]
Shot = Callable[[Page, str], None]


@pytest.fixture
def official() -> Official:
    department = AgencyFactory.create(name="Sở Nội vụ tỉnh Hà Tĩnh", short_name="Sở Nội vụ")
    return OfficialFactory.create(agency=department, full_name="Nguyễn Thị Ánh", position="Chuyên viên")


@pytest.fixture
def employee(official: Official) -> User:
    return UserFactory.create(username="anh", full_name="Nguyễn Thị Ánh", official=official)


@pytest.fixture
def officer(official: Official) -> User:
    grant = RoleGrantFactory.create(
        user=UserFactory.create(full_name="Lê Văn Hùng"), agency=official.records.get().agency
    )
    return grant.user


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "anh.png"
    Image.radial_gradient("L").resize((400, 400)).convert("RGB").save(path)
    return path


def register(official: Official, officer: User, handle: str) -> Entry:
    services.register_on_behalf(
        official=official,
        link=recognise(f"https://www.facebook.com/{handle}"),
        statement={"name_shown": "Ánh Nguyễn", "agency_shown": "Sở Nội vụ"},
        by=officer,
    )
    return Entry.objects.current().latest("pk")


def test_an_invitation_becomes_a_login(official: Official, open_page: Opener, shoot: Shot):
    InvitationFactory.create(official=official)
    ((_letter, token),) = take_letters(limit=1)
    page = open_page(size=PHONE)
    page.goto(f"/invitation/{token}/")
    expect(page.get_by_role("heading", name="Đây có phải là anh/chị không?")).to_be_visible()
    expect(page.get_by_text("Nguyễn Thị Ánh")).to_be_visible()
    shoot(page, "invitation")
    page.get_by_role("link", name="Đúng, là tôi").click()
    page.get_by_label("Mật khẩu", exact=True).fill("12345")
    page.get_by_label("Nhập lại mật khẩu").fill("12345")
    page.get_by_role("button", name="Tạo tài khoản đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Mật khẩu")
    shoot(page, "invitation-refused")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tạo tài khoản đăng nhập").click()
    expect(page.get_by_role("heading", name="Tài khoản của tôi", level=1)).to_be_visible()
    page.goto(f"/invitation/{token}/")
    expect(page.get_by_role("heading", name="Không dùng được thư mời này")).to_be_visible()
    shoot(page, "invitation-used")


def test_signing_in_and_out_and_the_language(employee: User, open_page: Opener, shoot: Shot):
    page = open_page()
    page.goto("/me/")
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    shoot(page, "login")
    page.get_by_label("Tên đăng nhập").fill("ANH")
    page.get_by_label("Mật khẩu").fill("wrong")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên đăng nhập hoặc mật khẩu không đúng")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(re.compile("/me/$"))
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="My accounts", level=1)).to_be_visible()
    page.locator("details[data-menu] summary", has_text="Your login:").click()
    page.get_by_role("link", name="Change password").click()
    shoot(page, "password")
    page.locator("details[data-menu] summary", has_text="Your login:").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    del employee


def test_declaring_an_account_from_link_to_hr(
    employee: User, official: Official, photo: Path, open_page: Opener, shoot: Shot
):
    page = open_page(employee)
    page.goto("/")
    page.get_by_role("link", name="Khai báo tài khoản").first.click()
    page.get_by_label("Đường dẫn tài khoản").fill("https://bit.ly/3abcd")
    expect(page.locator("#recognised")).to_contain_text("Liên kết rút gọn")
    shoot(page, "declare-refused-at-once")
    page.get_by_label("Đường dẫn tài khoản").fill("m.facebook.com/Nguyen.Anh.01?ref=share")
    expect(page.locator("#recognised")).to_contain_text("Facebook")
    shoot(page, "declare-recognised")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tên tài khoản hiển thị").fill("Nguyễn Thị Ánh")
    page.get_by_label("Nơi công tác tài khoản hiển thị").fill("Sở Nội vụ")
    page.get_by_role("button", name="Điền vào ô").click()
    page.get_by_label("Ảnh đại diện").set_input_files(photo)
    shoot(page, "declare-details")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("img", name="Ảnh đại diện")).to_be_visible()
    page.get_by_role("button", name="Gửi cán bộ tổ chức").click()
    expect(page.get_by_role("alert")).to_be_focused()
    shoot(page, "declare-check-refused")
    expect(page.get_by_role("checkbox").first).to_be_visible()
    for promise in page.get_by_role("checkbox").all():
        promise.check()
    page.get_by_role("button", name="Gửi cán bộ tổ chức").click()
    expect(page.get_by_text("Đã gửi khai báo đến cán bộ tổ chức.")).to_be_visible()
    shoot(page, "declaration-sent")
    sent = Declaration.objects.get(official=official)
    assert sent.state == State.SUBMITTED
    assert sent.facts.photo is not None


def test_a_draft_waits_for_its_author(employee: User, official: Official, open_page: Opener):
    page = open_page(employee)
    page.goto("/me/declare/")
    page.get_by_label("Đường dẫn tài khoản").fill("https://www.tiktok.com/@anh.nguyen")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tên tài khoản hiển thị").fill("Ánh")
    page.get_by_role("button", name="Lưu, khai tiếp sau").click()
    expect(page.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    page.get_by_role("link", name="Khai tiếp").click()
    expect(page.get_by_label("Tên tài khoản hiển thị")).to_have_value("Ánh")
    page.goto("/me/")
    page.get_by_role("link", name="Bỏ bản nháp").click()
    page.get_by_role("button", name="Rút khai báo").click()
    expect(page.get_by_text("Đã rút khai báo.")).to_be_visible()
    assert Declaration.objects.get(official=official).state == State.WITHDRAWN


def test_a_bad_photo_is_refused_at_its_field(
    employee: User, official: Official, tmp_path: Path, open_page: Opener, shoot: Shot
):
    draft = DeclarationFactory.create(official=official, by=employee)
    small = io.BytesIO()
    Image.new("RGB", (60, 60)).save(small, "PNG")
    page = open_page(employee, size=PHONE)
    page.goto(f"/me/declarations/{draft.public_id}/details/")
    page.get_by_label("Ảnh đại diện").set_input_files(
        {"name": "nho.png", "mimeType": "image/png", "buffer": small.getvalue()}
    )
    expect(page.locator("#id_photo_error")).to_contain_text("60 × 60")
    expect(page.get_by_label("Tên tài khoản hiển thị")).to_have_value("Trần Thị Lan")
    shoot(page, "details-photo-refused")
    del tmp_path


def test_confirming_changing_and_closing_what_hr_registered(
    employee: User, official: Official, officer: User, open_page: Opener, shoot: Shot
):
    entry = register(official, officer, "anh.nguyen.77")
    page = open_page(employee)
    page.goto("/me/")
    page.get_by_role("link", name="Xem và xác nhận").click()
    shoot(page, "account-unconfirmed")
    page.get_by_role("button", name="Đúng, tôi xác nhận").click()
    expect(page.get_by_text("Tài khoản đã được xác nhận.")).to_be_visible()
    assert Entry.objects.current().get(account=entry.account).standing == Standing.CONFIRMED
    page.get_by_role("button", name="Đề nghị sửa").click()
    expect(page.get_by_label("Tên tài khoản hiển thị")).to_have_value("Ánh Nguyễn")
    page.get_by_label("Tên tài khoản hiển thị").fill("Nguyễn Thị Ánh")
    page.get_by_role("button", name="Tiếp tục").click()
    page.goto("/me/")
    page.get_by_role("link", name="Bỏ bản nháp").click()
    page.get_by_role("button", name="Rút khai báo").click()
    page.get_by_role("link", name="Facebook · anh.nguyen.77").click()
    page.get_by_role("link", name="Báo ngừng tài khoản").click()
    shoot(page, "account-close")
    page.get_by_role("button", name="Đề nghị ngừng").click()
    expect(page.get_by_text("Đã gửi đề nghị ngừng tài khoản")).to_be_visible()
    assert Declaration.objects.filter(official=official, kind="close", state=State.SUBMITTED).exists()


def test_a_returned_declaration_is_corrected(
    employee: User, official: Official, officer: User, open_page: Opener, shoot: Shot
):
    sent = DeclarationFactory.create(official=official, by=employee, submitted=True)
    reasons = {"name_shown": "Ghi đúng tên đang hiển thị.", "": "Xem lại toàn bộ."}
    services.return_(declaration=sent, reasons=reasons, by=officer)
    page = open_page(employee)
    page.goto("/me/")
    page.get_by_role("link", name="Xem lý do").click()
    expect(page.get_by_text("Ghi đúng tên đang hiển thị.")).to_be_visible()
    shoot(page, "declaration-returned")
    page.get_by_role("link", name="Sửa lại").click()
    shoot(page, "details-returned")
    page.get_by_label("Tên tài khoản hiển thị").fill("Nguyễn Thị Ánh")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    for promise in page.get_by_role("checkbox").all():
        promise.check()
    page.get_by_role("button", name="Gửi cán bộ tổ chức").click()
    expect(page.get_by_text("Đã gửi khai báo")).to_be_visible()
    sent.refresh_from_db()
    assert sent.state == State.SUBMITTED


def test_saying_there_is_no_account(employee: User, official: Official, open_page: Opener, shoot: Shot):
    page = open_page(employee)
    page.goto("/me/")
    shoot(page, "home-empty")
    page.get_by_role("link", name="Tôi không có", exact=True).click()
    shoot(page, "none")
    page.get_by_role("button", name="Tôi không có tài khoản").click()
    expect(page.get_by_text("Đã ghi nhận: anh/chị không có tài khoản.")).to_be_visible()
    shoot(page, "home-nil")
    assert NilReturn.objects.current().filter(official=official).exists()


def test_a_disputed_account_names_nobody(
    employee: User, official: Official, officer: User, open_page: Opener, shoot: Shot
):
    other = OfficialFactory.create(agency=official.records.get().agency, full_name="Phạm Minh Đức")
    register(other, officer, "cung.mot.trang")
    page = open_page(employee, size=PHONE)
    page.goto("/me/declare/")
    page.get_by_label("Đường dẫn tài khoản").fill("https://www.facebook.com/cung.mot.trang")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Tên tài khoản hiển thị").fill("Ánh")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    for promise in page.get_by_role("checkbox").all():
        promise.check()
    page.get_by_role("button", name="Gửi cán bộ tổ chức").click()
    expect(page.get_by_text("Cần làm rõ tài khoản này là của ai")).to_be_visible()
    shoot(page, "declaration-disputed")
    assert "Phạm Minh Đức" not in page.content()


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_in_both_languages_and_sizes(
    employee: User,
    official: Official,
    officer: User,
    language: str,
    size: tuple[int, int],
    open_page: Opener,
    shoot: Shot,
    hurdles: Callable[[Page], list[str]],
):
    entry = register(official, officer, "anh.nguyen.mot.ten.rat.dai.de.xem.co.tran.khong.2026")
    draft = DeclarationFactory.create(official=official, by=employee, name_shown="Ánh Nguyễn")
    sent = DeclarationFactory.create(official=official, by=employee, submitted=True)
    back = DeclarationFactory.create(official=official, by=employee, submitted=True)
    services.return_(declaration=back, reasons={"photo": "Ảnh quá mờ."}, by=officer)
    page = open_page(employee, language=language, size=size)
    addresses = {
        "home": "/me/",
        "declare": "/me/declare/",
        "link": f"/me/declarations/{draft.public_id}/link/",
        "details": f"/me/declarations/{draft.public_id}/details/",
        "details-back": f"/me/declarations/{back.public_id}/details/",
        "check": f"/me/declarations/{draft.public_id}/check/",
        "declaration": f"/me/declarations/{sent.public_id}/",
        "withdraw": f"/me/declarations/{sent.public_id}/withdraw/",
        "declarations": "/me/declarations/",
        "account": f"/me/accounts/{entry.account.public_id}/",
        "close": f"/me/accounts/{entry.account.public_id}/close/",
        "none": "/me/none/",
        "duties": "/me/duties/",
        "confirm-all": "/me/confirm/",
        "password": "/password/",
        "not-found": "/me/nothing-here/",
    }
    for name, address in addresses.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.lang") == language
        shoot(page, f"page-{name}")
        if size == WIDE:
            assert hurdles(page) == []
            page.emulate_media(color_scheme="dark")
            assert hurdles(page) == []
            page.emulate_media(color_scheme="light")
