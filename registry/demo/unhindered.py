"""Empty tables filled without what makes each row dear, all of it back before anybody sees a row.

Secondary indexes, foreign keys and triggers are dropped and made again in one transaction: whatever fails in
between, a killed process or server included, PostgreSQL puts everything back as it was. A foreign key made
again is validated by PostgreSQL itself, row by row; a reference that a trigger holds is looked up here.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import ForeignKey
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.demo.writing import COLUMNS, analyse

_MEMORY: Final = "512MB"  # for sorting an index, and for validating a foreign key
_PATIENCE: Final = "60s"  # for whoever works beside us

# Each finds what is in the way, as two statements: the one that takes it away, the one that brings it back.
_TRIGGERS: Final = """
SELECT format('ALTER TABLE %%s DISABLE TRIGGER %%I', tgrelid::regclass, tgname),
       format('ALTER TABLE %%s ENABLE TRIGGER %%I', tgrelid::regclass, tgname)
FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' AND tgrelid = ANY(%(tables)s::regclass[])
ORDER BY tgrelid::regclass::text, tgname
"""
_FOREIGN_KEYS: Final = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I ', conrelid::regclass, conname)
       || pg_get_constraintdef(oid)
FROM pg_constraint
WHERE contype = 'f'
  AND (conrelid = ANY(%(tables)s::regclass[]) OR confrelid = ANY(%(tables)s::regclass[]))
ORDER BY conrelid::regclass::text, conname
"""
# Primary keys stay: rows come in their order, so that keeping them costs little.
_INDEXES: Final = """
SELECT CASE WHEN u.oid IS NULL THEN format('DROP INDEX %%s', i.indexrelid::regclass)
            ELSE format('ALTER TABLE %%s DROP CONSTRAINT %%I', i.indrelid::regclass, u.conname) END,
       CASE WHEN u.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
            ELSE format('ALTER TABLE %%s ADD CONSTRAINT %%I ', i.indrelid::regclass, u.conname)
                 || pg_get_constraintdef(u.oid) END
FROM pg_index i LEFT JOIN pg_constraint u ON u.conindid = i.indexrelid AND u.contype = 'u'
WHERE NOT i.indisprimary AND i.indrelid = ANY(%(tables)s::regclass[])
ORDER BY i.indrelid::regclass::text, i.indexrelid::regclass::text
"""


def are_empty(tables: Sequence[str]) -> bool:
    """Whether none of the tables (names of ours) has a row."""
    with connection.cursor() as cursor:
        return not any(
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table})").fetchone()[0]  # noqa: S608 - see above
            for table in tables
        )


@contextmanager
def unhindered(tables: Sequence[str], *, step: Callable[[Promise], None]) -> Iterator[None]:
    """Let empty `tables` be filled by COPY … WITH (FREEZE); leaving it well puts everything back.

    Must run in a transaction, which must roll back when anything inside fails. The tables are locked against
    everybody else until it ends.

    Args:
        tables: names of ours; none of them may have a row.
        step: told what is done next.

    Raises:
        ValueError: one of them has rows.
        IntegrityError: a row breaks a constraint; roll back.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
        cursor.execute(f"LOCK TABLE {', '.join(tables)}")
        if not are_empty(tables):
            raise ValueError("only empty tables are filled this way")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check of a row may be left for later
        triggers, foreign_keys, indexes = (
            _take_away(query, tables) for query in (_TRIGGERS, _FOREIGN_KEYS, _INDEXES)
        )
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [_MEMORY])
        step(_("indexes"))
        for statement in indexes:
            cursor.execute(statement)
        step(_("statistics"))
        analyse(tables)
        step(_("foreign keys and triggers"))
        for statement in (*foreign_keys, *triggers):
            cursor.execute(statement)
        _look_up_references()
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _look_up_references() -> None:
    """Look up what no foreign key holds, for every column that was filled.

    Raises:
        IntegrityError: a row points to nothing.
    """
    tables = {model._meta.db_table: model for model in apps.get_models()}  # noqa: SLF001 - documented API
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            for field in tables[table]._meta.concrete_fields:  # noqa: SLF001 - likewise
                if not isinstance(field, ForeignKey) or field.column not in columns or _held(field):
                    continue
                target = field.target_field.model._meta.db_table  # noqa: SLF001 - likewise
                cursor.execute(  # all names of ours
                    f"SELECT EXISTS (SELECT FROM {table} c WHERE c.{field.column} IS NOT NULL"  # noqa: S608
                    f" AND NOT EXISTS (SELECT FROM {target} r WHERE r.id = c.{field.column}))"
                )
                if cursor.fetchone()[0]:
                    raise IntegrityError(f"{field.column} of {table} is not in {target}")


def _held(field: "ForeignKey[Any, Any]") -> bool:
    """Whether PostgreSQL itself holds the reference."""
    return bool(getattr(field, "db_constraint", True))  # not in the stubs


def _take_away(query: str, tables: Sequence[str]) -> list[str]:
    """Take away what the query finds; return the statements that bring it back."""
    with connection.cursor() as cursor:
        cursor.execute(query, {"tables": list(tables)})
        found = cursor.fetchall()
        for away, _back in found:
            cursor.execute(away)
    return [back for _away, back in found]
