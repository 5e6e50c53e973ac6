import time
from collections.abc import Callable, Iterator

import pytest

from tests.survives.outcome import expected
from tests.survives.site import Site

Faults = list[list[object]]


@pytest.fixture(scope="module")
def prepared() -> Iterator[tuple[Site, Faults]]:
    """A site with a register of 300 people nobody has checked yet, and what is wrong in it."""
    with Site() as site:
        site.manage("migrate", "--noinput", "--verbosity=0")
        site.manage("demo", "--officials", "300", "--no-check")
        faults = expected(site)
        assert len(faults) > 500
        _copy(site, "prepared", of="registry")
        yield site, faults


@pytest.fixture
def site(prepared: tuple[Site, Faults]) -> Iterator[Site]:
    """That site as it was prepared: no run, no finding, nothing in the broker, nobody at work."""
    running, _faults = prepared
    if running.valkey.process is None:
        running.valkey.start()
    running.flush()
    _copy(running, "registry", of="prepared")
    yield running
    running.end_all()


@pytest.fixture
def faults(prepared: tuple[Site, Faults]) -> Faults:
    return prepared[1]


@pytest.fixture
def say(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print for whoever reads the output of the tests, captured or not."""
    name = request.node.name.removeprefix("test_").replace("_", " ")

    def told(text: str) -> None:
        with capsys.disabled():
            print(f"\n{name}: {text}")  # noqa: T201 - the figure is asked for

    return told


def _copy(site: Site, database: str, *, of: str) -> None:
    with site.connect("postgres") as connection:
        for name in (database, of):
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
        give_up = time.monotonic() + 30
        while True:
            try:
                connection.execute(f"DROP DATABASE IF EXISTS {database} (FORCE)".encode())
                connection.execute(f"CREATE DATABASE {database} TEMPLATE {of}".encode())
            except Exception:  # somebody is just leaving
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.1)
            else:
                return
