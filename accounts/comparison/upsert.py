"""One statement that writes what came out different, and says how much that was."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

Columns = dict[str, str]  # column → PostgreSQL type


def upsert(table: str, columns: Columns, rows: Sequence[tuple[Any, ...]], *, conflict: str) -> int:
    """Insert `rows`, or update the ones that differ. Returns how many were written.

    Args:
        table: one of ours; never from outside.
        columns: names and types, in the order of each row.
        rows: the rows, unique by the conflict target.
        conflict: the conflict target as SQL, "(account_id) WHERE standing > 0".
    """
    if not rows:
        return 0
    names = ", ".join(columns)
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    keys = set(conflict.split(")", maxsplit=1)[0].strip("(").split(", "))
    rest = [name for name in columns if name not in keys]
    updates = ", ".join(f"{name} = excluded.{name}" for name in rest)
    old = ", ".join(f"t.{name}" for name in rest)
    new = ", ".join(f"excluded.{name}" for name in rest)
    with connection.cursor() as cursor:
        cursor.execute(
            # every name in it is a literal of this package
            f"INSERT INTO {table} AS t ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608
            f" ON CONFLICT {conflict} DO UPDATE SET {updates} WHERE ({old}) IS DISTINCT FROM ({new})",
            [list(column) for column in zip(*rows, strict=True)],
        )
        return int(cursor.rowcount)
