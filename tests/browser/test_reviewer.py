"""The HR officer's flows, each from its first page to its last, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from accounts.models import OfficialRecord
from registry.declarations import services as declarations
from registry.declarations.models import Declaration
from registry.findings import services as findings
from registry.intake import services as intake
from registry.intake.models import Import
from tests.browser.conftest import PHONE, WIDE
from tests.factories import DeclarationFactory, EntryFactory, OfficialFactory, PhotoFactory
from tests.registry.people import Country, make_country
from tests.registry.web.reviewer.lists import staff_bytes, staff_list

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]


@pytest.fixture
def country(transactional_db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del transactional_db
    return make_country()


def work_on(name: str) -> Import:
    """Do what a worker does when the bell rings."""
    job = Import.objects.get(file_name=name)
    intake.work(job.pk)
    return job


def test_a_staff_list_from_file_to_result(country: Country, open_page: Open, tmp_path: Path, shoot: Shoot):
    page = open_page(country.hr_province, language="en")
    page.goto("/hr/")
    page.get_by_role("link", name="Load a staff list").first.click()
    file = tmp_path / "can-bo.csv"
    file.write_bytes(b"%PDF-1.7 no list")
    page.get_by_label("Whose list is it?").select_option(label="UBND tỉnh Một")
    page.get_by_label("The list (Excel or CSV)").set_input_files(file)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Please look at this again")
    file.write_bytes(
        staff_bytes(
            [
                ("M01", "Lê Văn An", "Sở Y tế"),
                ("M02", "Hoàng Thị Bích", "Sở Văn hóa"),
                ("M03", "Vũ Văn Cường", "Sở Không Có"),
            ],
            headings=("Dân tộc", "Sở thích"),
        )
    )
    page.get_by_label("Whose list is it?").select_option(label="UBND tỉnh Một")
    page.get_by_label("The list (Excel or CSV)").set_input_files(file)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="What we take each column for")).to_be_visible()
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_text("The list is being read.")).to_be_visible()
    work_on("can-bo.csv")
    expect(page.get_by_role("heading", name="What the list would change")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Sở thích")
    expect(page.locator("main")).to_contain_text("Dân tộc")
    expect(page.locator("main")).to_contain_text("Sở Không Có")
    assert not OfficialRecord.objects.filter(full_name="Lê Văn An").exists()
    page.get_by_role("link", name="New (2)").click()
    expect(page.get_by_role("rowheader", name="Hoàng Thị Bích")).to_be_visible()
    page.get_by_role("button", name="Apply the good rows").click()
    expect(page.get_by_text("The list is being written into the register.")).to_be_visible()
    page.reload()  # progress survives it
    expect(page.get_by_text("The list is being written into the register.")).to_be_visible()
    work_on("can-bo.csv")
    expect(page.get_by_text("Applied at")).to_be_visible()  # by itself
    assert OfficialRecord.objects.filter(full_name="Lê Văn An").exists()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take back the refused rows (Excel)").click()
    taken = tmp_path / "refused.xlsx"
    download.value.save_as(taken)
    rows = CalamineWorkbook.from_path(taken).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert "M03" in rows[1]
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("The import is being undone.")).to_be_visible()
    work_on("can-bo.csv")
    expect(page.get_by_text("What stood before it stands again.").first).to_be_visible()
    assert not OfficialRecord.objects.current().filter(full_name="Lê Văn An").exists()
    shoot(page, "hr-import-undone")


def test_a_declaration_is_returned_then_approved(country: Country, open_page: Open):
    declaration = DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)
    page = open_page(country.hr)
    page.goto("/hr/review/")
    page.get_by_role("link", name="Trần Thị Lan").click()
    page.get_by_text("Trả lại để sửa").click()
    page.get_by_role("button", name="Trả lại", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()  # a return says why
    page.get_by_label("Tên hiển thị không khớp với họ tên").check()
    page.get_by_role("button", name="Trả lại", exact=True).click()
    expect(page.get_by_text("Đã trả lại để sửa")).to_be_visible()
    declaration.refresh_from_db()
    assert list(declaration.reasons) == ["name_shown"]
    declarations.submit(declaration=declaration, by=country.lan_login)
    page.goto("/hr/review/")
    expect(page.get_by_text("Gửi lại sau khi bị trả")).to_be_visible()
    page.get_by_role("link", name="Trần Thị Lan").click()
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_text("Đã duyệt: Facebook")).to_be_visible()
    declaration.refresh_from_db()
    assert declaration.state == "approved"
    assert declaration.entry is not None


def test_an_account_is_registered_on_behalf(country: Country, open_page: Open):
    page = open_page(country.hr, size=PHONE)
    page.goto("/hr/staff/?q=tran+hoa")
    expect(page.get_by_text("Không tìm thấy ai")).to_be_visible()
    page.get_by_label("Họ tên hoặc mã cán bộ").fill("lan")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Trần Thị Lan").click()
    page.get_by_role("link", name="Đăng ký thay tài khoản").click()
    page.get_by_label(re.compile("Liên kết|Đường dẫn")).first.fill("https://fb.me/abc")
    page.get_by_role("button", name="Đăng ký", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label(re.compile("Liên kết|Đường dẫn")).first.fill("https://www.tiktok.com/@tranlan.yt")
    page.get_by_role("button", name="Đăng ký", exact=True).click()
    expect(page.get_by_text("Đã đăng ký tài khoản.")).to_be_visible()
    expect(page.get_by_role("link", name="tranlan.yt").first).to_be_visible()
    assert Declaration.objects.get(official=country.lan).on_behalf


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_page_fits_its_screen(
    country: Country, open_page: Open, shoot: Shoot, language: str, size: tuple[int, int]
):
    before = EntryFactory.create(facts__official=country.lan, facts__name_shown="Lan Trần")
    photo = PhotoFactory.create()
    declaration = DeclarationFactory.create(
        official=country.lan,
        by=country.lan_login,
        url=before.account.identifiers.get().url,
        name_shown="Mẹ Bắp Bán Hàng",
        agency_shown="Sở Y tế tỉnh Một",
        photo=photo,
        disclaimer="Tài khoản cá nhân",
        submitted=True,
    )
    held = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.culture))
    claim = DeclarationFactory.create(
        official=country.lan, by=country.lan_login, url=held.account.identifiers.get().url, submitted=True
    )
    job = intake.plan_staff(
        source=staff_list(
            [
                (country.lan.staff_code, "Trần Thị Lan", "Sở Y tế"),
                ("YT01", "Lê Văn An", "Sở Y tế"),
                ("YT02", "Lê Văn Bình", "Sở Không Có"),
            ]
        ),
        agency=country.province,
        by=country.hr_province,
        file_name="danh-sach-can-bo-cong-chuc-2026.csv",
    )
    findings.run_changed()
    page = open_page(country.hr_province, language=language, size=size)
    person, health = country.lan.public_id, country.health.code
    for name, address in {
        "home": "/hr/",
        "staff": "/hr/staff/",
        "official": f"/hr/staff/{person}/",
        "edit": f"/hr/staff/{person}/edit/",
        "register": f"/hr/staff/{person}/register/",
        "invitations": "/hr/staff/invitations/",
        "queue": "/hr/review/",
        "case": f"/hr/review/{declaration.public_id}/",
        "disputes": "/hr/disputes/",
        "dispute": f"/hr/disputes/{claim.public_id}/",
        "imports": "/hr/imports/",
        "upload": "/hr/imports/new/accounts/",
        "plan": f"/hr/imports/{job.public_id}/",
        "agency": f"/hr/agency/{health}/",
        "regulation": f"/hr/agency/{health}/regulation/",
        "profile": f"/hr/agency/{health}/profile/",
        "findings": "/hr/findings/",
    }.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        shoot(page, f"hr-{name}")
