from collections.abc import Iterable, Sequence

import pgtrigger
from django.db import connection

from common.changes.models import ChangeMark, Kind

_EVENTS = {
    "insert": (pgtrigger.Insert, {"new": "changed_rows"}),
    "update": (pgtrigger.Update, {"new": "changed_rows"}),
    "delete": (pgtrigger.Delete, {"old": "changed_rows"}),
}


def marks_on(
    kind: Kind,
    column: str,
    *,
    events: Sequence[str] = ("insert", "update"),
    name: str = "",
    once: bool = False,
) -> list[pgtrigger.Trigger]:
    """Statement triggers that mark the subject named by `column` whenever rows change, COPY included.

    One trigger an event, because PostgreSQL gives transition tables to single-event triggers only.

    Args:
        kind: of the subject.
        column: that names it.
        events: of "insert", "update", "delete".
        name: for a table's second marks on one column.
        once: a statement seldom has two rows of one subject, so looking for doubles costs more than they do.
    """
    triggers = []
    chosen = "SELECT" if once else "SELECT DISTINCT"
    for event in events:
        operation, referencing = _EVENTS[event]
        triggers.append(
            pgtrigger.Trigger(
                name=f"{name or 'mark_' + column.removesuffix('_id')}_{event}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=pgtrigger.Referencing(**referencing),
                func=pgtrigger.Func(
                    # kind is one of ours and column a field's name: nothing here comes from outside
                    f"""
                    INSERT INTO changes_changemark (kind, subject_id)
                    {chosen} {int(kind)}, {column} FROM changed_rows WHERE {column} IS NOT NULL;
                    RETURN NULL;
                    """
                ),
            )
        )
    return triggers


def mark(kind: Kind, subject_ids: Iterable[int]) -> None:
    """Mark subjects by hand, where no row of theirs changed but what they are judged by did."""
    ChangeMark.objects.bulk_create(
        [ChangeMark(kind=kind, subject_id=pk) for pk in subject_ids], batch_size=5000
    )


def claim(kind: Kind, limit: int) -> list[int]:
    """Take up to `limit` marked subjects of `kind`, distinct and in order, removing their marks.

    Must run in the transaction that looks at the subjects again: if that rolls back, the marks stand.
    Marks written meanwhile by others are not touched, so a change is never lost; two workers never
    wait for each other (SKIP LOCKED).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH taken AS (
                DELETE FROM changes_changemark WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM changes_changemark WHERE kind = %s
                    ORDER BY kind, subject_id LIMIT %s FOR UPDATE SKIP LOCKED
                )) RETURNING subject_id
            )
            SELECT DISTINCT subject_id FROM taken ORDER BY subject_id
            """,
            [kind, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def claim_also(kind: Kind, subject_ids: Iterable[int]) -> None:
    """Remove the marks of subjects that are looked at anyway, in the transaction that does; see `claim`."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM changes_changemark WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM changes_changemark WHERE kind = %s AND subject_id = ANY(%s)
                FOR UPDATE SKIP LOCKED
            ))
            """,
            [kind, list(subject_ids)],
        )


def waiting() -> int:
    """How many marks nobody has claimed yet."""
    return ChangeMark.objects.count()
