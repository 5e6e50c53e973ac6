from collections.abc import Callable

import pytest
from django.test import Client

from registry.users.models import User
from tests.registry.exports.conftest import Audited, audited
from tests.registry.samples.conftest import branch, sampled

__all__ = ["audited", "branch", "sampled"]


@pytest.fixture
def auditor(audited: Audited, signed_in: Callable[[User], Client]) -> Client:
    """The browser of the department's auditor."""
    return signed_in(audited.auditor)


@pytest.fixture
def stranger(audited: Audited, signed_in: Callable[[User], Client]) -> Client:
    """The browser of another department's auditor."""
    return signed_in(audited.stranger)
