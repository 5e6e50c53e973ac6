import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from python_calamine import CalamineWorkbook

from accounts.models import Entry, OfficialRecord
from common.audit.models import AuditEvent
from registry.intake import services as intake
from registry.intake.models import Import
from registry.users.models import User
from registry.web.reviewer import uploading
from tests.factories import OfficialFactory, UserFactory
from tests.registry.people import Country
from tests.registry.web.reviewer.lists import confirm_columns, staff_bytes, upload

GOOD = [("YT01", "Lê Văn An", "Sở Y tế"), ("YT02", "Hoàng Thị Bích", "Sở Y tế")]
BAD = [("YT03", "Vũ Văn Cường", "Sở Không Có")]


def send(browser: Client, country: Country, content: bytes, kind: str = "staff", **more: object) -> object:
    """Upload a list for the health department."""
    return browser.post(
        reverse("reviewer:upload", args=[kind]),
        {"unit": country.health.code, "file": upload(content), **more},
    )


def planned(browser: Client, country: Country, rows: list[tuple[str, str, str]]) -> Import:
    """A list uploaded, its columns confirmed, and planned."""
    send(browser, country, staff_bytes(rows))
    job = Import.objects.get()
    confirm_columns(browser, job)
    job.refresh_from_db()
    return job


def at(name: str, job: Import) -> str:
    """An address of an import."""
    return reverse(f"reviewer:{name}", args=[job.public_id])


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\x00\x01\x02\x03" * 50, b"PK\x03\x04 not a workbook"]
)
def test_upload_of_no_list_is_refused_on_the_form(country: Country, hr: Client, content: bytes):
    answer = send(hr, country, content)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert answer.context["form"].errors["file"]  # type: ignore[attr-defined]
    assert not Import.objects.exists()


def test_upload_of_two_files_at_once_is_refused(country: Country, hr: Client):
    answer = hr.post(
        reverse("reviewer:upload", args=["staff"]),
        {"unit": country.health.code, "file": [upload(staff_bytes(GOOD)), upload(staff_bytes(GOOD))]},
    )
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert not Import.objects.exists()


def test_upload_without_a_file_is_refused(country: Country, hr: Client):
    answer = hr.post(reverse("reviewer:upload", args=["staff"]), {"unit": country.health.code})
    assert answer.status_code == 422


def test_upload_for_a_foreign_unit_is_refused(country: Country, hr: Client):
    answer = hr.post(
        reverse("reviewer:upload", args=["staff"]),
        {"unit": country.culture.code, "file": upload(staff_bytes(GOOD))},
    )
    assert answer.status_code == 404
    assert not Import.objects.exists()


def test_upload_of_an_unknown_kind_is_not_there(country: Country, hr: Client):
    del country
    assert hr.get(reverse("reviewer:upload", args=["cats"])).status_code == 404


def test_plan_names_columns_and_writes_nothing(country: Country, hr: Client):
    send(hr, country, staff_bytes([*GOOD, *BAD], headings=("Dân tộc", "Sở thích")))
    job = Import.objects.get()
    confirm_columns(hr, job)
    answer = hr.get(at("import", job))
    columns = answer.context["columns"]
    assert [heading for _where, heading in columns.never_stored] == ["Dân tộc"]
    assert [heading for _where, heading in columns.unknown] == ["Sở thích"]
    assert answer.context["tab"] == "refused"
    assert "Sở Không Có" in answer.content.decode()
    assert not OfficialRecord.objects.filter(full_name="Lê Văn An").exists()


def test_plan_of_a_change_shows_before_and_after(country: Country, hr: Client):
    OfficialFactory.create(
        agency=country.health, staff_code="YT01", full_name="Lê Văn Ân", work_email="yt01@example.gov.vn"
    )
    job = planned(hr, country, GOOD)
    row = hr.get(at("import", job), {"show": "changed"}).context["rows"][0]
    assert ("Lê Văn Ân", "Lê Văn An") in [(before, after) for _label, before, after in row.changes]


def test_apply_runs_in_a_worker_and_survives_a_reload(country: Country, hr: Client):
    job = planned(hr, country, [*GOOD, *BAD])
    assert hr.post(at("import_apply", job)).status_code == 302
    assert hr.get(at("import", job)).context["is_waiting"]
    assert "HX-Refresh" not in hr.get(at("import_progress", job))
    intake.work(job.pk)
    assert hr.get(at("import_progress", job))["HX-Refresh"] == "true"
    assert OfficialRecord.objects.current().filter(full_name="Lê Văn An", agency=country.health).exists()
    taken = hr.get(at("import_refused", job)).getvalue()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(taken)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][0] == "YT03"
    assert AuditEvent.objects.filter(act="import.refused_taken", actor_id=country.hr.pk).exists()


def test_apply_twice_is_once(country: Country, hr: Client):
    job = planned(hr, country, GOOD)
    for _time in range(2):
        assert hr.post(at("import_apply", job)).status_code == 302
    intake.work(job.pk)
    assert hr.post(at("import_apply", job)).status_code == 302
    assert OfficialRecord.objects.filter(full_name="Lê Văn An").count() == 1


