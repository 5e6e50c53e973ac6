"""The auditor's flow in a real browser: list, filter, finding, person, export whose proof holds."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from registry.exports import ordering
from registry.exports.manifest import verify
from registry.exports.models import Export, Order
from registry.findings import between
from registry.findings.models import DaysCompared, Run
from registry.findings.services import compare
from tests.browser.conftest import PHONE, WIDE
from tests.registry.exports.conftest import Audited, audited

__all__ = ["audited"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_the_list_to_an_export_whose_proof_holds(
    audited: Audited,
    open_page: Open,
    shoot: Shoot,
    hurdles: Callable[[Page], list[str]],
    tmp_path: Path,
    language: str,
) -> None:
    words = {
        "vi": ("Mở danh sách", "Xem", "Xuất danh sách này", "Lập danh sách", "Danh sách đã xuất"),
        "en": ("Open the list", "Show", "Export this list", "Make the list", "Exports"),
    }[language]
    page = open_page(audited.auditor, language=language)
    page.goto("/audit/")
    page.get_by_role("link", name=words[0], exact=True).click()
    page.locator("select[name=rule]").select_option("ACC-02")
    page.locator("select[name=state]").select_option("open")
    with page.expect_navigation():
        page.get_by_role("button", name=words[1], exact=True).click()
    assert "rule=ACC-02" in page.url
    assert "state=open" in page.url
    expect(page.locator("tbody tr")).to_have_count(1)
    listed = page.url
    page.locator("tbody a", has_text="ACC-02").click()
    expect(page.get_by_text("Mẹ Bắp").first).to_be_visible()
    page.go_back()
    assert page.url == listed  # the filter is in the address
    page.get_by_role("link", name=words[2]).click()
    page.locator("input[name=format][value=csv]").check()
    page.get_by_role("button", name=words[3]).click()
    page.locator("progress").wait_for()
    page.reload()  # nothing is lost by it
    page.locator("progress").wait_for()
    shoot(page, "auditor-order-waiting")
    assert hurdles(page) == []
    ordering.make(Order.objects.get().pk)
    page.locator("#ready").wait_for()  # by itself
    shoot(page, "auditor-order-ready")
    assert hurdles(page) == []
    with page.expect_download() as started:
        page.locator("a[href$='/file.zip']").click()
    kept = tmp_path / "list.zip"
    started.value.save_as(kept)
    assert verify(kept).is_true
    with zipfile.ZipFile(kept) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".csv"))
        manifest = json.loads(packed.read(f"{name}.manifest.json"))["manifest"]
        assert manifest["file"]["sha256"] == hashlib.sha256(packed.read(name)).hexdigest()
    assert manifest["filter"]["rules"] == ["ACC-02"]
    export = Export.objects.get()
    page.goto("/audit/exports/")
    expect(page.get_by_role("heading", level=1)).to_have_text(words[4])
    expect(page.get_by_text(export.sha256)).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_the_screen(
    audited: Audited, open_page: Open, shoot: Shoot, language: str, size: tuple[int, int]
) -> None:
    page = open_page(audited.auditor, language=language, size=size)
    run = Run.objects.latest("pk").pk
    page.goto("/audit/list/?rule=ACC-02&state=open")
    finding = page.locator("tbody a", has_text="ACC-02").get_attribute("href")
    person = page.locator("tbody td a").first.get_attribute("href")
    for name, address in {
        "home": "/audit/",
        "list": "/audit/list/",
        "list-units": "/audit/list/?subject=agency",
        "list-empty": "/audit/list/?staff_code=none",
        "list-refused": "/audit/list/?as_of=2999-01-01",
        "finding": finding,
        "official": person,
        "export": "/audit/exports/new/?rule=ACC-02",
        "exports": "/audit/exports/",
        "runs": "/audit/runs/",
        "run": f"/audit/runs/{run}/",
        "verdicts": f"{person}verdicts/",
    }.items():
        page.goto(str(address))
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        shoot(page, f"auditor-{name}")


@pytest.mark.parametrize(("language", "size"), [("vi", WIDE), ("en", PHONE)], ids=["vi-wide", "en-phone"])
def test_two_days_of_a_large_branch_are_asked_for_and_come_by_themselves(
    audited: Audited,
    open_page: Open,
    shoot: Shoot,
    hurdles: Callable[[Page], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    size: tuple[int, int],
) -> None:
    ask, again = {"vi": ("So sánh hai ngày", "So sánh lại"), "en": ("Compare the two days", "Compare again")}[
        language
    ]
    monkeypatch.setattr(between, "PIECE", 1)
    page = open_page(audited.auditor, language=language, size=size)
    page.goto("/audit/between/")
    shoot(page, "auditor-between-large")
    assert hurdles(page) == []
    page.get_by_role("button", name=ask, exact=True).press("Enter")
    page.locator("progress").wait_for()
    assert "first=" in page.url
    page.goto("/audit/between/")  # whoever comes back finds it going on
    page.locator("progress").wait_for()
    shoot(page, "auditor-between-waiting")
    assert hurdles(page) == []
    compare(DaysCompared.objects.get().pk)
    page.locator("#rules").wait_for()  # by itself
    expect(page.get_by_role("button", name=again, exact=True)).to_be_visible()
    shoot(page, "auditor-between-made")
    assert hurdles(page) == []
