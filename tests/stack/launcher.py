"""The launcher as a person starts it: a process of its own, its words, and what it leaves behind."""

import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from stack.place import DataFolder, socket_folder
from tests.once import made_once

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 180
READY = "The registry is at"
_OURS = ("DATABASE_URL", "BROKER_URL", "DJANGO_SETTINGS_MODULE", "DATA_FOLDER")


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(condition: Callable[[], bool], what: str, *, patience: float = PATIENCE) -> None:
    """Wait until `condition` holds, or fail saying what did not come within `patience` seconds."""
    give_up = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < give_up, f"waited {patience} s in vain for {what}"
        time.sleep(0.1)


def processes_naming(text: str) -> list[int]:
    """List the living processes whose command line or working folder holds `text`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if text in line or (line and text in str((folder / "cwd").readlink())):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


class Launcher:
    """One start of `python -m stack …` on a data folder; whatever happens, it is ended at the end."""

    def __init__(self, data: Path, *command: str, user: str = "") -> None:
        self.data = data
        self.command = [sys.executable, "-m", "stack", f"--data={data}", *command]
        self.user = user
        self.said = data.parent / f"{data.name}-{time.monotonic_ns()}.out"

    def __enter__(self) -> Self:
        env = {name: value for name, value in os.environ.items() if name not in _OURS}
        env["PYTHONUNBUFFERED"] = "1"
        gid = pwd.getpwnam(self.user).pw_gid if self.user else None
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=PROJECT,
                env=env,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                user=self.user or None,
                group=gid,
                extra_groups=[] if self.user else None,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)

    @property
    def words(self) -> str:
        """Everything it has printed."""
        return self.said.read_text(errors="replace")

    def wait_to_say(self, text: str) -> None:
        """Wait until it prints `text`."""

        def said_or_dead() -> bool:
            assert self.process.poll() is None or text in self.words, self.words
            return text in self.words

        wait_for(said_or_dead, f"{text!r} in:\n{self.words}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does; return its exit status."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def end(self) -> int:
        """Wait until it ends by itself."""
        return self.process.wait(PATIENCE)

    def child(self, what: str) -> int:
        """Return the process id of its child whose command line holds `what`."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in map(int, children):
            if what in Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode():
                return pid
        raise AssertionError(f"no child {what!r} among {children}")

    def left_behind(self) -> list[int]:
        """List the processes of this start that still live."""
        sockets = re.findall(r"/[^ |]*/registry-[a-z0-9_]+", self.words)
        return sorted({pid for text in [str(self.data), *sockets] for pid in processes_naming(text)})


def ran_before(factory: pytest.TempPathFactory, data: Path) -> Path:
    """Make `data` what two starts and stops leave: migrated, and with the invented people in it.

    A first start takes half a minute, so making the folder is a test too: both serve, and leave nothing.
    """

    def make(left: Path) -> None:
        folder, port = socket_folder("registry-first-"), free_port()
        try:
            for _start in range(2):
                serves_until_stopped(folder / "var", port)
            _copy(folder / "var", left)
        finally:
            DataFolder(folder / "var").forget()
            shutil.rmtree(folder)

    _copy(made_once(factory, "ran-before", make), data)
    return data


def serves_until_stopped(data: Path, port: int) -> None:
    """Hold that a start says where it serves, does, with all its programs, and that Ctrl-C leaves nothing."""
    with Launcher(data, "run", f"--port={port}") as launcher:
        launcher.wait_to_say(READY)
        assert f"http://127.0.0.1:{port}/" in launcher.words
        assert health(port) == (200, {"database": "ok"})
        for program in ("gunicorn", "registry worker", "registry beat", "postgres", "valkey-server"):
            assert launcher.child(program)
        assert launcher.stop(signal.SIGINT) == 0
        assert launcher.left_behind() == []
        assert not (data / "stack.env").exists()


def _copy(folder: Path, to: Path) -> None:
    subprocess.run(
        ["cp", "--archive", folder, to], check=True
    )  # the files of the database are its own user's


def health(port: int) -> tuple[int, dict[str, str]]:
    """Ask the web server how it is: status (0: no answer) and body."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}
