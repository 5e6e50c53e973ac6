"""The import wizard, step by step in a real browser: every state fits, can be read by all, and is told."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from registry.intake import services as intake
from registry.intake.models import Headway, Import
from tests.browser.conftest import PHONE, WIDE
from tests.factories import OfficialFactory
from tests.registry.people import Country, make_country
from tests.registry.web.reviewer.lists import staff_bytes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]
Hurdles = Callable[[Page], list[str]]
PEOPLE = [
    ("M01", "Lê Văn An", "Sở Y tế"),
    ("M02", "Hoàng Thị Bích", "Sở Văn hóa"),
    ("M03", "Vũ Văn Cường", "Sở Không Có"),
]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del transactional_db
    return make_country()


def work() -> None:
    """Do what a worker does when the bell rings."""
    intake.work(Import.objects.latest("pk").pk)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_step_of_a_staff_list(
    country: Country,
    open_page: Open,
    shoot: Shoot,
    hurdles: Hurdles,
    tmp_path: Path,
    language: str,
    size: tuple[int, int],
):
    OfficialFactory.create(agency=country.health, staff_code="M01", full_name="Lê Văn Ân")
    page = open_page(country.hr_province, language=language, size=size)

    def look(name: str) -> None:
        shoot(page, f"wizard-{name}")
        assert hurdles(page) == [], name

    page.goto("/hr/imports/new/staff/")
    look("1-file")
    file = tmp_path / "danh-sach-can-bo.csv"
    lines = staff_bytes(PEOPLE, headings=("Dân tộc", "Sở thích")).decode("utf-8-sig")
    file.write_text(
        "UBND tỉnh Một\nDanh sách cán bộ\n" + lines.replace("Chức vụ", "CVu"), encoding="utf-8-sig"
    )
    page.locator("[name=unit]").select_option(label="UBND tỉnh Một")
    page.locator("[name=file]").set_input_files(file)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/columns/")
    expect(page.locator("main")).to_contain_text("CVu")
    expect(page.locator("main")).to_contain_text("M01 · M02 · M03")
    look("2-columns")
    page.locator("[name=column-C]").select_option("")
    page.locator("main form .btn-primary").click()
    page.locator("[data-error-summary]").wait_for()
    look("2-columns-refused")
    page.locator("[name=column-C]").select_option("unit")
    page.locator("[name=column-D]").select_option("position")
    page.locator("main form .btn-primary").click()
    page.locator("progress").wait_for()
    Headway.objects.update(attempts=1, done=1400, total=3000)
    page.reload()  # nothing is lost by it
    expect(page.locator("progress")).to_have_attribute("value", "46")
    look("3-reading")
    Headway.objects.update(attempts=0)
    work()
    page.locator("#counts").wait_for()  # by itself
    expect(page.locator("main")).to_contain_text("Sở Không Có")
    look("3-plan")
    page.locator("a[href='?show=changed']").click()
    expect(page.locator("del").first).to_have_text("Lê Văn Ân")
    look("3-plan-changed")
    page.locator("form[action$='/apply/'] button").click()
    page.locator("progress").wait_for()
    page.reload()
    look("4-applying")
    work()
    page.locator("a[href$='/undo/']").wait_for()
    look("5-result")


def test_headings_are_pointed_out_by_keyboard(
    country: Country, open_page: Open, shoot: Shoot, tmp_path: Path
):
    page = open_page(country.hr_province, language="en")
    page.goto("/hr/imports/new/staff/")
    file = tmp_path / "la.csv"
    file.write_text("Bảng 1\nC1,C2,C3,C4\nM01,Lê Văn An,Sở Y tế,Công chức\n", encoding="utf-8")
    page.locator("[name=unit]").select_option(label="UBND tỉnh Một")
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_text("No headings were recognised")).to_be_visible()
    page.get_by_role("button", name="Here (row 2)").press("Enter")
    expect(page.get_by_text("Before the list can be read")).to_be_visible()
    for place, name in {"C1": "Staff code", "C2": "Full name", "C3": "Unit", "C4": "Category"}.items():
        page.get_by_label(place, exact=True).select_option(label=name)
    shoot(page, "wizard-2-columns-said")
    page.get_by_role("button", name="Read the list").press("Enter")
    page.locator("progress").wait_for()
    work()
    expect(page.get_by_role("link", name="New (1)")).to_be_visible()


def test_files_are_dropped_into_their_fields(country: Country, open_page: Open):
    page = open_page(country.hr_province)
    page.goto("/hr/imports/new/accounts/")
    expect(page.locator("[data-drop-hint]")).to_be_visible()
    dropped = page.evaluate_handle(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File(["a,b"], "tai-khoan.csv"));
            held.items.add(new File(["PK"], "ANH.ZIP"));
            return held;
        }"""
    )
    for kind in ("dragover", "drop"):
        page.dispatch_event("[data-drop]", kind, {"dataTransfer": dropped})
    names = "(field) => [...field.files].map((file) => file.name)"
    assert page.locator("[name=file]").evaluate(names) == ["tai-khoan.csv"]
    assert page.locator("[name=photos]").evaluate(names) == ["ANH.ZIP"]


def test_accounts_and_their_photos_step_by_step(
    country: Country, open_page: Open, shoot: Shoot, hurdles: Hurdles, tmp_path: Path
):
    OfficialFactory.create(agency=country.health, staff_code="YT01", full_name="Lê Văn An")
    drawn = io.BytesIO()
    Image.effect_noise((400, 400), 90).convert("RGB").save(drawn, "JPEG")
    with zipfile.ZipFile(tmp_path / "anh.zip", "w") as packed:
        packed.writestr("an.jpg", drawn.getvalue())
    (tmp_path / "tai-khoan.csv").write_text(
        "Mã cán bộ,Liên kết,Tên hiển thị,Hình\nYT01,https://www.facebook.com/le.van.an.yt,Lê Văn An,an.jpg\n",
        encoding="utf-8-sig",
    )
    page = open_page(country.hr, size=PHONE)
    page.goto("/hr/imports/new/accounts/")
    page.locator("[name=unit]").select_option(label="Sở Y tế")
    page.locator("[name=file]").set_input_files(tmp_path / "tai-khoan.csv")
    page.locator("[name=photos]").set_input_files(tmp_path / "anh.zip")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Hình").select_option(label="Ảnh")
    assert hurdles(page) == []
    shoot(page, "wizard-accounts-2-columns")
    page.get_by_role("button", name="Đọc danh sách").click()
    page.locator("progress").wait_for()
    work()
    expect(page.get_by_role("link", name="Mới (1)")).to_be_visible()
    assert hurdles(page) == []
    shoot(page, "wizard-accounts-3-plan")
    page.locator("form[action$='/apply/'] button").click()
    page.locator("progress").wait_for()
    work()
    page.locator("a[href$='/undo/']").wait_for()
    assert country.health.pk == Import.objects.get().agency_id
