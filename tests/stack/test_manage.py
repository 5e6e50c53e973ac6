"""`manage.py` on a database that is new, and on none."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.stack.launcher import PROJECT

PASSWORD = "Mật-khẩu-rất-dài-9"


@contextmanager
def database(template: str) -> Iterator[str]:
    address = urlsplit(os.environ["DATABASE_URL"])
    name = f"manage_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE {template}')
    try:
        yield urlunsplit(address._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def fresh() -> Iterator[str]:
    """The address of a database with nothing in it."""
    with database("template1") as address:
        yield address


@pytest.fixture
def ready(migrated: str) -> Iterator[str]:
    """The address of a database that is migrated, with nothing in it else."""
    with database(migrated) as address:
        yield address


def manage(database: str, folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    base = {
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "registry.settings.dev",
        "DATABASE_URL": database,
        "BROKER_URL": "redis://localhost:1/0",
        "DATA_FOLDER": str(folder),
    }
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT, env=base | env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ("createsuperuser", "--noinput", "--username=goc", "--email=a@b.vn"),
        ("load_agencies",),
        ("check_register",),
        ("export_compliance", "--agency=T34-42", "--as-of=2026-01-01", "--format=csv"),
    ],
)
def test_command_on_a_database_not_migrated_says_what_to_do(
    fresh: str, tmp_path: Path, command: tuple[str, ...]
):
    done = manage(fresh, tmp_path, *command, DJANGO_SUPERUSER_PASSWORD=PASSWORD)
    assert done.returncode == 2, done.stderr
    assert "manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_command_without_a_database_says_so(tmp_path: Path):
    done = manage(f"postgresql://registry@/registry?host={tmp_path}", tmp_path, "load_agencies")
    assert done.returncode == 2, done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_createsuperuser_on_a_migrated_database_makes_a_login_that_can_sign_in(ready: str, tmp_path: Path):
    made = manage(
        ready, tmp_path, "createsuperuser", "--noinput",
        DJANGO_SUPERUSER_USERNAME="QuanTri", DJANGO_SUPERUSER_EMAIL="qt@hatinh.gov.vn",
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    sign_in = (
        "from django.test import Client; c = Client(headers={'host': 'localhost'});"
        f"a = c.post('/login/', {{'username': 'QuanTri', 'password': '{PASSWORD}'}});"
        "print(a.status_code, c.get('/admin/').status_code)"
    )
    done = manage(ready, tmp_path, "shell", "--no-imports", "-c", sign_in)
    assert done.stdout.split() == ["302", "200"], done.stderr
    again = manage(
        ready, tmp_path, "createsuperuser", "--noinput", "--username=quantri", "--email=qt@hatinh.gov.vn",
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )  # fmt: skip
    assert again.returncode != 0
    assert "Traceback" not in again.stderr
