"""Signing in, being locked out for a while, the language, and what is open without a sign-in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.notifications.letters import ACTIVATE
from registry.users.models import User
from registry.users.services import take_letters, withdraw_invitation
from tests.factories import PASSWORD, InvitationFactory, OfficialFactory, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db
Opener = Callable[[User], Client]


def log_in(browser: Client, username: str, password: str = PASSWORD, address: str = "10.0.0.1"):
    return browser.post(
        "/login/", {"username": username, "password": password}, REMOTE_ADDR=address, follow=True
    )


def test_sign_in_in_any_letter_case_lands_on_the_role_s_page(client: Client, employee: User):
    assert log_in(client, " ANH ").redirect_chain[-1][0] == "/me/"
    del employee


def test_sign_in_with_a_wrong_password_says_so(client: Client, employee: User):
    answer = log_in(client, employee.username, "wrong")
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.content.decode()
    assert SESSION_KEY not in client.session


def test_sign_in_is_locked_for_this_login_and_address_only_and_opens_again(client: Client, employee: User):
    colleague = UserFactory.create(official=OfficialFactory.create())
    for _attempt in range(9):
        assert log_in(client, employee.username.upper(), "wrong").status_code == 200
    locked = log_in(client, employee.username, "wrong")
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert "Tạm khóa đăng nhập" in locked.content.decode()
    assert log_in(client, employee.username).status_code == 429
    assert log_in(Client(), colleague.username).status_code == 200
    assert log_in(Client(), employee.username, address="10.0.0.2").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert log_in(client, employee.username).redirect_chain


def test_sign_in_does_not_send_anybody_to_another_site(client: Client, employee: User):
    answer = client.post(
        "/login/?next=https://evil.example/",
        {"username": employee.username, "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert answer["Location"] == "/"


def test_sign_out_is_by_post_only(browser: Client):
    assert browser.get("/logout/").status_code == 405
    assert SESSION_KEY in browser.session
    browser.post("/logout/")
    assert SESSION_KEY not in browser.session


def test_password_change_ends_other_sessions(browser: Client, employee: User, signed_in: Opener):
    elsewhere = signed_in(employee)
    new = "sáu-cái-bàn-gỗ-cũ-41"
    said = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert browser.post("/password/", said | {"old_password": "x"}).status_code == 422
    assert browser.post("/password/", said).status_code == 302
    assert browser.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


def test_home_of_an_administrator_is_the_administration(signed_in: Opener):
    answer = signed_in(UserFactory.create(administrator=True)).get("/", follow=True)
    assert (answer.redirect_chain[-1][0], answer.status_code) == ("/admin/", 200)
    assert "Chính Danh: quản trị" in answer.content.decode()
    assert 'href="/lookup/"' in answer.content.decode()  # the site itself, which "/" no longer is for them


def test_home_without_any_role_says_what_to_do(signed_in: Opener):
    answer = signed_in(UserFactory.create()).get("/")
    assert "Chưa có khu vực nào" in answer.content.decode()


def test_the_page_is_vietnamese_unless_chosen_otherwise(client: Client):
    assert '<html lang="vi">' in client.get("/login/", headers={"accept-language": "en"}).content.decode()
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert '<html lang="en">' in client.get("/login/").content.decode()
    client.cookies["django_language"] = "xx'><script>"
    assert '<html lang="vi">' in client.get("/login/").content.decode()


def test_language_switch_of_who_is_signed_in_is_the_language_of_their_letters(
    browser: Client, employee: User
):
    assert browser.post("/language/", {"language": "en", "next": "/me/"}).status_code == 302
    employee.refresh_from_db()
    assert employee.language == "en"
    for unknown in ("xx", "", "en'--", "x" * 500):
        browser.post("/language/", {"language": unknown, "next": "/me/"})
    employee.refresh_from_db()
    assert employee.language == "en"
    browser.cookies.clear()  # another machine: the person's own language is there
    browser.force_login(employee)
    browser.post("/language/", {"language": "vi"})
    employee.refresh_from_db()
    assert employee.language == "vi"


def test_language_switch_of_nobody_signed_in_changes_nobodys(client: Client, employee: User):
    client.post("/language/", {"language": "en", "next": "/login/"})
    employee.refresh_from_db()
    assert employee.language == ""


def test_sign_in_takes_up_the_person_s_own_language(client: Client, employee: User):
    User.objects.filter(pk=employee.pk).update(language="en")
    assert 'lang="en"' in log_in(client, employee.username).content.decode()


def test_every_page_forbids_scripts_and_styles_without_nonce(client: Client):
    answer = client.get("/login/")
    policy = answer["Content-Security-Policy"]
    (nonce,) = set(re.findall(r'nonce="([^"]+)"', answer.content.decode()))
    assert f"script-src 'nonce-{nonce}'" in policy
    assert f"style-src 'nonce-{nonce}'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", answer.content.decode())


# --- From the letter to the login


def invited(**facts: Any):
    invitation = InvitationFactory.create(official=OfficialFactory.create(**facts))
    ((_letter, token),) = take_letters(limit=1)
    return invitation, reverse("activate", args=[token])


def test_the_letter_s_address_is_the_page_s():
    assert reverse("activate", args=["abc"]) == ACTIVATE.format(token="abc")


def test_activate_in_two_steps_signs_in(client: Client):
    invitation, address = invited(full_name="Đỗ Thị Ỷ Lan")
    assert "Đỗ Thị Ỷ Lan" in client.get(address).content.decode()
    said = {"username": invitation.email, "password": PASSWORD, "again": PASSWORD}
    answer = client.post(address, said, follow=True)
    assert answer.redirect_chain[-1][0] == "/me/"
    user = User.objects.get(official=invitation.official)
    assert (user.username, user.language) == (invitation.email, "vi")
    again = Client().post(address, said)
    assert again.status_code == 422
    assert "Lời mời này đã được dùng" in again.content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"password": "12345678", "again": "12345678"}, "password"),
        ({"again": "khác"}, "again"),
        ({"username": "có dấu cách"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"username": "anh\x00"}, "username"),
        ({"username": "taken"}, "username"),
    ],
)
def test_activate_refuses_at_the_field_and_the_invitation_stays_good(
    client: Client, said: dict[str, str], field: str
):
    UserFactory.create(username="taken")
    _invitation, address = invited()
    answer = client.post(address, {"username": "moi", "password": PASSWORD, "again": PASSWORD} | said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert PASSWORD not in answer.content.decode()
    assert client.get(address).status_code == 200


def test_activate_with_an_unknown_or_withdrawn_token_is_refused_in_words(client: Client):
    assert client.get("/invitation/nobody-was-given-this/").status_code == 404
    invitation, address = invited()
    officer = RoleGrantFactory.create(agency=invitation.official.records.get().agency).user
    withdraw_invitation(official=invitation.official, by=officer)
    answer = client.get(address)
    assert answer.status_code == 422
    assert invitation.email not in answer.content.decode()
