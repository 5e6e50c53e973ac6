import pytest

from accounts.models import Agency
from tests.factories.comparisons import make_agency


@pytest.fixture
def agency() -> Agency:
    return make_agency()
