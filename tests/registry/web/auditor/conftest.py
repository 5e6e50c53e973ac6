from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from registry.users.models import User
from tests.registry.exports.conftest import Audited, audited
from tests.registry.samples.conftest import branch, sampled

__all__ = ["audited", "branch", "get", "sampled"]


def get(browser: Client, name: str, *args: object, **query: str) -> str:
    """The page's text; it must be there."""
    answer = browser.get(reverse(f"auditor:{name}", args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.fixture
def auditor(audited: Audited, signed_in: Callable[[User], Client]) -> Client:
    """The browser of the department's auditor."""
    return signed_in(audited.auditor)


@pytest.fixture
def stranger(audited: Audited, signed_in: Callable[[User], Client]) -> Client:
    """The browser of another department's auditor."""
    return signed_in(audited.stranger)
