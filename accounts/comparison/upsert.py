"""Writes what came out different, says how much that was, and seals each row with what it was made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from accounts.models import StandingCode

Columns = dict[str, str]  # column → PostgreSQL type
_COLLATION = {"text": ' COLLATE "C"'}


def seal_of(basis: Iterable[str], columns: Iterable[str]) -> str:
    """A row's seal as SQL: one number over what it was made of and what came out.

    Where either is otherwise than when it was written, the seal no longer fits; nobody need compare again to
    see it. (64 bits of PostgreSQL's own hash: a fault slips through once in 10^19.)
    """
    return f"hash_record_extended(ROW({', '.join((*basis, *columns))}), 0)"


def upsert(
    table: str,
    columns: Columns,
    rows: Sequence[tuple[Any, ...]],
    *,
    basis: Columns,
    conflict: Sequence[str],
    known_by: Sequence[str],
) -> list[int]:
    """Insert `rows`, or update the ones that differ. Returns the first of `known_by` of each written.

    Rows that came out the same of something else than before are sealed anew, and not counted.

    Args:
        table: one of ours; never from outside.
        columns: names and types, in the order of each row.
        rows: the rows, unique by the conflict target; after its columns each has its basis.
        basis: names and types of what a row was made of; only its seal is kept.
        conflict: the columns of the unique index that says which row is meant.
        known_by: the columns of a row by which it is found once it is written.
    """
    if not rows:
        return []
    rest = [name for name in columns if name not in conflict]
    updates = ", ".join(f"{name} = excluded.{name}" for name in (*rest, "seal"))
    old = ", ".join(f"t.{name}" for name in rest)
    new = ", ".join(f"excluded.{name}" for name in rest)
    same = " AND ".join(f"t.{name} = u.{name}" for name in known_by)
    given = _stage(table, columns | basis, rows)
    seal = seal_of((f"u.{name}" for name in basis), (f"u.{name}" for name in columns))
    with connection.cursor() as cursor:
        # every name in them is a literal of this package
        cursor.execute(
            f"INSERT INTO {table} AS t ({', '.join(columns)}, seal)"  # noqa: S608
            f" SELECT {', '.join(f'u.{name}' for name in columns)}, {seal} FROM {given} u"
            f" ON CONFLICT ({', '.join(conflict)}) DO UPDATE SET {updates}"
            f" WHERE ({old}) IS DISTINCT FROM ({new}) RETURNING t.{known_by[0]}"
        )
        written = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"UPDATE {table} t SET seal = {seal} FROM {given} u WHERE {same} AND t.seal <> {seal}")  # noqa: S608
    return written


def replace_rows(
    table: str,
    columns: Columns,
    rows: Sequence[tuple[Any, ...]],
    *,
    account_ids: Sequence[int],
    basis: Columns,
) -> int:
    """Let these rows be all there is of these accounts: one for what stands, one for each draft under review.

    Returns how many were written or removed. Arguments as for `upsert`; `standing` is among the columns.
    """
    names = list(columns)
    standing, facts, account = (names.index(name) for name in ("standing", "facts_id", "account_id"))
    drafts = [row[facts] for row in rows if row[standing] == StandingCode.DRAFT]
    live = [row[account] for row in rows if row[standing] != StandingCode.DRAFT]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE account_id = ANY(%s)"  # noqa: S608 - one of ours
            " AND ((standing = 0 AND facts_id <> ALL(%s)) OR (standing > 0 AND account_id <> ALL(%s)))",
            [list(account_ids), drafts, live],
        )
        removed = int(cursor.rowcount)
    written = upsert(
        table,
        columns,
        rows,
        basis=basis,
        conflict=("account_id", "draft"),
        known_by=("account_id", "facts_id"),
    )
    return removed + len(written)


def _stage(table: str, columns: Columns, rows: Sequence[tuple[Any, ...]]) -> str:
    """Put the rows into a temporary table, which lives as long as the connection; its name."""
    name = f"pg_temp.made_{table}"
    kinds = ", ".join(f"{column} {kind}{_COLLATION.get(kind, '')}" for column, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = warning")
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS made_{table} ({kinds}) ON COMMIT DELETE ROWS")
        cursor.execute(f"TRUNCATE {name}")
        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    return name
