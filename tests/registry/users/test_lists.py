"""Saved lists: a login's own, by name."""

import pytest

from common.errors import NotFoundError, RegistryError
from registry.users.models import SavedList, User
from registry.users.selectors import saved_list, saved_lists
from registry.users.services import delete_list, lists, save_list
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    """Somebody with a login."""
    return UserFactory.create()


def test_save_list_keeps_name_and_filter_in_order_of_name(user: User):
    save_list(name="  Quá   hạn ", query="declared=overdue", by=user)
    save_list(name="Chưa kê khai", query="declared=missing", by=user)
    assert [(each.name, each.query) for each in saved_lists(user)] == [
        ("Chưa kê khai", "declared=missing"), ("Quá hạn", "declared=overdue"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "query", "code"),
    [
        ("   ", "", "name_missing"),
        ("a" * 81, "", "name_too_long"),
        ("a", "q=" + "a" * 600, "query_too_long"),
        ("Đã có", "", "name_taken"),
    ],
)
def test_save_list_refuses(user: User, name: str, query: str, code: str):
    save_list(name="Đã có", query="q=lan", by=user)
    with pytest.raises(RegistryError) as refused:
        save_list(name=name, query=query, by=user)
    assert refused.value.code == code
    assert [each.query for each in saved_lists(user)] == ["q=lan"]


def test_save_list_has_an_end(user: User):
    for number in range(lists.MOST):
        save_list(name=f"Danh sách {number}", query="", by=user)
    with pytest.raises(RegistryError) as refused:
        save_list(name="Một nữa", query="", by=user)
    assert refused.value.code == "too_many_lists"
    assert saved_lists(user).count() == lists.MOST


def test_saved_lists_are_nobody_elses(user: User):
    kept = save_list(name="Của tôi", query="", by=user)
    other = UserFactory.create()
    save_list(name="Của tôi", query="", by=other)  # the same name, another person
    for act in (
        lambda: saved_list(other, kept.public_id),
        lambda: delete_list(public_id=kept.public_id, by=other),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert delete_list(public_id=kept.public_id, by=user) == "Của tôi"
    assert [each.user for each in SavedList.objects.all()] == [other]
