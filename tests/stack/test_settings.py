"""Settings that cannot be right say so before anything starts."""

import os
import re
import subprocess
import sys

import pytest

from tests.stack.launcher import PROJECT

GOOD = {
    "SECRET_KEY": "abcdefghij" * 6,
    "PHONE_DIGEST_KEY": "p" * 40,
    "EXPORT_SIGNING_KEY": "b25seS1mb3ItdGVzdHMtbm90LWEtcmVhbC1rZXkhISE=",
    "DATABASE_URL": "postgresql://registry:secret@database:5432/registry",
    "BROKER_URL": "redis://:secret@broker:6379/0",
    "ALLOWED_HOSTS": "sodangky.example.gov.vn",
    "DATA_FOLDER": "/data",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.gov.vn:587",
    "DEFAULT_FROM_EMAIL": "no-reply@example.gov.vn",
}

DEVELOPMENT = (PROJECT / "registry/settings/dev.py").read_text()


def production(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    base = {"PATH": os.defpath, "DJANGO_SETTINGS_MODULE": "registry.settings.prod", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env=base | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_without_variables_names_all_of_them_with_a_how_to():
    done = production("manage.py", "check")
    assert done.returncode != 0
    for name in GOOD:
        assert f"  {name}=" in done.stderr
    assert "secrets.token_urlsafe" in done.stderr


def test_production_with_a_short_key_refuses():
    done = production("manage.py", "check", **GOOD | {"SECRET_KEY": "short"})
    assert done.returncode != 0
    assert "SECRET_KEY is too short" in done.stderr


@pytest.mark.parametrize("name", list(GOOD))
def test_production_without_one_variable_names_it_alone(name: str):
    done = production("manage.py", "check", **{other: GOOD[other] for other in GOOD if other != name})
    assert done.returncode != 0
    asked = [line.strip().partition("=")[0] for line in done.stderr.splitlines() if line.startswith("  ")]
    assert [one for one in asked if one in GOOD] == [name]


@pytest.mark.parametrize("name", ["SECRET_KEY", "PHONE_DIGEST_KEY"])
def test_production_with_the_key_of_development_refuses(name: str):
    development = re.search(rf'"{name}", default="([^"]+)"( \+ "0" \* 50)?', DEVELOPMENT)
    assert development
    key = development[1] + "0" * (50 if development[2] else 0)
    done = production("manage.py", "check", **GOOD | {name: key})
    assert done.returncode != 0
    assert f"{name} is the one of the development settings" in done.stderr


def test_production_passes_djangos_deployment_check():
    done = production("manage.py", "check", "--deploy", "--fail-level=WARNING", **GOOD)
    assert done.returncode == 0, done.stderr


def test_production_reads_mail_and_database_from_their_addresses():
    code = (
        "from django.conf import settings as s; d = s.DATABASES['default'];"
        "print(d['HOST'], d['NAME'], s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.CELERY_BROKER_URL)"
    )
    done = production("-c", code, **GOOD)
    assert done.stdout.split() == [
        "database",
        "registry",
        "mail.example.gov.vn",
        "587",
        "True",
        "redis://:secret@broker:6379/0",
    ]
