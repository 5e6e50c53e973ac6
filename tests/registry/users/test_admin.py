"""The system administrator's pages write through services: every act is in the trail, nothing is deleted."""

import pytest
from django.test import Client

from accounts import services as book
from common.audit.models import AuditEvent
from registry.users import services
from registry.users.models import Role, RoleGrant, User

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-rat-dai-2026"


@pytest.fixture
def admin(client: Client) -> Client:
    user = services.create_login(username="root", password=PASSWORD, administrator=True, by=None)
    client.force_login(user)
    return client


def test_add_user_makes_a_login_that_works(admin: Client):
    answer = admin.post(
        "/admin/users/user/add/",
        {"username": "hr.moi", "full_name": "Lê Thị Mới", "email": "moi@example.vn", "password": PASSWORD},
    )
    assert answer.status_code == 302, answer.content.decode()
    user = User.objects.get(username="hr.moi")
    assert user.check_password(PASSWORD)
    assert not user.is_staff
    assert AuditEvent.objects.filter(act="login.created", subject_id=user.pk).exists()


def test_add_user_with_a_weak_password_is_refused_on_the_form(admin: Client):
    answer = admin.post("/admin/users/user/add/", {"username": "hr.moi", "password": "123"})
    assert answer.status_code == 200
    assert not User.objects.filter(username="hr.moi").exists()


def test_grant_and_end_a_role(admin: Client):
    agency = book.create_agency(code="A", name="Sở A", kind="unit", parent=None, by=None)
    user = services.create_login(username="hr.moi", password=PASSWORD, by=None)
    answer = admin.post(
        "/admin/users/rolegrant/add/", {"user": user.pk, "role": Role.HR_OFFICER, "agency": agency.pk}
    )
    assert answer.status_code == 302, answer.content.decode()
    grant = RoleGrant.objects.get(user=user, ended_at=None)
    assert grant.granted_by == User.objects.get(username="root")
    admin.post("/admin/users/rolegrant/", {"action": "end_grants", "_selected_action": [grant.pk]})
    grant.refresh_from_db()
    assert grant.ended_at is not None
    assert AuditEvent.objects.filter(act="role.ended").exists()


@pytest.mark.parametrize("page", ["users/user/", "users/rolegrant/", "accounts/agency/"])
def test_lists_open_and_offer_no_deletion(admin: Client, page: str):
    book.create_agency(code="A", name="Sở A", kind="unit", parent=None, by=None)
    answer = admin.get(f"/admin/{page}")
    assert answer.status_code == 200
    assert b"delete_selected" not in answer.content


def test_admin_is_closed_to_everybody_else(client: Client):
    client.force_login(services.create_login(username="hr.moi", password=PASSWORD, by=None))
    assert client.get("/admin/users/user/").status_code == 302
