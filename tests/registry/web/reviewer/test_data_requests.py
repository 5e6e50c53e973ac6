"""HR's list of requests about personal data, the answer, and the paper form."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from common.audit.models import AuditEvent
from registry.privacy import services
from registry.privacy.models import Asked, DataRequest
from registry.users.models import User
from tests.registry.people import Country

pytestmark = pytest.mark.django_db

LATER = dt.datetime(2026, 11, 6, 3, tzinfo=dt.UTC)


@pytest.fixture
def asked(country: Country) -> DataRequest:
    """Lan asked on Monday the 2nd of November 2026 for something to be erased."""
    with time_machine.travel(dt.datetime(2026, 11, 2, 3, tzinfo=dt.UTC), tick=False):
        return services.ask(
            official=country.lan, kind=Asked.ERASE, text="Tài khoản đã bán", by=country.lan_login
        )


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_requests_lists_who_asks_what_and_what_is_overdue(hr: Client, asked: DataRequest):
    assert asked.answered_at is None
    with time_machine.travel(LATER, tick=False):
        told = text(hr, "/hr/requests/")
    assert "Trần Thị Lan: Xóa thông tin" in told
    assert "Quá hạn" in told
    assert "hạn xác nhận 04/11/2026" in told
    assert "Yêu cầu về dữ liệu cá nhân, có thời hạn luật định: 1." in text(hr, "/hr/")


def test_requests_of_another_branch_are_not_there(stranger: Client, asked: DataRequest):
    assert "Trần Thị Lan" not in text(stranger, "/hr/requests/")
    address = f"/hr/requests/{asked.public_id}/"
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"outcome": "done", "text": "x"}).status_code == 404
    assert stranger.post(f"{address}acknowledge/").status_code == 404
    assert stranger.get(f"{address}extend/").status_code == 404
    assert stranger.post(f"{address}extend/", {"text": "x"}).status_code == 404
    asked.refresh_from_db()
    assert asked.acknowledged_at is None


def test_request_is_acknowledged_then_answered(hr: Client, asked: DataRequest, country: Country):
    address = f"/hr/requests/{asked.public_id}/"
    assert "Xác nhận đã nhận yêu cầu" in text(hr, address)
    look = AuditEvent.objects.get(act="official.viewed")
    assert (look.actor_id, look.payload) == (country.hr.pk, {"page": "request"})
    assert hr.post(f"{address}acknowledge/").status_code == 302
    told = text(hr, address)
    assert "Xác nhận đã nhận yêu cầu" not in told
    assert "hạn trả lời 22/11/2026" in text(hr, "/hr/requests/")
    assert hr.post(address, {"outcome": "done", "text": "Đã đưa ra khỏi sổ"}).status_code == 302
    assert "Không có yêu cầu nào đang chờ" in text(hr, "/hr/requests/")
    assert "Trần Thị Lan" in text(hr, "/hr/requests/?answered=1")
    assert "Đã đưa ra khỏi sổ" in text(hr, address)


def test_request_is_extended_once_and_the_person_reads_why(
    hr: Client, asked: DataRequest, country: Country, signed_in: Callable[[User], Client]
):
    address = f"/hr/requests/{asked.public_id}/"
    with time_machine.travel(LATER, tick=False):
        assert "Gia hạn một lần, đến 12/12/2026" in text(hr, address)
        assert "đến 12/12/2026" in text(hr, f"{address}extend/")
        assert hr.post(f"{address}extend/", {"text": " "}).status_code == 422
        assert hr.post(f"{address}extend/", {"text": "Phải hỏi nền tảng"})["Location"] == address
        told = text(hr, address)
        assert "12/12/2026, đã gia hạn một lần (trước đó: 22/11/2026)" in told
        assert "Gia hạn một lần" not in told
        assert "không thể gia hạn" in text(hr, f"{address}extend/")
        assert hr.post(f"{address}extend/", {"text": "Lần nữa"}).status_code == 409
        assert "hạn trả lời 12/12/2026" in text(hr, "/hr/requests/")
    own = text(signed_in(country.lan_login), f"/me/data/requests/{asked.public_id}/")
    assert "Phải hỏi nền tảng" in own


def test_request_refused_without_ground_says_so_at_the_field(hr: Client, asked: DataRequest):
    answer = hr.post(f"/hr/requests/{asked.public_id}/", {"outcome": "refused", "text": "Không"})
    assert answer.status_code == 422
    assert "Hãy chọn điều luật làm căn cứ từ chối." in answer.content.decode()


def test_request_answered_twice_is_told(hr: Client, asked: DataRequest, country: Country):
    services.acknowledge(request=asked, by=country.hr2)
    assert hr.post(f"/hr/requests/{asked.public_id}/acknowledge/").status_code == 409


def test_paper_form_is_a_pdf_and_a_look(hr: Client, country: Country):
    answer = hr.get(f"/hr/staff/{country.lan.public_id}/form.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert AuditEvent.objects.get(act="official.viewed").payload == {"page": "paper_form"}
    assert f"/hr/staff/{country.lan.public_id}/form.pdf" in text(hr, f"/hr/staff/{country.lan.public_id}/")


def test_paper_form_of_another_branch_is_not_there(stranger: Client, country: Country):
    assert stranger.get(f"/hr/staff/{country.lan.public_id}/form.pdf").status_code == 404
    assert not AuditEvent.objects.filter(act="official.viewed").exists()
