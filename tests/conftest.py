"""Every test run has its own real PostgreSQL (and, if asked, Valkey), in a folder that disappears.

A `DATABASE_URL` set by the caller is used instead.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from registry.settings.base import database_from_url
from stack.child import reachable
from stack.postgres import Postgres
from stack.valkey import Valkey

_RUNNING = pytest.StashKey[Postgres]()
_FOLDER = pytest.StashKey[Path]()


def short_folder() -> Path:
    """Make a private folder whose path is short enough for a socket and open to an unprivileged server."""
    preferred = Path(tempfile.gettempdir())
    short_enough = len(str(preferred)) < 60  # noqa: PLR2004 - a socket path ends at 107 bytes
    parent = preferred if short_enough and reachable(preferred / "x") else Path("/tmp")  # noqa: S108 - mkdtemp is private
    folder = Path(tempfile.mkdtemp(prefix="registry-test-", dir=parent))
    folder.chmod(0o711)  # the server walks through; what is inside is its own
    return folder


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, in the controller; workers find it in their environment."""
    idle = config.option.help or config.option.version or config.option.collectonly
    if idle or os.environ.get("DATABASE_URL"):
        return
    folder = short_folder()
    config.stash[_FOLDER] = folder
    server = Postgres(home=folder / "pg", sockets=folder / "s", throw_away=True)
    config.stash[_RUNNING] = server
    server.start()
    os.environ["DATABASE_URL"] = server.url
    # The settings were read before this file; the connection is not open yet.
    settings.DATABASES["default"].update(database_from_url(server.url))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started, whatever happened."""
    server = config.stash.get(_RUNNING, None)
    if server is not None:
        server.stop()
        os.environ.pop("DATABASE_URL", None)
    folder = config.stash.get(_FOLDER, None)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """A real broker for this worker, started when first asked for."""
    folder = short_folder()
    server = Valkey(home=folder / "vk", sockets=folder / "s", throw_away=True)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
