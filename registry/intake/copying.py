"""Rows into the database by COPY, a few thousand at a time, and how far one has come."""

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import connection

from common.beside import Beside
from registry.intake.models import Headway, Import

if TYPE_CHECKING:
    import psycopg

CHUNK: Final = 4000  # rows
MANY: Final = 3000  # rows, from which on whole tables are joined at once
_EVERY = 0.5  # seconds between two notes of progress
_TURN = 0.0005  # seconds a thread that reckons may keep another waiting

Tell = Callable[[int, int], None]
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def field(value: str | float | date | None) -> str:
    """One value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, date) else str(value)


def line(values: Iterable[str | float | date | None]) -> str:
    """One row as COPY reads it."""
    return "\t".join(map(field, values)) + "\n"


def copy_in(table: str, columns: Iterable[str], lines: list[str]) -> None:
    """Send prepared lines. The table and the columns are names of ours."""
    if lines:
        quoted = ", ".join(f'"{column}"' for column in columns)
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
            copy.write("".join(lines))


class Progress(Beside):
    """How many rows are done, noted in the database twice a second."""

    def __init__(self, job: Import, *, total: int = 0, tell: Tell | None = None) -> None:
        super().__init__(Headway, job.pk)
        self._total, self._tell = total, tell
        self._noted = time.monotonic()

    def rows(self, done: int) -> None:
        """Say that `done` rows are read."""
        if time.monotonic() - self._noted < _EVERY:
            return
        self._noted = time.monotonic()
        if self._tell is not None:
            self._tell(done, self._total)
        self.note(step="", done=done, total=self._total)

    def step(self, name: str, done: int) -> None:
        """Say which step of the writing begins, and how many rows are written; of a short list nothing."""
        if self._total > MANY:
            self.note(step=name, done=done, total=self._total)


class ScratchTable:
    """A table of this connection alone, gone when it is left."""

    def __init__(self, name: str, columns: dict[str, str]) -> None:
        self.name, self.columns = name, columns

    def __enter__(self) -> Self:
        described = ", ".join(f'"{column}" {kind}' for column, kind in self.columns.items())
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{self.name}")
            cursor.execute(f"CREATE TEMPORARY TABLE {self.name} ({described})")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if connection.needs_rollback or (kind is not None and not connection.is_usable()):
            return  # the transaction, or the connection, takes the table with it
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{self.name}")

    def add(self, lines: list[str]) -> None:
        """Send prepared lines into it."""
        copy_in(self.name, self.columns, lines)


class Sender:
    """Sends lines into a scratch table and has them taken from there, while the caller goes on reading.

    Between `send` and `wait` the database connection is the sender's: nobody else may use it.

    Args:
        into: the scratch table; it is empty again after each batch.
        then: the statement that takes the lines out of it.
        params: the statement's parameters.
    """

    def __init__(self, into: ScratchTable, *, then: str, params: dict[str, Any]) -> None:
        columns = ", ".join(f'"{column}"' for column in into.columns)
        self._copy = f"COPY {into.name} ({columns}) FROM STDIN".encode()
        self._then = then.encode(), params, f"TRUNCATE {into.name}".encode()
        self._threads = ThreadPoolExecutor(1)
        self._sent: Future[None] | None = None

    def __enter__(self) -> Self:
        connection.ensure_connection()
        # The thread that sends has little to do, many times over: ten times in a turn's usual length.
        self._turn = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.wait()
        finally:
            self._threads.shutdown()  # what is under way comes to its end
            sys.setswitchinterval(self._turn)

    def send(self, lines: list[str]) -> None:
        """Begin to send, once what was sent before has arrived.

        Raises:
            DatabaseError: the lines before these were not taken.
        """
        self.wait()
        if lines:
            # Django's own connection belongs to the thread that opened it; the one below may change hands.
            self._sent = self._threads.submit(self._take, connection.connection, lines)

    def wait(self) -> None:
        """Wait until everything sent has arrived.

        Raises:
            DatabaseError: it was not taken.
        """
        sent, self._sent = self._sent, None
        if sent is not None:
            with connection.wrap_database_errors:
                sent.result()

    def _take(self, raw: "psycopg.Connection[Any]", lines: list[str]) -> None:
        then, params, empty = self._then
        with raw.transaction(), raw.cursor() as cursor:
            with cursor.copy(self._copy) as copy:
                copy.write("".join(lines))
            cursor.execute(then, params)
            cursor.execute(empty)


def expect_many(rows: int) -> None:
    """Tell the planner, for this transaction, that many rows are coming.

    Tables just filled have no statistics yet; it takes them for nearly empty and would look each row up in
    each other.
    """
    if rows > MANY:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_nestloop = off")
            cursor.execute("SET LOCAL work_mem = '64MB'")  # joins and sorts of a whole list stay in memory


def numbers(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    """The rows of a small query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
