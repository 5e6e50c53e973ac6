"""Every test run has its own real PostgreSQL (and, if asked, Valkey), in a folder that disappears.

A `DATABASE_URL` set by the caller is used instead.
"""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.test import TransactionTestCase
from django.utils.translation.reloader import translation_file_changed

from registry.settings.base import database_from_url
from stack.catalogues import build_catalogues
from stack.fonts import build_font
from stack.place import socket_folder
from stack.postgres import Postgres
from stack.valkey import Valkey
from tests.network import close_the_network
from tests.once import made_once

# How long an example takes says what else the machine does, and nothing of the code.
hypothesis.settings.register_profile("registry", deadline=None)
hypothesis.settings.load_profile("registry")

pytest_plugins = ("tests.chromium",)

_RUNNING = pytest.StashKey[Postgres]()
_FOLDER = pytest.StashKey[Path]()
_LONGEST_FIRST = ("survives", "stack", "flows", "browser")
_MIGRATED = "test_registry_migrated"
_THE_SAME_ALWAYS = {"django_content_type", "auth_permission"}


def pytest_configure(config: pytest.Config) -> None:
    """Close the network; start the server once, in the controller; workers find it in their environment."""
    close_the_network()
    idle = config.option.help or config.option.version or config.option.collectonly
    if idle or os.environ.get("DATABASE_URL"):
        return
    locale = Path(settings.BASE_DIR) / "locale"
    build_catalogues(locale)
    build_font()
    # Django may have read an older catalogue while it was set up.
    translation_file_changed(None, locale / "vi" / "LC_MESSAGES" / "django.mo")
    folder = socket_folder("registry-test-")
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
    if server is None and os.environ.get("DATABASE_URL") and not hasattr(config, "workerinput"):
        _on_the_server(f"DROP DATABASE IF EXISTS {_MIGRATED} (FORCE)")  # it is somebody's, and stays
    if server is not None:
        server.stop()
        os.environ.pop("DATABASE_URL", None)
    folder = config.stash.get(_FOLDER, None)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(trylast=True)  # pytest-django sorts too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: workers that come to their end steal single tests, and none is left alone.

    What follows a test with transactions of its own finds what migrating left, see `_emptied`.
    """

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        return _LONGEST_FIRST.index(folder) if folder in _LONGEST_FIRST else len(_LONGEST_FIRST)

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays to the end: the project, and thousands of tests."""
    gc.freeze()


def _on_the_server(command: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(command.encode())


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database up to date and empty, to be copied: that takes nothing beside migrating."""

    def make(mark: Path) -> None:
        _on_the_server(f"DROP DATABASE IF EXISTS {_MIGRATED} (FORCE)")
        _on_the_server(f"CREATE DATABASE {_MIGRATED}")
        address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{_MIGRATED}"))
        command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"]
        env = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "registry.settings.test"}
        subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True)
        mark.touch()

    made_once(tmp_path_factory, "migrated", make)
    return _MIGRATED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001 - pytest-django's own part comes first
    migrated: str,
) -> None:
    """Each worker's database is a copy; Django brings it up to date all the same, and finds nothing to do."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated


def _empty(_test: TransactionTestCase) -> None:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [name for name in names if name not in _THE_SAME_ALWAYS]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))


@pytest.fixture(scope="session", autouse=True)
def _emptied() -> Iterator[None]:
    """Empty the tables after a test with transactions of its own, but for what migrating puts there.

    Django empties those too, and makes each model's name and permissions afresh: twice the work of the rest.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", _empty)
        yield


@pytest.fixture(scope="session", autouse=True)
def _private_media(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.PRIVATE_MEDIA_ROOT = tmp_path_factory.mktemp("private")


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """A real broker for this worker, started when first asked for."""
    folder = socket_folder("registry-test-")
    server = Valkey(home=folder / "vk", sockets=folder / "s", throw_away=True)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
