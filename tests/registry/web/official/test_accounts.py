"""What stands for me: home, confirm, change, close, none; findings in plain words; photos."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.comparison.marks import refresh_marked
from accounts.models import Entry, NilReturn, Official, Standing
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.states import State
from registry.users.models import Role, User
from tests.factories import (
    AgencyFactory,
    DeclarationFactory,
    OfficialFactory,
    PhotoFactory,
    RegulationFactory,
    RoleGrantFactory,
    UserFactory,
)
from tests.registry.web.official.conftest import register

pytestmark = pytest.mark.django_db


def text(browser: Client, address: str = "/me/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_of_somebody_new_says_what_to_do(browser: Client):
    page = text(browser)
    assert "Khai báo tài khoản mạng xã hội" in page
    assert "Chưa có tài khoản nào của anh/chị trong sổ" in page


def test_home_says_by_when_the_agency_wants_it(browser: Client, official: Official):
    agency = official.records.get().agency
    RegulationFactory.create(agency=agency, issued_on=timezone.localdate() - dt.timedelta(days=60))
    while refresh_marked():
        pass
    page = text(browser)
    assert "Quá hạn" in page
    assert (timezone.localdate() - dt.timedelta(days=30)).strftime("%d/%m/%Y") in page


def test_home_queries_do_not_grow_with_accounts(
    browser: Client, official: Official, officer: User, django_assert_max_num_queries: Any
):
    for number in range(8):
        register(official, officer, f"anh.nguyen.{number}")
        DeclarationFactory.create(official=official, by=User.objects.get(official=official))
    with django_assert_max_num_queries(17):
        text(browser)


def test_confirm_is_the_person_s_word_on_what_they_saw(browser: Client, entry: Entry):
    address = f"/me/accounts/{entry.account.public_id}/"
    assert "Cán bộ tổ chức đã đăng ký thay" in text(browser, address)
    assert browser.get(f"{address}confirm/").status_code == 405
    browser.post(f"{address}confirm/", {"entry": "1"})
    assert Entry.objects.current().get(account=entry.account).standing == Standing.UNCONFIRMED
    answer = browser.post(f"{address}confirm/", {"entry": str(entry.pk)}, follow=True)
    assert "Tài khoản đã được xác nhận" in answer.content.decode()
    assert Entry.objects.current().get(account=entry.account).standing == Standing.CONFIRMED


def test_change_begins_from_what_stands_and_leaves_it_standing(browser: Client, entry: Entry):
    address = f"/me/accounts/{entry.account.public_id}/"
    details = browser.post(f"{address}change/")["Location"]
    assert 'value="Ánh Nguyễn"' in text(browser, details)
    again = browser.post(f"{address}change/")
    assert again["Location"] == details.replace("details/", "")
    assert Entry.objects.current().filter(pk=entry.pk).exists()
    assert Declaration.objects.filter(state=State.DRAFT, kind="change").count() == 1


def test_close_asks_first_then_waits_for_hr(browser: Client, entry: Entry, officer: User):
    address = f"/me/accounts/{entry.account.public_id}/close/"
    assert "Đưa tài khoản này ra khỏi sổ đăng ký?" in text(browser, address)
    answer = browser.post(address, follow=True)
    assert "Đã gửi đề nghị ngừng" in answer.content.decode()
    assert browser.post(address).status_code == 422
    colleague = RoleGrantFactory.create(agency=officer.grants.get().agency).user
    services.approve(declaration=Declaration.objects.get(kind="close"), by=colleague)
    assert browser.get(f"/me/accounts/{entry.account.public_id}/").status_code == 404


def test_withdraw_asks_first_and_once_decided_is_a_conflict(
    browser: Client, official: Official, employee: User, officer: User
):
    sent = DeclarationFactory.create(official=official, by=employee, submitted=True)
    address = f"/me/declarations/{sent.public_id}/withdraw/"
    assert "Rút khai báo này?" in text(browser, address)
    services.approve(declaration=sent, by=officer)
    assert browser.post(address).status_code == 409
    assert browser.get(address)["Location"] == f"/me/declarations/{sent.public_id}/"


def test_none_is_recorded_once_and_refused_where_there_are_accounts(
    browser: Client, official: Official, officer: User
):
    assert browser.post("/me/none/").status_code == 302
    assert NilReturn.objects.current().filter(official=official).exists()
    assert "đã khai là không có tài khoản" in text(browser)
    assert "Xác nhận" not in text(browser, "/me/none/")
    register(official, officer)
    answer = browser.post("/me/none/")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_none_while_a_draft_is_under_way_is_refused(browser: Client, official: Official, employee: User):
    DeclarationFactory.create(official=official, by=employee)
    assert browser.post("/me/none/").status_code == 422


def test_declarations_are_paged_by_key_and_a_broken_cursor_is_the_first_page(
    browser: Client, official: Official, employee: User
):
    for _number in range(26):
        made = DeclarationFactory.create(official=official, by=employee)
        services.withdraw(declaration=made, by=employee)
    first = browser.get("/me/declarations/")
    cursor = first.context["page"].next_cursor
    second = browser.get("/me/declarations/", {"after": cursor})
    assert len(first.context["page"].rows) == 25
    assert len(second.context["page"].rows) == 1
    assert len(browser.get("/me/declarations/", {"after": cursor[:-2]}).context["page"].rows) == 25


def test_another_person_s_account_is_not_there(browser: Client, officer: User):
    foreign = register(OfficialFactory.create(agency=officer.grants.get().agency), officer, "nguoi.khac")
    address = f"/me/accounts/{foreign.account.public_id}/"
    assert browser.get(address).status_code == 404
    for act in ("confirm/", "change/", "close/"):
        assert browser.post(address + act, {"entry": str(foreign.pk)}).status_code == 404
    assert Entry.objects.current().get(account=foreign.account).standing == Standing.UNCONFIRMED


def test_photo_is_for_the_person_and_the_branch_only(
    browser: Client, official: Official, officer: User, signed_in: Any
):
    photo = PhotoFactory.create()
    register(official, officer, photo=photo)
    auditor = RoleGrantFactory.create(role=Role.AUDITOR, agency=official.records.get().agency).user
    stranger = UserFactory.create(official=OfficialFactory.create())
    foreign_officer = RoleGrantFactory.create(agency=AgencyFactory.create()).user
    address = f"/photos/{photo.public_id}"
    for may in (browser, signed_in(officer), signed_in(auditor)):
        answer = may.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert answer.getvalue()[:2] == b"\xff\xd8"
        assert answer["Cache-Control"].startswith("private")
        assert answer["X-Content-Type-Options"] == "nosniff"
    for may_not in (signed_in(stranger), signed_in(foreign_officer)):
        assert may_not.get(address).status_code == 404
    assert Client().get(address).status_code == 302
