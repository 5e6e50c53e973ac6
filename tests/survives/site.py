"""A whole registry but for its web server, in processes that can be killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from types import TracebackType
from typing import Self

import psycopg
import redis

from stack.place import socket_folder
from stack.postgres import DATABASE, Postgres
from stack.valkey import Valkey
from tests.stack.launcher import PROJECT, wait_for

Row = tuple[object, ...]


class Site:
    """Everything it starts is ended with it, and its folder goes."""

    def __init__(self) -> None:
        self.folder = socket_folder("registry-survives-")
        self.postgres = Postgres(home=self.folder / "pg", sockets=self.folder / "s")
        self.valkey = Valkey(home=self.folder / "vk", sockets=self.folder / "s")
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        try:
            self.postgres.start()
            self.valkey.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_all()
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def said(self) -> str:
        """What workers and schedulers have logged."""
        return "".join(file.read_text(errors="replace") for file in sorted(self.folder.glob("*.log")))

    def manage(self, *arguments: str, **more: str) -> str:
        """Run a command of `manage.py` to its end; what it printed."""
        return self._manage(*arguments, **more).stdout.decode()

    def _manage(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "manage.py", *arguments]
        ran = subprocess.run(
            command, cwd=PROJECT, env=self._env(more), check=False, capture_output=True, timeout=300
        )
        assert ran.returncode == 0, ran.stderr.decode(errors="replace")
        return ran

    def python(self, code: str, **more: str) -> str:
        """Run a few lines in the registry, with this site's short leases."""
        told = self._manage("shell", "-v0", "-c", f"import tests.survives.worker\n{code}", **more)
        return (told.stdout + told.stderr).decode()

    def worker(self, name: str = "worker", **more: str) -> subprocess.Popen[bytes]:
        """Start a worker with two children, and wait until it listens."""
        options = [
            "--concurrency=2",
            "--loglevel=INFO",
            "--without-mingle",
            "--without-gossip",
            f"-n{name}@%h",
        ]
        process = self._start(name, "worker", *options, **more)
        wait_for(lambda: f"{name}@" in self.logged(name) and " ready." in self.logged(name), "the worker")
        return process

    def beat(self, name: str = "beat") -> subprocess.Popen[bytes]:
        """Start a scheduler."""
        return self._start(name, "beat", "--loglevel=INFO", f"--schedule={self.folder / name}.schedule")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process and all it started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)

    def connect(self, database: str = DATABASE) -> psycopg.Connection[Row]:
        """A plain connection, each statement a transaction of its own."""
        return psycopg.connect(self.postgres.url.replace(f"/{DATABASE}?", f"/{database}?"), autocommit=True)

    def flush(self) -> None:
        """Let the broker forget everything."""
        with redis.Redis(unix_socket_path=str(self.valkey.socket)) as client:
            client.flushall()

    def crash_database(self) -> None:
        """Stop the server as a lost power supply would, but for the disk."""
        process = self.postgres.process
        assert process is not None
        process.send_signal(signal.SIGQUIT)  # "immediate shutdown", in PostgreSQL's words
        process.wait(30)
        self.postgres.stop()

    def end_all(self) -> None:
        """Kill whatever was started but the servers."""
        for process in self._started:
            self.kill(process)
        self._started.clear()
        for log in self.folder.glob("*.log"):
            log.unlink()

    def ask(self, query: str) -> list[Row]:
        """What the database says."""
        with self.connect() as connection:
            return connection.execute(query.encode()).fetchall()

    def at_work(self) -> int:
        """The process id of a worker's child whose transaction waits for a lock, once there is one."""
        blocked = (
            "SELECT client.pid FROM (SELECT split_part(application_name, ' ', 2)::int AS pid"
            " FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name LIKE 'survives %'"
            " ORDER BY xact_start) client"
        )
        wait_for(lambda: bool(self.ask(blocked)), "a worker in the middle of a slice")
        pid = self.ask(blocked)[0][0]
        assert isinstance(pid, int)
        return pid

    def _start(self, name: str, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "tests.survives.worker", *arguments],
                cwd=PROJECT,
                env=self._env(more),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )
        self._started.append(process)
        return process

    def logged(self, name: str) -> str:
        """What one of them has logged."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _env(self, more: dict[str, str]) -> dict[str, str]:
        ours = {
            "DATABASE_URL": self.postgres.url,
            "BROKER_URL": self.valkey.url,
            "DATA_FOLDER": str(self.folder / "data"),
            "DJANGO_SETTINGS_MODULE": "tests.survives.settings",
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **ours, **more}
