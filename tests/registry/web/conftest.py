from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Official
from registry.users.models import User
from tests.factories import OfficialFactory, UserFactory


@pytest.fixture
def official() -> Official:
    """An employee of an agency."""
    return OfficialFactory.create(full_name="Nguyễn Thị Ánh")


@pytest.fixture
def employee(official: Official) -> User:
    """The employee's login."""
    return UserFactory.create(username="anh", full_name="Nguyễn Thị Ánh", official=official)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which the given person is signed in."""

    def open_browser(user: User, **options: Any) -> Client:
        browser = Client(**options)
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open_browser


@pytest.fixture
def browser(employee: User, signed_in: Callable[[User], Client]) -> Client:
    """The employee's browser."""
    return signed_in(employee)
