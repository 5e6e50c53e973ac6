from typing import Any

import pytest

from accounts.models import Entry, Official
from accounts.platforms import recognise
from registry.declarations import services
from registry.users.models import User
from tests.factories import RoleGrantFactory, UserFactory


@pytest.fixture
def officer(official: Official) -> User:
    """The HR officer of the employee's agency."""
    login = UserFactory.create(full_name="Lê Văn Hùng")
    RoleGrantFactory.create(user=login, agency=official.records.get().agency)
    return login


@pytest.fixture
def entry(official: Official, officer: User) -> Entry:
    """What HR registered for the employee."""
    return register(official, officer)


def register(official: Official, officer: User, handle: str = "anh.nguyen.77", **statement: Any) -> Entry:
    """Let HR register an account for an official."""
    services.register_on_behalf(
        official=official,
        link=recognise(f"https://www.facebook.com/{handle}"),
        statement={"name_shown": "Ánh Nguyễn", **statement},  # type: ignore[typeddict-item]
        by=officer,
    )
    return Entry.objects.current().latest("pk")
