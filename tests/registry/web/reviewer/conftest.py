from collections.abc import Callable

import pytest
from django.test import Client

from registry.users.models import User
from tests.registry.people import Country, make_country


@pytest.fixture
def country(db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del db
    return make_country()


@pytest.fixture
def hr(country: Country, signed_in: Callable[[User], Client]) -> Client:
    """The browser of the HR officer of the health department."""
    return signed_in(country.hr)


@pytest.fixture
def hr_province(country: Country, signed_in: Callable[[User], Client]) -> Client:
    """The browser of the province's HR officer."""
    return signed_in(country.hr_province)


@pytest.fixture
def stranger(country: Country, signed_in: Callable[[User], Client]) -> Client:
    """The browser of another province's HR officer."""
    return signed_in(country.hr_elsewhere)
