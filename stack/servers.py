"""The two servers of one data folder, as one thing that starts and stops."""

import os
import shutil
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from stack.child import unprivileged
from stack.errors import StackError
from stack.place import DataFolder
from stack.postgres import Postgres
from stack.valkey import Valkey

if TYPE_CHECKING:
    from pathlib import Path

LOCK_SECONDS = 30


class Servers:
    """PostgreSQL and Valkey in a data folder; `with Servers(folder) as servers:` runs both."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.addresses: dict[str, str] = {}
        self._sockets: Path | None = None
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None

    def __enter__(self) -> Self:
        """Take the folder and start both.

        Raises:
            StackError: the folder is taken, or a server did not start.
        """
        self.folder.prepare()
        self._take()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop both."""
        self.stop()

    def revive(self) -> list[str]:
        """Start again whichever server has ended; return their names."""
        revived = []
        for name, server in (("database", self.postgres), ("broker", self.valkey)):
            if server and server.process and server.process.poll() is not None:
                server.start()
                revived.append(name)
        return revived

    def stop(self) -> None:
        """Stop both, the database last, and take back what was announced."""
        self.folder.addresses.unlink(missing_ok=True)
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            self.postgres.stop()
        if self._sockets:
            shutil.rmtree(self._sockets, ignore_errors=True)
        self.folder.unlock()

    def _take(self) -> None:
        # No addresses yet (or no longer): the other one is starting or stopping, which does not last.
        give_up = time.monotonic() + LOCK_SECONDS
        while not self.folder.lock():
            if self.folder.addresses.exists() or time.monotonic() > give_up:
                raise StackError(
                    "The registry is already running in this folder. Stop it first (Ctrl-C there)."
                )
            time.sleep(0.1)
        self.folder.addresses.unlink(missing_ok=True)

    def _start(self) -> None:
        self._sockets = self.folder.new_sockets()
        # Whoever has servers of their own says so, and ours stay down.
        database, broker = os.environ.get("DATABASE_URL", ""), os.environ.get("BROKER_URL", "")
        if not database:
            home = self.folder.database_home(unprivileged())
            self.postgres = Postgres(home=home / "postgresql", sockets=self._sockets / "pg")
            self.postgres.start()
            database = self.postgres.url
        if not broker:
            self.valkey = Valkey(home=self.folder.root / "broker", sockets=self._sockets / "vk")
            self.valkey.start()
            broker = self.valkey.url
        self.addresses = {"DATABASE_URL": database, "BROKER_URL": broker}
        self.folder.write_addresses(self.addresses)
