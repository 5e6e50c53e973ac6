"""Correcting what HR returned: the employee goes on with the draft, HR sees what was sent."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Official
from registry.declarations import services
from registry.declarations.commitments import CURRENT
from registry.users.models import User
from tests.factories import DeclarationFactory
from tests.registry.web.official.test_declaring import picture, said

pytestmark = pytest.mark.django_db


def test_correction_is_the_employees_until_it_is_sent(browser: Client, official: Official, officer: User):
    put = DeclarationFactory.create(official=official, name_shown="Tên đã gửi", submitted=True)
    services.return_(declaration=put, reasons={"name_shown": "Ghi đúng tên"}, by=officer)
    hr = Client()
    hr.force_login(officer)
    case = reverse("reviewer:case", args=[put.public_id])

    check = browser.post(
        reverse("official:details", args=[put.public_id]),
        said(name_shown="Tên đang sửa", photo=picture()),
    )["Location"]
    for page in (
        check,
        reverse("official:details", args=[put.public_id]),
        reverse("official:declaration", args=[put.public_id]),
    ):
        shown = browser.get(page).content.decode()
        assert "Tên đang sửa" in shown
        assert "Tên đã gửi" not in shown
    seen = hr.get(case).content.decode()
    assert "Tên đã gửi" in seen
    assert "Tên đang sửa" not in seen
    assert "/photos/" not in seen

    assert browser.post(check, {"commitments": list(CURRENT)}).status_code == 302
    seen = hr.get(case).content.decode()
    assert "Tên đang sửa" in seen
    assert "Tên <mark>đã gửi</mark>" in seen  # beside it, as what was returned
    assert "/photos/" in seen


def test_link_corrected_is_shown_to_the_employee_on_every_page(
    browser: Client, official: Official, officer: User
):
    put = DeclarationFactory.create(official=official, url="https://www.facebook.com/lan.cu", submitted=True)
    services.return_(declaration=put, reasons={"link": "Sai tài khoản"}, by=officer)
    link = reverse("official:link", args=[put.public_id])
    assert browser.post(link, {"link": "https://www.facebook.com/lan.moi"}).status_code == 302
    for name in ("link", "details", "check", "declaration", "withdraw"):
        shown = browser.get(reverse(f"official:{name}", args=[put.public_id])).content.decode()
        assert "lan.moi" in shown, name
        assert "lan.cu" not in shown, name
    for page in ("official:home", "official:declarations"):
        shown = browser.get(reverse(page)).content.decode()
        assert "lan.moi" in shown, page
        assert "lan.cu" not in shown, page
    hr = Client()
    hr.force_login(officer)
    seen = hr.get(reverse("reviewer:case", args=[put.public_id])).content.decode()
    assert "lan.cu" in seen
    assert "lan.moi" not in seen


def test_good_photo_stays_in_the_correction_where_another_answer_is_refused(
    browser: Client, official: Official, officer: User
):
    put = DeclarationFactory.create(official=official, submitted=True)
    services.return_(declaration=put, reasons={"photo": "Thiếu ảnh"}, by=officer)
    details = reverse("official:details", args=[put.public_id])
    answer = browser.post(details, said(photo=picture(), name_shown="x" * 201))
    assert answer.status_code == 422
    assert "/photos/" in answer.content.decode()
    assert "/photos/" in browser.get(details).content.decode()
