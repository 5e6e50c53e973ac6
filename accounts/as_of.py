"""The book as it stood: for a while, every query reads what the register held at a past instant.

A table in PostgreSQL's temporary schema hides the real one of the same name. So the past is not a second way
of comparing: temporary views show each table of records as it stood, with what ended later still standing,
empty comparison tables take what is compared, and the very statements that compare today answer for then.
Nothing is written and nobody is kept waiting: it ends in a rollback, and locks taken inside hold no real row.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

from accounts.models.comparison import Judged
from common.circles import no_collection
from common.records import Record

V = TypeVar("V")
#: None: the present; else when agencies, and what binds them, had last changed by the instant being read.
_reading: ContextVar[Hashable] = ContextVar("reading_as_of", default=None)
_LAST_CHANGED = """
SELECT * FROM (SELECT max(recorded_from), max(recorded_until) FROM {agencies}) a,
              (SELECT max(recorded_from), max(recorded_until) FROM {regulations}) r,
              (SELECT max(recorded_at), max(recorded_until) FROM {successions}) s
"""

#: Tables that are no records, but of which rows have come, gone or changed: what of them stood.
_STOOD = {
    "Proposal": "SELECT {columns} FROM {table} WHERE opened_at <= %(at)s UNION ALL"
    " SELECT {columns} FROM {schema}.accounts_pastproposal WHERE opened_at <= %(at)s AND closed_at > %(at)s",
    "Succession": "SELECT {columns} FROM {table} WHERE recorded_at <= %(at)s"
    " AND (recorded_until IS NULL OR recorded_until > %(at)s)",
}
_RECORDS = "SELECT {columns} FROM {table} WHERE recorded_from <= %(at)s"
#: Identities never change. Rows of a set operation cannot be locked, so that no reader holds up a writer.
_UNLOCKABLE = "SELECT * FROM {table} UNION ALL SELECT * FROM {table} WHERE false"
_IDENTITIES = ("Agency", "Official", "Account")
#: What is only ever added and is reached through a record, or is itself about the past.
_REACHED = ("DeclaredFacts", "PageFacts", "PageAdministrator", "Photo", "Likeness", "PastProposal")
#: What nothing is compared with.
_UNREAD = ("Reorganisation", "PeopleMove", "BranchCoverage", "CoverageMark")
#: What is counted while people are compared: like the comparisons, made afresh for the past.
_COUNTED = ("AgencyCoverage",)


class Kept(Generic[V]):
    """A copy in memory of what the book says of agencies: one of the present, one of the last past asked for.

    Instants between which no agency changed are one past, and those since the last change are the present:
    whoever looks at today, or at the same day as the person before, reads nothing again.

    Args:
        load: reads it afresh from what the book says then.
    """

    def __init__(self, load: Callable[[], V]) -> None:
        self._load = load
        self._present: tuple[Hashable, V] | None = None
        self._past: tuple[Hashable, V] | None = None
        self._loading = Lock()  # threads that want it at once: one reads, the others wait for it

    def get(self, version: Hashable) -> V:
        """The copy of this version; read again when there is none."""
        past = _reading.get()
        wanted = (past, version)
        kept = self._present if past is None else self._past
        if kept is not None and kept[0] == wanted:
            return kept[1]
        with self._loading:
            kept = self._present if past is None else self._past
            if kept is None or kept[0] != wanted:
                with no_collection():
                    kept = (wanted, self._load())
                if past is None:
                    self._present = kept
                else:
                    self._past = kept
            return kept[1]


@contextmanager
def book_as_of(instant: datetime) -> Iterator[None]:
    """Let every query of this connection read the book as it stood at an instant (aware), until it ends.

    Comparison tables are empty inside and take what is compared. Everything done inside is rolled back.
    Do not yield to foreign code from inside: it would read the past too.
    """
    with transaction.atomic():
        try:
            token = _reading.set(_hide(instant))
            try:
                yield
            finally:
                _reading.reset(token)
        finally:
            transaction.set_rollback(True)


def _last_changed(schema: str = "") -> tuple[datetime | None, ...]:
    """When agencies, and what binds them, last changed: in what is read now, or in a schema."""
    tables = {"agencies": "agencyrecord", "regulations": "regulation", "successions": "succession"}
    names = {key: f"{schema}accounts_{table}" for key, table in tables.items()}
    with connection.cursor() as cursor:
        cursor.execute(_LAST_CHANGED.format(**names))
        changed: tuple[datetime | None, ...] = cursor.fetchone()
        return changed


def _hide(instant: datetime) -> Hashable:
    """Put the past before the tables; which past of agencies it is, None where none of them changed since."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL client_min_messages = warning")
        cursor.execute("SELECT quote_ident(current_schema())")
        schema: str = cursor.fetchone()[0]
        for model in apps.get_app_config("accounts").get_models():
            table = model._meta.db_table  # noqa: SLF001 - Django's documented API
            shown = _shown(model, schema)
            if shown:
                # names of ours and of the catalogue; the instant is a parameter
                cursor.execute(f"CREATE TEMP VIEW {table} AS {shown}", {"at": instant})
            elif is_compared(model):
                # Only the indexes by which rows are replaced: making ten, and dropping them, took longer than
                # all that is compared for one person.
                cursor.execute(
                    f"CREATE TEMP TABLE {table} (LIKE {schema}.{table} INCLUDING DEFAULTS"
                    " INCLUDING IDENTITY INCLUDING GENERATED INCLUDING CONSTRAINTS)"
                )
                for columns in _keys_of(model):
                    cursor.execute(f"CREATE UNIQUE INDEX ON {table} ({columns}) NULLS NOT DISTINCT")
    then = _last_changed()
    return None if then == _last_changed(f"{schema}.") else then


def _shown(model: type[models.Model], schema: str) -> str:
    """The statement that shows a table as it stood; "" where it needs none."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    columns = [field.column for field in fields if field.column]
    until = "CASE WHEN recorded_until > %(at)s THEN NULL ELSE recorded_until END AS recorded_until"
    facts = {
        "columns": ", ".join(until if name == "recorded_until" else name for name in columns),
        "table": f"{schema}.{model._meta.db_table}",  # noqa: SLF001 - likewise
        "schema": schema,
    }
    if issubclass(model, Record):
        return _RECORDS.format(**facts)
    if model.__name__ in _IDENTITIES:
        return _UNLOCKABLE.format(**facts)
    return _STOOD.get(model.__name__, "").format(**facts)


def _keys_of(model: type[models.Model]) -> Iterator[str]:
    """The columns of each unique constraint of comparisons, by which a row is replaced."""
    meta = model._meta  # noqa: SLF001 - likewise
    columns = {field.name: field.column for field in meta.concrete_fields}
    yield from (str(field.column) for field in meta.concrete_fields if field.unique)
    for each in meta.constraints:
        if isinstance(each, models.UniqueConstraint):
            yield ", ".join(str(columns[name]) for name in each.fields)


def is_compared(model: type[models.Model]) -> bool:
    """Whether a table holds comparisons or counts them: both are made afresh for the past."""
    return issubclass(model, Judged) or model.__name__ in _COUNTED


def is_known(model: type[models.Model]) -> bool:
    """Whether it was decided what a table shows of the past. A new one that is not fails a test."""
    return (
        issubclass(model, Record)
        or is_compared(model)
        or model.__name__ in {*_STOOD, *_IDENTITIES, *_REACHED, *_UNREAD}
    )
