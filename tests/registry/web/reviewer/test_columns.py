"""The columns of a list: shown with samples, corrected, and what is said of them is what is read."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from registry.intake import services as intake
from registry.intake.models import Headway, Import
from registry.users.models import User
from tests.registry.people import Country
from tests.registry.web.reviewer.lists import confirm_columns, staff_bytes, upload

pytestmark = pytest.mark.django_db
GOOD = [("YT01", "Lê Văn An", "Sở Y tế"), ("YT02", "Hoàng Thị Bích", "Sở Y tế")]
STRANGE = (
    "\ufeffDanh sách năm 2026\r\nM1,N1,U1,L1,Dân tộc\r\n"
    "YT01,Lê Văn An,Sở Y tế,Công chức,Kinh\r\nYT02,Hoàng Thị Bích,Sở Y tế,Viên chức,Tày"
)


def sent(browser: Client, country: Country, content: bytes) -> Import:
    """A staff list of the health department, uploaded."""
    address = reverse("reviewer:upload", args=["staff"])
    answer = browser.post(address, {"unit": country.health.code, "file": upload(content)})
    assert answer.status_code == 302
    return Import.objects.latest("pk")


def at(name: str, job: Import) -> str:
    """An address of an import."""
    return reverse(f"reviewer:{name}", args=[job.public_id])


def test_columns_are_shown_with_samples_and_nothing_of_what_must_not_be_held(country: Country, hr: Client):
    job = sent(hr, country, staff_bytes(GOOD, headings=("Dân tộc", "Sở thích")))
    assert hr.get(at("import", job))["Location"] == at("import_columns", job)
    page = hr.get(at("import_columns", job))
    shown = {column.place: (column.field.initial, column.known) for column in page.context["columns"]}
    assert shown["A"] == ("staff_code", True)
    assert shown["H"] == ("", False)
    assert "G" not in shown
    assert [column["heading"] for column in page.context["unknown"]] == ["Sở thích"]
    assert [column["heading"] for column in page.context["never_stored"]] == ["Dân tộc"]
    assert "YT01 · YT02" in page.content.decode()
    assert page.context["troubles"] == []


def test_a_column_said_to_be_another_is_read_so_and_kept_with_the_import(country: Country, hr: Client):
    rows = staff_bytes(GOOD, headings=("Làm gì",)).decode().replace(",x", ",Trưởng phòng").encode()
    job = sent(hr, country, rows)
    confirm_columns(hr, job, D="", G="position")
    job.refresh_from_db()
    assert job.choice["fields"] == {"D": "", "G": "position"}
    plan = hr.get(at("import", job), {"show": "new"}).context["rows"]
    assert {told.row.values["position"] for told in plan} == {"Trưởng phòng"}
    assert job.columns["ignored"] == [["D", "Chức vụ"]]
    page = hr.get(at("import_columns", job))  # once more, from the plan
    assert page.context["form"].fields["column-G"].initial == "position"
    confirm_columns(hr, job, D="position", G="")
    job.refresh_from_db()
    plan = hr.get(at("import", job), {"show": "new"}).context["rows"]
    assert {told.row.values["position"] for told in plan} == {"Chuyên viên"}


def test_a_needed_column_that_is_missing_is_told_and_so_is_one_said_twice(country: Country, hr: Client):
    job = sent(hr, country, staff_bytes(GOOD))
    said = {"B": "full_name", "C": "unit", "D": "unit", "E": "category", "F": "unit"}
    answer = hr.post(at("import_columns", job), {f"column-{place}": name for place, name in said.items()})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"__all__", "column-D", "column-F"}
    assert "Mã cán bộ" in str(form.non_field_errors())
    job.refresh_from_db()
    assert (job.state, job.choice) == ("columns", {})


def test_what_a_file_says_is_shown_as_text_only(country: Country, hr: Client):
    rows = staff_bytes([("YT01", "<script>alert(1)</script>", "Sở Y tế")], headings=("<b>&amp;",))
    body = hr.get(at("import_columns", sent(hr, country, rows))).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in body
    assert "&amp;lt;" not in body
    assert "&lt;b&gt;&amp;amp;" in body


def test_headings_nobody_understands_are_pointed_out_by_the_officer(country: Country, hr: Client):
    job = sent(hr, country, STRANGE.encode())
    page = hr.get(at("import_columns", job))
    assert page.context["columns"] == []
    assert "Kinh" not in page.content.decode()
    assert hr.post(at("import_columns", job), {"header_row": "2"}).status_code == 302
    page = hr.get(at("import_columns", job))
    assert len(page.context["troubles"]) == 1
    confirm_columns(hr, job, A="staff_code", B="full_name", C="unit", D="category")
    job.refresh_from_db()
    assert (job.state, job.counts["new"]) == ("planned", 2)
    assert job.columns["header_row"] == 2
    assert "Kinh" not in str(job.sketch)


@pytest.mark.parametrize("row", ["0", "-1", "x", "99999999999", "²", "77"])
def test_a_row_that_is_none_changes_nothing_that_matters(country: Country, hr: Client, row: str):
    job = sent(hr, country, staff_bytes(GOOD))
    assert hr.post(at("import_columns", job), {"header_row": row}).status_code in {302, 422}
    assert hr.get(at("import_columns", job)).status_code == 200


def test_refused_rows_come_back_under_what_was_said(country: Country, hr: Client):
    job = sent(hr, country, STRANGE.replace("Sở Y tế,Viên", "Sở Không Có,Viên").encode())
    hr.post(at("import_columns", job), {"header_row": "2"})
    confirm_columns(hr, job, A="staff_code", B="full_name", C="unit", D="category")
    taken = hr.get(at("import_refused", job)).getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(taken)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["M1", "N1", "U1", "L1"]
    assert rows[1][:3] == ["YT02", "Hoàng Thị Bích", "Sở Không Có"]


def test_two_lists_of_the_same_people_at_once_are_told(
    country: Country, hr: Client, hr_province: Client, signed_in: Callable[[User], Client]
):
    first = sent(hr, country, staff_bytes(GOOD))
    second = sent(hr_province, country, staff_bytes(GOOD))
    assert "Phạm Văn Hòa" in hr_province.get(at("import_columns", second)).content.decode()
    for job, browser in ((first, hr), (second, hr_province)):
        confirm_columns(browser, job)
    assert [other.job for other in hr.get(at("import", first)).context["others"]] == [second]
    for job, browser in ((first, hr), (second, hr_province)):
        browser.post(at("import_apply", job))
        intake.work(job.pk)
    second.refresh_from_db()
    assert (second.state, second.error_code) == ("planned", "plan_stale")
    page = hr_province.get(at("import", second))
    assert at("import_columns", second) in page.content.decode()  # where it is read again
    confirm_columns(hr_province, second)
    second.refresh_from_db()
    assert (second.state, second.counts["unchanged"], second.error_code) == ("planned", 2, "")
    stranger = signed_in(country.hr_culture)
    assert stranger.get(at("import_columns", first)).status_code == 404


def test_progress_says_that_nobody_is_at_it_and_that_somebody_broke_off(country: Country, hr: Client):
    job = sent(hr, country, staff_bytes(GOOD))
    intake.read_by(job=job, by=country.hr, fields={})
    assert "Đang chờ đến lượt" in hr.get(at("import_progress", job)).content.decode()
    headway = Headway.objects.filter(job=job)
    headway.update(since=job.created_at.replace(year=2020))
    assert "báo quản trị viên" in hr.get(at("import_progress", job)).content.decode()
    headway.update(attempts=1, done=500, total=1000)
    body = hr.get(at("import_progress", job)).content.decode()
    assert "bị ngắt giữa chừng" in body
    assert 'value="50"' in body
