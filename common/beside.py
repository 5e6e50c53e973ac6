"""How far a long work has come, told while its transaction, or its stream, still runs."""

import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from django.db import OperationalError, connection, models

_EVERY: Final = 0.5  # seconds between two notes of how far a work is


class Beside:
    """One row of a table, brought up to date over a connection of its own.

    What a transaction has written nobody sees before it ends. Nothing waits for a note, and where no second
    connection is to be had, nothing is noted.

    Args:
        model: the table.
        pk: the row, which is there already.
    """

    def __init__(self, model: type[models.Model], pk: int) -> None:
        self._meta = model._meta  # noqa: SLF001 - Django's documented API
        self._pk = pk
        self._own: Any = None  # another connection of Django

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own is not None:
            self._own.close()

    def note(self, **facts: int | str) -> None:
        """Write these fields of the row."""
        columns = ", ".join(f'"{name}" = %s' for name in facts)
        sql = f'UPDATE "{self._meta.db_table}" SET {columns} WHERE "{self._meta.pk.column}" = %s'  # noqa: S608 - names of ours
        with suppress(OperationalError):
            if self._own is None:
                self._own = connection.copy()
                with self._own.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '1s'")
            with self._own.cursor() as cursor:
                cursor.execute(sql, [*facts.values(), self._pk])

    def counting(self, name: str) -> Callable[[int], None]:
        """Return what a work tells how many it has done; twice a second this is noted in a field."""
        noted = time.monotonic()

        def tell(count: int) -> None:
            nonlocal noted
            if time.monotonic() - noted >= _EVERY:
                noted = time.monotonic()
                self.note(**{name: count})

        return tell
