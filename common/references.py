"""References checked a statement at a time.

PostgreSQL's own foreign keys look up each row by itself, at the commit: a third of the time of a large
import. What is built here holds the same for a table whose rows are never deleted: one lookup for all rows of
a statement. The column's own field says `db_constraint=False` and has its index, if it needs one, elsewhere.
"""

from collections.abc import Sequence

import pgtrigger

_EVENTS = {"insert": pgtrigger.Insert, "update": pgtrigger.Update}


def refers_to(
    table: str, column: str, *, events: Sequence[str] = ("insert", "update")
) -> list[pgtrigger.Trigger]:
    """Statement triggers that refuse rows whose `column` names no row of `table`, COPY included.

    `table` must be `never_deleted`. The refusal is a foreign key violation, an `IntegrityError` to Django; it
    comes with the statement, not with the commit: what is referred to is written first.
    """
    return [
        pgtrigger.Trigger(
            name=f"{column.removesuffix('_id')}_exists_{event}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=_EVENTS[event],
            referencing=pgtrigger.Referencing(new="changed_rows"),
            declare=[("missing", "BIGINT")],
            # table and column are names of ours. EXECUTE plans afresh: what suits a hundred thousand rows
            # reads the whole table, and would then be done for each single row of the same session.
            func=pgtrigger.Func(
                f"""
                EXECUTE 'SELECT c.{column} FROM changed_rows c WHERE c.{column} IS NOT NULL AND NOT EXISTS
                    (SELECT FROM {table} r WHERE r.id = c.{column}) LIMIT 1' INTO missing;
                IF missing IS NOT NULL THEN
                    RAISE EXCEPTION '{column} % of % is not in {table}', missing, TG_TABLE_NAME
                        USING ERRCODE = 'foreign_key_violation';
                END IF;
                RETURN NULL;
                """  # noqa: S608 - see above
            ),
        )
        for event in events
    ]


def never_deleted(name: str) -> pgtrigger.Trigger:
    """The trigger that keeps a row, and its id, for good, so that what `refers_to` it need not be asked."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("id") | pgtrigger.Delete,
        func=pgtrigger.Func(
            """
            IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'kept for good: % on % is refused', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
            """
        ),
    )
