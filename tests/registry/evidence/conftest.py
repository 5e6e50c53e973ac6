from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.registry.evidence.world import World


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