def test_apply_of_a_list_that_lacks_many_asks_first(country: Country, hr: Client):
    OfficialFactory.create_batch(10, agency=country.health)
    job = planned(hr, country, GOOD)
    answer = hr.post(at("import_apply", job))
    assert answer.status_code == 422
    assert "accept_left" in answer.context["form"].errors
    job.refresh_from_db()
    assert job.state == "planned"
    assert hr.post(at("import_apply", job), {"accept_left": "on"}).status_code == 302
    intake.work(job.pk)
    assert OfficialRecord.objects.current().filter(agency=country.health, status="left").count() == 11


def test_undo_asks_then_restores(country: Country, hr: Client):
    job = planned(hr, country, GOOD)
    hr.post(at("import_apply", job))
    intake.work(job.pk)
    assert hr.get(at("import_undo", job)).status_code == 200
    assert OfficialRecord.objects.current().filter(full_name="Lê Văn An").exists()
    assert hr.post(at("import_undo", job)).status_code == 302
    assert hr.get(at("import", job)).context["is_waiting"]
    intake.work(job.pk)
    assert "trở lại như trước" in hr.get(at("import", job)).content.decode()
    assert not OfficialRecord.objects.current().filter(full_name="Lê Văn An").exists()


def test_undo_of_what_was_built_upon_is_refused_in_words(country: Country, hr: Client):
    job = planned(hr, country, GOOD)
    hr.post(at("import_apply", job))
    intake.work(job.pk)
    record = OfficialRecord.objects.current().get(full_name="Lê Văn An")
    UserFactory.create(official=record.official)
    hr.post(at("import_undo", job))
    intake.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("applied", "built_upon")
    assert escape(job.error_message) in hr.get(at("import", job)).content.decode()
    assert OfficialRecord.objects.current().filter(full_name="Lê Văn An").exists()


def test_discard_leaves_the_register_alone(country: Country, hr: Client):
    job = planned(hr, country, GOOD)
    assert hr.post(at("import_discard", job)).status_code == 302
    job.refresh_from_db()
    assert job.state == "discarded"
    assert hr.post(at("import_apply", job)).status_code == 409
    assert hr.get(at("import_refused", job)).status_code == 422  # its file is erased


def test_large_list_is_looked_at_by_a_worker(country: Country, hr: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploading, "LOOKED_AT_ONCE", 3)
    send(hr, country, staff_bytes(GOOD))
    job = Import.objects.get()
    assert hr.get(at("import", job)).context["is_waiting"]
    assert hr.get(at("import_columns", job)).status_code == 302
    intake.work(job.pk)
    assert hr.get(at("import_progress", job))["HX-Refresh"] == "true"
    assert hr.get(at("import", job))["Location"] == at("import_columns", job)
    confirm_columns(hr, job)
    job.refresh_from_db()
    assert (job.state, job.counts["new"]) == ("planned", 2)


def test_large_list_that_cannot_be_read_is_told(
    country: Country, hr: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(uploading, "LOOKED_AT_ONCE", 3)
    assert send(hr, country, b"%PDF-1.7 no list").status_code == 302  # type: ignore[attr-defined]
    job = Import.objects.get()
    assert hr.get(at("import", job)).context["is_waiting"]
    intake.work(job.pk)
    answer = hr.get(at("import", job))
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.error_message in answer.content.decode()


ACCOUNTS = (
    "\ufeffMã cán bộ,Nền tảng,Liên kết,Tên hiển thị,Ảnh đại diện\r\n"
    "YT01,Facebook,https://www.facebook.com/le.van.an.yt,Lê Văn An,an.png\r\n"
).encode()


def test_accounts_with_photos_are_planned_and_applied(country: Country, hr: Client):
    OfficialFactory.create(agency=country.health, staff_code="YT01", full_name="Lê Văn An")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("an.png", b"no picture at all")
    photos = SimpleUploadedFile("anh.zip", archive.getvalue(), content_type="application/zip")
    assert send(hr, country, ACCOUNTS, "accounts", photos=photos).status_code == 302  # type: ignore[attr-defined]
    job = Import.objects.get()
    assert job.photos_name == "anh.zip"
    confirm_columns(hr, job)
    assert hr.get(at("import", job), {"show": "new"}).context["rows"]
    hr.post(at("import_apply", job))
    intake.work(job.pk)
    entry = Entry.objects.current().get()
    assert entry.standing == "unconfirmed"
    assert entry.facts.photo_problem  # told as a finding, not refused


def test_accounts_with_a_broken_archive_are_refused_at_its_field(country: Country, hr: Client):
    photos = SimpleUploadedFile("anh.zip", b"Rar!\x1a\x07", content_type="application/zip")
    answer = send(hr, country, ACCOUNTS, "accounts", photos=photos)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert list(answer.context["form"].errors) == ["photos"]  # type: ignore[attr-defined]
    assert not Import.objects.exists()


def test_imports_of_a_branch_are_seen_above_and_nowhere_else(
    country: Country, hr: Client, signed_in: Callable[[User], Client]
):
    job = planned(hr, country, GOOD)
    for user, rows in ((country.hr_province, 1), (country.hr_culture, 0), (country.hr_elsewhere, 0)):
        browser = signed_in(user)
        assert len(browser.get(reverse("reviewer:imports")).context["rows"]) == rows
        assert browser.get(at("import", job)).status_code == (200 if rows else 404)
