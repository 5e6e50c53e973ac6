"""The whole job on the whole stack, as `make run` starts it: no step is called, every step is done.

HR loads a list and invites → the employee takes the invitation from the letter and declares → HR approves →
the real worker checks → the auditor takes a list out and proves it untouched.
"""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from stack.place import DataFolder, socket_folder
from tests.stack.launcher import PROJECT, READY, Launcher, free_port, ran_before, wait_for

pytestmark = pytest.mark.browser

DEMO_PASSWORD = "thu-dang-ky-2026"
OWN_PASSWORD = "bốn từ không liên quan nhau"
CODE, NAME, ADDRESS = "KS-0001", "Lê Thị Kiểm Soát", "kiemsoat@hatinh.example"
UNIT = "Thanh tra tỉnh Hà Tĩnh"


@pytest.fixture
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The running registry: its address and its data folder."""
    folder = socket_folder("registry-flow-")
    port = free_port()
    data = ran_before(tmp_path_factory, folder / "var")
    try:
        with Launcher(data, "run", f"--port={port}") as running:
            running.wait_to_say(READY)
            yield f"http://127.0.0.1:{port}", data
    finally:
        DataFolder(data).forget()
        shutil.rmtree(folder)


def staff_list(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "UBND TỈNH HÀ TĨNH")
        sheet.write("A3", "DANH SÁCH CÁN BỘ, CÔNG CHỨC")
        sheet.write_row(
            "A5", ["STT", "Mã CBCCVC", "Họ và tên", "Đơn vị công tác", "Đối tượng", "Thư điện tử công vụ"]
        )
        sheet.write_row("A6", [1, CODE, NAME, UNIT, "Công chức", ADDRESS])
        sheet.write_row("A7", [2, "KS-0002", "", UNIT, "Công chức", ""])  # refused: no name
    return path


def photo(path: Path) -> Path:
    picture = Image.effect_noise((400, 400), 90).convert("RGB")
    ImageDraw.Draw(picture).ellipse((100, 60, 300, 320), fill=(200, 160, 130))
    picture.save(path, "JPEG")
    return path


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.click("main form button")
    page.wait_for_url(lambda url: "/login/" not in url)


def see(page: Page, text: str, *, seconds: int) -> None:
    """Load the page until it says `text`."""

    def said() -> bool:
        page.reload()
        return text in page.inner_text("body")

    wait_for(said, f"{text!r} on {page.url}", patience=seconds)


def letters(data: Path) -> str:
    """What the letters sent so far say."""
    bodies = []
    for file in sorted((data / "mail").glob("*")):
        for raw in file.read_bytes().split(b"-" * 79):
            body = message_from_bytes(raw.strip(), policy=policy.default).get_body(("plain",))
            bodies.append(str(body.get_content()) if body else "")
    return "\n".join(bodies)


def load_and_invite(hr: Page, address_list: Path, data: Path) -> str:
    """HR loads a list (one row good, one refused) and invites; the letter's address comes back."""
    sign_in(hr, "hr.hatinh", DEMO_PASSWORD)
    hr.goto("/hr/imports/new/staff/")
    hr.select_option("[name=unit]", "T34-42")
    hr.set_input_files("[name=file]", address_list)
    hr.click("main form button.btn-primary")
    hr.wait_for_url(re.compile(r"/hr/imports/[0-9a-f-]{36}/columns/"))
    hr.get_by_role("button", name="Read the list").click()
    with hr.expect_navigation():  # a reload that overtakes the click would take the request back
        hr.get_by_role("button", name="Apply the good rows").click()
    see(hr, "Applied at", seconds=60)
    hr.goto(f"/hr/staff/?q={CODE}")
    hr.click(f"main >> text={NAME}")
    with hr.expect_navigation():
        hr.click("main form[action$='/invite/'] button")
    wait_for(lambda: "/invitation/" in letters(data), "the invitation's letter")
    invitation = re.search(r"https?://[^/\s]+(/invitation/\S+/)", letters(data))
    assert invitation is not None
    return invitation[1]


def declare(own: Page, invitation: str, picture: Path) -> None:
    """The employee makes a login and declares an account; its notice is missing."""
    own.goto(invitation)
    own.click("text=Yes, this is me")
    own.fill("[name=password]", OWN_PASSWORD)
    own.fill("[name=again]", OWN_PASSWORD)
    own.click("main form button.btn-primary")
    own.wait_for_url(re.compile(r"/me/|/login/"))
    if "/login/" in own.url:
        sign_in(own, ADDRESS, OWN_PASSWORD)
    own.goto("/me/declare/")
    own.fill("[name=link]", "https://m.facebook.com/le.kiem.soat?mibextid=abc")
    own.click("main form button.btn-primary")
    own.fill("[name=name_shown]", "Le Thi Kiem Soat")
    own.fill("[name=agency_shown]", UNIT)
    own.set_input_files("[name=photo]", picture)
    with own.expect_navigation():
        own.click("button.btn[value=check]")
    for box in own.locator("[name=commitments]").all():
        box.check()
    own.get_by_role("button", name="Send to HR").click()
    own.wait_for_selector("text=Your declaration has been sent")


def approve(hr: Page) -> None:
    """HR finds the case in the queue and approves it."""
    hr.goto("/hr/review/")
    hr.click(f"main >> text={NAME}")
    hr.click("main form[action$='/approve/'] button")
    hr.wait_for_selector("text=Approved:")


def take_out(auditor: Page, into: Path) -> Path:
    """The auditor takes the list out; the CSV file of what came comes back, its manifest beside it."""
    sign_in(auditor, "thanhtra.hatinh", DEMO_PASSWORD)
    auditor.goto("/audit/exports/new/?agency=T34-42&format=csv")
    auditor.click("main form button.btn-primary")
    with auditor.expect_download() as download:
        auditor.click("a[href$='/file.zip']")  # there once the worker has made it
    download.value.save_as(into / "export.zip")
    with zipfile.ZipFile(into / "export.zip") as archive:
        archive.extractall(into)
        return into / next(name for name in archive.namelist() if name.endswith(".csv"))


def test_the_whole_job(stack: tuple[str, Path], tmp_path: Path, chromium: Browser):
    address, data = stack
    with ExitStack() as windows:

        def window() -> Page:
            context = chromium.new_context(base_url=address, accept_downloads=True)
            windows.callback(context.close)
            context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
            context.set_default_timeout(30_000)
            return context.new_page()

        hr, own = window(), window()
        invitation = load_and_invite(hr, staff_list(tmp_path / "danh_sach.xlsx"), data)
        declare(own, invitation, photo(tmp_path / "anh.jpg"))
        approve(hr)
        own.goto("/me/")
        # the worker finds the one fault by itself, and the person reads of it
        see(own, "The account says that it is personal", seconds=200)
        listed = take_out(window(), tmp_path)

    lines = [line for line in csv.reader(io.StringIO(listed.read_text(encoding="utf-8-sig"))) if CODE in line]
    assert len([line for line in lines if "ACC-09" in line]) == 1
    assert verify(listed, data) == 0
    with listed.open("a", encoding="utf-8") as file:
        file.write("x")
    assert verify(listed, data) == 1


def verify(file: Path, data: Path) -> int:
    return subprocess.run(
        [sys.executable, "manage.py", "verify_export", str(file)],
        cwd=PROJECT,
        env={**os.environ, "DATA_FOLDER": str(data), "DJANGO_SETTINGS_MODULE": "registry.settings.dev"},
        check=False,
        capture_output=True,
    ).returncode
