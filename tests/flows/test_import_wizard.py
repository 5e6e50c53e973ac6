"""Lists from file to result on the whole stack, as `make run` starts it: a real worker reads and writes them.

A staff list of many in Vietnamese, with a reload in the middle and headings nobody knows; then accounts with
their photos, in English, on a phone.
"""

import csv
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from stack.place import DataFolder, socket_folder
from tests.browser.conftest import PHONE, WIDE
from tests.stack.launcher import READY, Launcher, free_port, ran_before

pytestmark = pytest.mark.browser

PASSWORD = "thu-dang-ky-2026"
UNIT = "Thanh tra tỉnh Hà Tĩnh"
MANY = 20_000  # enough for a worker to be met at it
PATIENCE = 120_000  # milliseconds


@pytest.fixture
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running registry."""
    folder = socket_folder("registry-wizard-")
    port = free_port()
    data = ran_before(tmp_path_factory, folder / "var")
    try:
        with Launcher(data, "run", f"--port={port}") as running:
            running.wait_to_say(READY)
            yield f"http://127.0.0.1:{port}"
    finally:
        DataFolder(data).forget()
        shutil.rmtree(folder)


def staff_list(path: Path) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Danh sách cán bộ, công chức năm 2026"])
        rows.writerow(["Mã CBCCVC", "Họ và tên", "Nơi ngồi", "Đối tượng", "Dân tộc", "Sở thích"])
        for number in range(MANY):
            unit = UNIT if number else "Sở Không Có"
            rows.writerow([f"KS-{number:05}", "Lê Thị Kiểm Soát", unit, "Công chức", "Kinh", "đọc sách"])
    return path


def accounts(folder: Path) -> tuple[Path, Path]:
    Image.effect_noise((400, 400), 90).convert("RGB").save(folder / "soat.jpg", "JPEG")
    with zipfile.ZipFile(folder / "anh.zip", "w") as packed:
        packed.write(folder / "soat.jpg", "soat.jpg")
    file = folder / "tai-khoan.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["Mã CBCCVC", "Liên kết", "Tên hiển thị", "Tệp"])
        rows.writerow(["KS-00001", "https://www.facebook.com/le.kiem.soat", "Lê Kiểm Soát", "soat.jpg"])
        rows.writerow(["KS-99999", "https://www.facebook.com/khong.ai", "Không Ai", ""])
    return file, folder / "anh.zip"


def window(chromium: Browser, address: str, language: str, size: tuple[int, int], said: list[str]) -> Page:
    """A window of the province's HR officer, signed in; what the browser complains about is said."""
    context = chromium.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto("/login/")
    page.fill("[name=username]", "hr.hatinh")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def barriers(page: Page) -> list[str]:
    """What axe finds, and whether anything sticks out to the side."""
    page.wait_for_load_state()
    found = [each["id"] for each in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    return found


def load_staff(page: Page, file: Path) -> None:
    """File → columns, one corrected → plan, with a reload while it is made → applied."""
    page.goto("/hr/imports/new/staff/")
    page.select_option("[name=unit]", "T34-42")
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url(re.compile(r"/hr/imports/[0-9a-f-]{36}/columns/"), timeout=PATIENCE)
    main = page.locator("main")
    expect(main).to_contain_text("KS-00000 · KS-00001 · KS-00002")
    expect(main).to_contain_text("Chưa có cột nào là")
    expect(main).not_to_contain_text("Kinh")
    assert barriers(page) == []
    page.get_by_label("Nơi ngồi").select_option(label="Đơn vị")
    page.get_by_role("button", name="Đọc danh sách").click()
    expect(page.locator("progress")).to_be_visible()
    page.reload()
    expect(page.locator("progress").or_(page.locator("#counts"))).to_be_visible()
    expect(page.locator("#counts")).to_be_visible(timeout=PATIENCE)  # by itself
    expect(page.get_by_role("link", name="Mới (19.999)")).to_be_visible()
    expect(main).to_contain_text("Sở Không Có")
    assert barriers(page) == []
    page.get_by_role("link", name="Mới (19.999)").click()
    expect(page).to_have_url(re.compile(r"\?show=new"))
    with page.expect_navigation():
        page.get_by_role("button", name="Ghi các dòng hợp lệ").click()
    elsewhere = page.url
    page.goto("/hr/")  # closing the page loses nothing
    page.goto(elsewhere)
    expect(page.get_by_text("Đã áp dụng lúc")).to_be_visible(timeout=PATIENCE)
    assert barriers(page) == []


def load_accounts(page: Page, file: Path, photos: Path) -> None:
    """Accounts and photos, on a phone → applied → the refused row taken back → undone."""
    page.goto("/hr/imports/new/accounts/")
    page.select_option("[name=unit]", "T34-42")
    page.set_input_files("[name=file]", file)
    page.set_input_files("[name=photos]", photos)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Tệp").select_option(label="Photo")
    assert barriers(page) == []
    page.get_by_role("button", name="Read the list").click()
    expect(page.locator("#counts")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("link", name="New (1)")).to_be_visible()
    assert barriers(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Apply the good rows").click()
    expect(page.get_by_text("Applied at")).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as download:
        page.get_by_role("link", name="Take back the refused rows (Excel)").click()
    assert download.value.suggested_filename == "tai-khoan-can-sua.xlsx"
    page.get_by_role("link", name="Undo this import").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("What stood before it stands again.").first).to_be_visible(timeout=PATIENCE)
    assert barriers(page) == []


def test_lists_from_file_to_result(address: str, tmp_path: Path, chromium: Browser):
    said: list[str] = []
    wide = window(chromium, address, "vi", WIDE, said)
    phone = window(chromium, address, "en", PHONE, said)
    try:
        load_staff(wide, staff_list(tmp_path / "danh-sach.csv"))
        load_accounts(phone, *accounts(tmp_path))
    finally:
        wide.context.close()
        phone.context.close()
    assert said == []
