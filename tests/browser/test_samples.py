"""Two days compared, a sample drawn, judged and drawn again, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from registry.exports.manifest import verify
from registry.samples.models import Sample
from tests.browser.conftest import PHONE, WIDE
from tests.registry.samples.conftest import Branch, Draw, branch, sampled

__all__ = ["branch", "sampled"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]
Hurdles = Callable[[Page], list[str]]

WORDS = {
    "vi": {
        "draw": "Chọn mẫu",
        "do": "Chọn",
        "keep": "Lưu kết luận",
        "again": "Chọn lại và đối chiếu",
        "same": "Kết quả trùng khớp",
        "download": "Tải về dạng CSV",
        "all": "Đã xem hết",
        "compare": "So sánh hai thời điểm",
    },
    "en": {
        "draw": "Draw a sample",
        "do": "Draw",
        "keep": "Keep the verdict",
        "again": "Draw it again and compare",
        "same": "It comes out the same",
        "download": "Download as CSV",
        "all": "All looked at",
        "compare": "Compare two days",
    },
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_home_to_a_sample_that_comes_out_the_same(
    branch: Branch, open_page: Open, tmp_path: Path, language: str
) -> None:
    words = WORDS[language]
    page = open_page(branch.auditor, language=language)
    page.goto("/audit/")
    page.get_by_role("link", name=words["draw"], exact=True).click()
    page.locator("input[name=size]").fill("2")
    page.locator("input[name=strata][value=none]").check()
    page.get_by_role("button", name=words["do"], exact=True).click()
    page.locator("#items").wait_for()
    sample = Sample.objects.get()
    page.locator("ol.cd-list a").first.click()
    page.locator("input[name=answer][value=not_in_line]").check()
    page.get_by_role("button", name=words["keep"]).click()
    expect(page.locator("[data-error-summary]")).to_be_visible()  # a note is needed
    page.locator("textarea[name=note]").fill("Ảnh là một con mèo")
    page.get_by_role("button", name=words["keep"]).click()
    page.wait_for_url("**/items/2/")
    page.locator("input[name=answer][value=in_line]").check()
    page.get_by_role("button", name=words["keep"]).click()
    expect(page.get_by_text(words["all"])).to_be_visible()
    expect(page.get_by_text("Ảnh là một con mèo")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name=words["download"]).click()
    kept = tmp_path / "report.zip"
    started.value.save_as(kept)
    assert verify(kept).manifest["about"]["seed"] == sample.seed
    page.get_by_role("link", name=words["again"]).click()
    expect(page.get_by_role("heading", name=words["same"])).to_be_visible()
    page.goto("/audit/")
    page.get_by_role("link", name=words["compare"], exact=True).click()
    page.locator("section[aria-labelledby=rules] tbody td a").last.click()
    page.wait_for_url("**/audit/list/?**as_of=**")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_the_screen_and_keeps_nobody_out(
    branch: Branch,
    sampled: Draw,
    open_page: Open,
    shoot: Shoot,
    hurdles: Hurdles,
    language: str,
    size: tuple[int, int],
) -> None:
    first = sampled(strata="unit", size=6)
    item = f"/audit/samples/{first.public_id}/items/1/"
    page = open_page(branch.auditor, language=language, size=size)
    page.goto(item)
    page.locator("input[name=answer][value=not_in_line]").check()
    page.locator("textarea[name=note]").fill("Tên hiển thị là tên ở nhà")
    page.locator("form[aria-labelledby=verdict] button").click()
    page.wait_for_url("**/items/2/")
    person = first.items.get(place=1).official.public_id
    for name, address in {
        "between": "/audit/between/",
        "between-refused": "/audit/between/?first=2999-01-01",
        "samples": "/audit/samples/",
        "sample-new": "/audit/samples/new/",
        "sample": f"/audit/samples/{first.public_id}/",
        "sample-again": f"/audit/samples/{first.public_id}/again/",
        "sample-item": item,
        "home": "/audit/",
        "official": f"/audit/officials/{person}/",
    }.items():
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        shoot(page, f"samples-{name}")
        assert hurdles(page) == [], name
