import pytest

from tests.registry.people import Country, make_country


@pytest.fixture
def country(db: None) -> Country:
    """A province with two departments, another province, and people in them."""
    del db
    return make_country()
