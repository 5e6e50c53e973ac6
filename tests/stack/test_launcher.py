"""`make run`, as people meet it: started, stopped, killed, started twice, by root and by anybody."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stack.child import reachable
from stack.place import DataFolder, socket_folder
from tests.stack.launcher import PROJECT, READY, Launcher, free_port, health, ran_before, wait_for

SERVERS_READY = "ready; Ctrl-C stops both"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def data() -> Iterator[Path]:
    folder = socket_folder("registry-launcher-")
    yield folder / "var"
    DataFolder(folder / "var").forget()
    shutil.rmtree(folder)


@pytest.fixture
def second(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That folder where the registry has run before: it need not be filled again."""
    return ran_before(tmp_path_factory, data)


def addresses(data: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (data / "stack.env").read_text().splitlines())


def test_run_serves_then_ctrl_c_leaves_nothing_and_a_second_start_works(second: Path):
    # Both starts are `ran_before`'s, with what holds of them; here is what they leave.
    assert (second / "database" / "postgresql" / "data" / "PG_VERSION").exists()
    assert not (second / "stack.env").exists()


def test_run_after_kill_9_of_the_launcher_takes_the_children_and_starts_again(second: Path):
    with Launcher(second, "run", f"--port={free_port()}") as launcher:
        launcher.wait_to_say(READY)
        launcher.stop(signal.SIGKILL)
        wait_for(lambda: not launcher.left_behind(), "the children to follow their launcher")
    port = free_port()
    with Launcher(second, "run", f"--port={port}") as launcher:
        launcher.wait_to_say(READY)
        assert health(port)[0] == 200
        assert launcher.stop(signal.SIGTERM) == 0
        assert launcher.left_behind() == []


def test_run_when_everything_beneath_it_is_killed_comes_back(second: Path):
    port = free_port()
    with Launcher(second, "run", f"--port={port}") as launcher:
        launcher.wait_to_say(READY)
        for program in ("registry worker", "valkey-server", "postgres"):
            os.kill(launcher.child(program), signal.SIGKILL)
        for name in ("worker ended", "the broker ended", "the database ended"):
            launcher.wait_to_say(name)
        wait_for(lambda: health(port)[0] == 200, "the web server to find the database again")
        assert launcher.stop() == 0
        assert launcher.left_behind() == []


def test_run_with_the_port_taken_names_it_and_another(data: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with Launcher(data, "run", f"--port={port}") as launcher:
            assert launcher.end() == 2
    assert f"Port {port}" in launcher.words
    assert f"make run PORT={port + 1}" in launcher.words
    assert "Traceback" not in launcher.words
    assert not data.exists()


def test_servers_a_second_time_in_one_folder_is_told_one_runs(data: Path):
    with Launcher(data, "servers") as first:
        first.wait_to_say(SERVERS_READY)
        with Launcher(data, "servers") as second:
            assert second.end() == 2
        assert "already running in this folder" in second.words
        with Launcher(data, "clean-data") as cleaning:
            assert cleaning.end() == 2
        assert "stop it first" in cleaning.words
        assert first.stop() == 0
    with Launcher(data, "clean-data") as cleaning:
        assert cleaning.end() == 0
    assert not data.exists()


def test_servers_keep_what_was_written_when_killed(data: Path):
    with Launcher(data, "servers") as launcher:
        launcher.wait_to_say(SERVERS_READY)
        with psycopg.connect(addresses(data)["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'Nguyễn' AS name")
        launcher.stop(signal.SIGKILL)
    with Launcher(data, "servers") as launcher:  # at once: the killed one's server may still be ending
        launcher.wait_to_say(SERVERS_READY)
        with psycopg.connect(addresses(data)["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT name FROM kept").fetchone() == ("Nguyễn",)


def test_servers_with_a_stale_note_that_names_somebody_else_start(data: Path):
    with Launcher(data, "servers") as launcher:
        launcher.wait_to_say(SERVERS_READY)
        note = data / "database" / "postgresql" / "data" / "postmaster.pid"
        left = note.read_text().split("\n", 1)[1]
        assert launcher.stop() == 0
    note.write_text(f"{os.getpid()}\n{left}")
    with Launcher(data, "servers") as launcher:
        launcher.wait_to_say(SERVERS_READY)


@as_root
def test_servers_of_root_under_a_private_home_put_the_data_where_nobody_may_go(data: Path):
    data.parent.chmod(0o700)
    elsewhere = Path()
    for _start in range(2):
        with Launcher(data, "servers") as launcher:
            launcher.wait_to_say(SERVERS_READY)
            elsewhere = (data / "database").readlink()
            assert reachable(elsewhere / "postgresql")
            assert (elsewhere / "postgresql" / "data").stat().st_uid != 0
            assert launcher.stop() == 0
    with Launcher(data, "clean-data") as cleaning:
        assert cleaning.end() == 0
    assert not elsewhere.exists()


@as_root
@pytest.mark.skipif(
    not (reachable(PROJECT / "manage.py") and reachable(Path(sys.executable))),
    reason="this project, or its Python, is in a folder nobody else may enter",
)
def test_run_as_an_ordinary_user(data: Path):
    data.parent.chmod(0o777)
    port = free_port()
    with Launcher(data, "run", f"--port={port}", user="nobody") as launcher:
        launcher.wait_to_say(READY)
        assert health(port)[0] == 200
        assert (data / "database").stat().st_uid != 0
        assert launcher.stop() == 0
        assert launcher.left_behind() == []


def test_manage_without_a_database_says_how_to_get_one(data: Path):
    env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "BROKER_URL"}}
    env |= {"DJANGO_SETTINGS_MODULE": "registry.settings.dev", "DATA_FOLDER": str(data)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "make run" in done.stderr
    assert "DATABASE_URL=postgresql://" in done.stderr
