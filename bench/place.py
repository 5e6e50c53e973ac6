"""A database of our own, as durable as that of `make run`, and children whose time and memory are taken."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psycopg

from stack.place import socket_folder
from stack.postgres import DATABASE, Postgres

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Ran:
    """A child that ended well.

    Attributes:
        seconds: by the clock, from its start to its end, the interpreter's own start included.
        peak: bytes of memory; of the largest process, where it had children.
        said: its standard output.
    """

    seconds: float
    peak: int
    said: str


class Place:
    """A folder and a database server that disappear again; nothing is written anywhere else.

    This process stays small and imports no Django: Linux counts the memory of whoever starts a child as the
    child's own peak.

    Args:
        at: the address of a register that exists and is to be measured; it stays, with what is done to it.
    """

    def __init__(self, *, at: str | None = None) -> None:
        self._at = at
        self.folder = socket_folder("registry-bench-")
        # Not throw-away: flushing to disk is part of what is measured.
        self._server = Postgres(home=self.folder / "pg", sockets=self.folder / "s")

    def __enter__(self) -> Self:
        try:
            self._server.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = DATABASE) -> str:
        """The address of one of the databases; an address of somebody else's stays what it is."""
        if database == DATABASE and self._at:
            return self._at
        return database if "://" in database else self._server.url.replace(f"/{DATABASE}?", f"/{database}?")

    def create(self, database: str) -> None:
        """An empty register in a database of its own."""
        with self.connect("postgres") as connection:
            connection.execute(f"CREATE DATABASE {database}")  # names of ours
        self.manage("migrate", "--noinput", "--verbosity=0", database=database)

    def connect(self, database: str = DATABASE) -> psycopg.Connection[tuple[object, ...]]:
        """A plain connection, each statement a transaction of its own."""
        return psycopg.connect(self.url(database), autocommit=True)

    def copy(self, database: str, *, of: str) -> None:
        """Make (or make anew) a database that is the very copy of another."""
        with self.connect("postgres") as connection:
            # names of ours
            connection.execute(f"DROP DATABASE IF EXISTS {database}")
            connection.execute(f"CREATE DATABASE {database} TEMPLATE {of} STRATEGY FILE_COPY")
            connection.execute("CHECKPOINT")  # else it falls into the next measurement

    def drop(self, database: str) -> None:
        """Forget a database."""
        with self.connect("postgres") as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database}")  # names of ours

    def settle(self, database: str) -> None:
        """Do what autovacuum would do in a while, and leave no writing behind."""
        with self.connect(database) as connection:
            connection.execute("VACUUM (ANALYZE)")
            connection.execute("CHECKPOINT")

    def manage(self, *arguments: str, database: str = DATABASE) -> Ran:
        """Run a command of `manage.py` on a database."""
        return self.run(str(PROJECT / "manage.py"), *arguments, database=database)

    def run(self, *arguments: str, database: str = DATABASE) -> Ran:
        """Run Python with these arguments on a database.

        Raises:
            RuntimeError: it did not end well; what it said went to the standard error.
        """
        output = self.folder / "said"
        began = time.monotonic()
        with output.open("wb") as said:
            child = self.start(*arguments, database=database, said=said)
            try:
                _pid, status, usage = os.wait4(child.pid, 0)
            except BaseException:
                child.kill()
                child.wait()
                raise
        seconds = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        text = output.read_text()
        if child.returncode:
            raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}\n{text}")
        return Ran(seconds, usage.ru_maxrss * 1024, text)

    def start(
        self, *arguments: str, database: str = DATABASE, said: IO[bytes] | int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """Start Python with these arguments on a database, and leave it running; the caller ends it."""
        env = {
            **os.environ,
            "DATABASE_URL": self.url(database),
            "BROKER_URL": "memory://",  # nobody listens: the work is done here
            "DATA_FOLDER": str(self.folder / "data"),
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "registry.settings.dev"),
            "LOG_LEVEL": "ERROR",
            # Compiled once, as where it is installed: not at every start, and not beside the sources.
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        return subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, *arguments], cwd=PROJECT, env=env, stdin=subprocess.DEVNULL, stdout=said
        )
