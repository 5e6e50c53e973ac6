"""How far a long work has come, told while its transaction, or its stream, still runs."""

from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from django.db import OperationalError, connection, models


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
