from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts import services as book
from accounts.models import Account
from tests.registry.evidence.looked import PAGE, PORTAL, TO_PAGE, TO_PORTAL, enter
from tests.registry.evidence.world import World
from tests.registry.people import Country, make_country


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the throw-away authority and its certificate."""
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture
def world(settings: Any, certificates: Path) -> Iterator[World]:
    """The Internet of one test, and the door open to it and to nothing else."""
    made = World(certificates)
    settings.TEST_NETWORK = made.network
    yield made
    made.stop()


@pytest.fixture
def country() -> Country:
    made = make_country()
    book.amend_agency(agency=made.province, by=None, portal_url="https://tinhmot.gov.vn/")
    return made


@pytest.fixture
def page(country: Country, world: World) -> Account:
    """A page and its portal, each linking to the other."""
    world.pages[PORTAL] = TO_PAGE
    world.pages[PAGE] = TO_PORTAL
    return enter(country)
