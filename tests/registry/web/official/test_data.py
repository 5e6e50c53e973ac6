"""My data: read, looked at by whom, taken away, and what I ask about it."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from accounts.models import Entry, Official
from common.audit.models import AuditEvent
from registry.privacy import services
from registry.privacy.models import DataRequest, Outcome
from registry.users.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def page(browser: Client, address: str, language: str = "vi") -> str:
    browser.cookies["django_language"] = language
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def asked(browser: Client, **said: str) -> DataRequest:
    wanted = {"kind": "erase", "text": "Tài khoản đã bán"} | said
    answer = browser.post("/me/data/requests/new/", wanted)
    assert answer.status_code == 302, answer.content.decode()
    return DataRequest.objects.get()


def test_data_shows_what_is_held_its_source_and_its_time(browser: Client, entry: Entry):
    told = page(browser, "/me/data/")
    assert "anh.nguyen.77" in told
    assert "Nguyễn Thị Ánh" in told
    assert "Nguồn: danh sách cán bộ hoặc do cán bộ tổ chức nhập." in told
    assert "Lưu cùng toàn bộ quá trình thay đổi" in told
    assert "Mật khẩu và mã khóa của số điện thoại" in told
    assert entry.account.identifiers.get().key + '"' not in told


def test_data_names_no_colleague(browser: Client, entry: Entry, officer: User):
    told = page(browser, "/me/data/")
    assert officer.full_name not in told
    assert "Cán bộ tổ chức, " in told
    assert entry.recorded_by == officer


def test_data_of_somebody_else_is_not_in_it(browser: Client, entry: Entry):
    told = page(browser, "/me/data/")
    assert entry.facts.official is not None
    stranger = UserFactory.create(username="khac")
    assert stranger.full_name not in told


def test_looks_are_shown_by_role_and_not_by_name(
    browser: Client, official: Official, officer: User, signed_in: Callable[[User], Client]
):
    assert "Chưa ai xem." in page(browser, "/me/data/looks/")
    assert signed_in(officer).get(f"/hr/staff/{official.public_id}/").status_code == 200
    assert signed_in(officer).get(f"/hr/staff/{official.public_id}/edit/").status_code == 200
    told = page(browser, "/me/data/looks/")
    assert "Trang của anh/chị" in told
    assert "Thông tin cán bộ, để sửa" in told
    assert "Cán bộ tổ chức, " in told
    assert officer.full_name not in told


def test_looks_are_paged(browser: Client, official: Official, officer: User):
    for _turn in range(26):
        services.note_look(official=official, page="edit", by=officer)
    told = page(browser, "/me/data/looks/")
    assert "Trang sau" in told or "Trang tiếp" in told


def test_data_file_as_json_is_whole_and_written_down(browser: Client, entry: Entry, employee: User):
    answer = browser.get("/me/data/file.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="chinh-danh-')
    whole = json.loads(answer.content)
    entries = next(each for each in whole["sections"] if each["code"] == "entries")
    assert entries["rows"][0]["account"]["id"] == str(entry.account.public_id)
    event = AuditEvent.objects.get(act="official.viewed")
    assert (event.actor_id, event.payload) == (employee.pk, {"page": "data_file", "form": "json"})


def test_data_file_as_pdf_is_a_document(browser: Client, entry: Entry):
    answer = browser.get("/me/data/file.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert entry.pk


def test_data_file_of_another_form_is_not_there(browser: Client):
    assert browser.get("/me/data/file.docx").status_code == 404
    assert not AuditEvent.objects.filter(act="official.viewed").exists()


def test_ask_shows_the_clocks_before_and_the_deadline_after(browser: Client):
    told = page(browser, "/me/data/requests/new/")
    assert "356/2025/NĐ-CP" in told
    assert "trong 2 ngày làm việc" in told
    assert "ngày nghỉ lễ chưa được trừ" in told
    with time_machine.travel(dt.datetime(2026, 11, 27, 3, tzinfo=dt.UTC), tick=False):
        made = asked(browser)
        told = page(browser, f"/me/data/requests/{made.public_id}/")
    assert "01/12/2026" in told
    assert "17/12/2026" in told
    assert "Quá hạn" not in told


def test_ask_without_words_is_refused_at_the_field(browser: Client):
    answer = browser.post("/me/data/requests/new/", {"kind": "erase", "text": " "})
    assert answer.status_code == 422
    assert "Hãy ghi cụ thể là gì, vì sao." in answer.content.decode()


def test_request_overdue_is_said(browser: Client):
    with time_machine.travel(dt.datetime(2026, 11, 2, 3, tzinfo=dt.UTC), tick=False):
        made = asked(browser)
    with time_machine.travel(dt.datetime(2026, 11, 6, 3, tzinfo=dt.UTC), tick=False):
        assert "Quá hạn" in page(browser, "/me/data/requests/")
        assert "Đã quá hạn." in page(browser, f"/me/data/requests/{made.public_id}/")


def test_request_refused_shows_why_and_the_law(browser: Client, officer: User):
    made = asked(browser)
    services.answer(
        request=made, outcome=Outcome.REFUSED, text="Phải giữ", basis="LUAT-91.19-no-consent", by=officer
    )
    told = page(browser, f"/me/data/requests/{made.public_id}/")
    assert "Phải giữ" in told
    assert "Điều 19, 91/2025/QH15" in told
    assert officer.full_name not in told


def test_request_of_somebody_else_is_not_there(browser: Client, signed_in: Callable[[User], Client]):
    made = asked(browser)
    other = UserFactory.create(username="khac")
    assert signed_in(other).get(f"/me/data/requests/{made.public_id}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/me/data/", "/me/data/looks/", "/me/data/requests/", "/me/data/requests/new/", "/me/data/file.json"],
)
def test_data_of_a_login_without_a_staff_record_is_not_there(
    signed_in: Callable[[User], Client], address: str
):
    assert signed_in(UserFactory.create(username="khac")).get(address).status_code == 404
