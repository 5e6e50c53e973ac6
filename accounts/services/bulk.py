"""Acts on many officials or accounts at once: the same meaning as one by one, in a few statements.

The rows come as a queryset of the caller's own table, `.values(…)` with the columns each function names, and
are read by the database itself. Each function must run in the caller's transaction; the caller checks that
what it read still stands, and writes the one audit event of the whole act.
"""

# ruff: noqa: S608 - what is put together is names of ours and what Django compiled

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, models
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Agency,
    Entry,
    NilReturn,
    OfficialRecord,
    Ownership,
    Standing,
)
from common.errors import ConflictError
from common.records import Record

_OFFICIAL_FACTS: Final = (
    "agency_id", "full_name", "sort_key", "search_key", "category", "position", "work_email",
    "employed_since", "status",
)  # fmt: skip
OFFICIAL_COLUMNS: Final = ("official_id", "before_id", "known", "staff_code", *_OFFICIAL_FACTS)
_STATED: Final = (
    "official_id", "name_shown", "photo_id", "photo_problem", "agency_shown", "agency_resolved_id",
    "disclaimer", "declared_on",
)  # fmt: skip
ACCOUNT_COLUMNS: Final = (
    "account_id", "known", "platform", "identifiers", "url", "row", "first_row", "disputed", "owned",
    "before_id", "facts_id", "entry_id", *_STATED,
)  # fmt: skip


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take ids out of a table's sequence, for rows to be written later or never."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],  # noqa: SLF001 - Django's documented API
        )
        return [row[0] for row in cursor.fetchall()]


def instant_after(*ending: QuerySet[Any]) -> datetime:
    """Now, or just after the youngest of the records about to end: a clock gone back empties no period."""
    youngest = [rows.aggregate(latest=Max("recorded_from"))["latest"] for rows in ending]
    moments: list[datetime] = [
        moment + timedelta(microseconds=1) for moment in youngest if moment is not None
    ]
    return max([timezone.now(), *moments])


def record_officials(*, rows: QuerySet[Any, Any], branch: Agency, by: Any, at: datetime) -> int:
    """Record officials new to the register, or whose record had been ended. Returns how many.

    Args:
        rows: `.values(*OFFICIAL_COLUMNS)`; `official_id` of somebody not `known` comes from `reserve_ids`.
        branch: whose staff codes they are.
        by: who recorded them.
        at: the instant their records begin.

    Raises:
        IntegrityError: somebody recorded one of them meanwhile.
    """
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO accounts_official (id, branch_id, staff_code, public_id)"
            f" SELECT official_id, %s, staff_code, gen_random_uuid() FROM ({sql}) AS s WHERE NOT known",
            [branch.pk, *params],
        )
    return _begin_records(sql, params, by, at)


def succeed_officials(*, rows: QuerySet[Any, Any], by: Any, at: datetime) -> int:
    """End the officials' present records and begin others with the facts of `rows`. Returns how many.

    Args:
        rows: `.values(*OFFICIAL_COLUMNS)`; `before_id` is the record to end.
        by: who recorded the change.
        at: the instant of it, from `instant_after`.

    Raises:
        ConflictError: `stale` when one of them no longer stands.
    """
    sql, params = rows.query.sql_with_params()
    ended = _end(OfficialRecord, f"SELECT before_id FROM ({sql}) AS s", params, at)
    begun = _begin_records(sql, params, by, at)
    if ended != begun:
        raise _stale()
    return begun


def _begin_records(sql: str, params: tuple[Any, ...], by: Any, at: datetime) -> int:
    facts = ", ".join(_OFFICIAL_FACTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO accounts_officialrecord (official_id, {facts}, recorded_from, recorded_by_id)"
            f" SELECT official_id, {facts}, %s, %s FROM ({sql}) AS s",
            [at, getattr(by, "pk", None), *params],
        )
        return int(cursor.rowcount)


def hold_officials(people: QuerySet[OfficialRecord]) -> None:
    """Let acts on these people wait until the transaction ends, in the order in which each act holds them."""
    sql, params = people.values("official_id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT FROM accounts_official WHERE id IN ({sql})"
            " ORDER BY id FOR NO KEY UPDATE) AS held",
            params,
        )


def move_officials(*, people: QuerySet[OfficialRecord], to: Agency, by: Any, at: datetime) -> int:
    """End the records of `people` and begin others: the same facts, in another agency. Returns how many.

    Args:
        people: current records, of people held by `hold_officials`.
        to: the agency they belong to from then on.
        by: who recorded the change.
        at: the instant of it, from `instant_after`.
    """
    facts = ", ".join(name for name in _OFFICIAL_FACTS if name != "agency_id")
    sql, params = people.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH ended AS (UPDATE accounts_officialrecord SET recorded_until = %s WHERE id IN ({sql})"
            f" AND recorded_until IS NULL RETURNING official_id, {facts})"
            f" INSERT INTO accounts_officialrecord (official_id, agency_id, {facts}, recorded_from,"
            f" recorded_by_id) SELECT official_id, %s, {facts}, %s, %s FROM ended",
            [at, *params, to.pk, at, getattr(by, "pk", None)],
        )
        return int(cursor.rowcount)


def restore(*, made: QuerySet[Any], before: QuerySet[Any], by: Any) -> None:
    """End the records `made` and let what stood `before` stand again, as new records.

    Raises:
        ConflictError: `stale` when one of `made` no longer stands.
    """
    at = instant_after(made)
    _end_all(made, at)
    _copy(before, by, at)


def _copy(before: QuerySet[Any], by: Any, at: datetime) -> None:
    """Begin records with the very facts of others that have ended."""
    table = before.model._meta.db_table  # noqa: SLF001 - Django's documented API
    period = {"id", "recorded_from", "recorded_until", "recorded_by_id"}
    fields = [field.attname for field in before.model._meta.concrete_fields]  # noqa: SLF001 - likewise
    facts = ", ".join(name for name in fields if name not in period)
    sql, params = before.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({facts}, recorded_from, recorded_by_id)"
            f" SELECT {facts}, %s, %s FROM {table} WHERE id IN ({sql})",
            [at, getattr(by, "pk", None), *params],
        )


def _end(model: type[Record], ids: str, params: tuple[Any, ...], at: datetime) -> int:
    table = model._meta.db_table  # noqa: SLF001 - Django's documented API
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET recorded_until = %s WHERE id IN ({ids}) AND recorded_until IS NULL",
            [at, *params],
        )
        return int(cursor.rowcount)


def _end_all(rows: QuerySet[Any], at: datetime) -> None:
    expected = rows.count()
    sql, params = rows.values("pk").query.sql_with_params()
    if _end(rows.model, sql, params, at) != expected:
        raise _stale()


def _stale() -> ConflictError:
    return ConflictError("stale", _("Somebody else changed this record first. Look at it again."))


def hold_owners(*, rows: QuerySet[Any, Any]) -> None:
    """Let acts on the known accounts of `rows`, then on their people, wait: the order in which each act does.

    Args:
        rows: as for `enter_accounts`. What is read of those people afterwards stands until the commit.
    """
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        for table, ids in (
            ("accounts_account", f"SELECT account_id FROM ({sql}) AS s WHERE known"),
            ("accounts_official", f"SELECT official_id FROM ({sql}) AS s WHERE NOT disputed"),
        ):
            cursor.execute(
                f"SELECT count(*) FROM (SELECT FROM {table} WHERE id IN ({ids})"
                " ORDER BY id FOR NO KEY UPDATE) AS held",
                params,
            )


def enter_accounts(*, rows: QuerySet[Any, Any], by: Any, at: datetime) -> int:
    """Record accounts, what is said of them, whose they are, and unconfirmed entries. Returns how many rows.

    What `account_for`, `state_facts` and `enter` do one by one: whoever gets an entry no longer says
    "I have no account". Of a disputed row only the account and the facts are recorded: the caller puts them
    under review.

    Args:
        rows: `.values(*ACCOUNT_COLUMNS)`; ids of what is new come from `reserve_ids`, `identifiers` are lists
            of kind, key, shown; `before_id` is the entry to end.
        by: who registers them.
        at: the instant their records begin, from `instant_after`, read after `hold_owners`.

    Raises:
        IntegrityError: somebody recorded or claimed one of the accounts meanwhile.
        ConflictError: `stale` when an entry to end no longer stands.
    """
    hold_owners(rows=rows)
    sql, params = rows.query.sql_with_params()
    who = getattr(by, "pk", None)
    stated = ", ".join(_STATED)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_account (id, platform, public_id) SELECT account_id, platform,"
            f" gen_random_uuid() FROM ({sql}) AS s WHERE NOT known AND row = first_row",
            params,
        )
        # An account that is new must get its identifiers; a known one gets those nobody has yet.
        for which, conflict in (
            ("NOT known AND row = first_row", ""),
            ("known OR row <> first_row", "ON CONFLICT DO NOTHING"),
        ):
            cursor.execute(
                "INSERT INTO accounts_accountidentifier"
                " (account_id, platform, kind, key, shown, url, recorded_from, recorded_by_id)"
                " SELECT account_id, platform, i->>0, i->>1, i->>2, url, %s, %s"
                f" FROM ({sql}) AS s CROSS JOIN jsonb_array_elements(identifiers) AS i"
                f" WHERE {which} {conflict}",
                [at, who, *params],
            )
        cursor.execute(
            f"INSERT INTO accounts_declaredfacts (id, account_id, {stated}, commitments, commitments_version,"
            f" stated_at, stated_by_id) SELECT facts_id, account_id, {stated}, '{{}}', '', %s, %s"
            f" FROM ({sql}) AS s",
            [at, who, *params],
        )
        written = int(cursor.rowcount)
        cursor.execute(
            "INSERT INTO accounts_ownership (account_id, official_id, recorded_from, recorded_by_id)"
            f" SELECT account_id, official_id, %s, %s FROM ({sql}) AS s WHERE NOT disputed AND NOT owned",
            [at, who, *params],
        )
    ids = f"SELECT before_id FROM ({sql}) AS s WHERE before_id IS NOT NULL AND NOT disputed"
    if _end(Entry, ids, params, at) != _count(f"SELECT count(DISTINCT before_id) FROM ({ids}) AS e", params):
        raise _stale()
    people = f"SELECT official_id FROM ({sql}) AS s WHERE NOT disputed"
    _end(NilReturn, f"SELECT id FROM accounts_nilreturn WHERE official_id IN ({people})", params, at)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_entry (id, account_id, facts_id, standing, recorded_from, recorded_by_id)"
            f" SELECT entry_id, account_id, facts_id, %s, %s, %s FROM ({sql}) AS s WHERE NOT disputed",
            [Standing.UNCONFIRMED, at, who, *params],
        )
    return written


def _count(sql: str, params: tuple[Any, ...]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.fetchone()[0])


def restore_accounts(
    *,
    entries: QuerySet[Entry],
    ownerships: QuerySet[Ownership],
    entries_before: QuerySet[Entry],
    nils_before: QuerySet[NilReturn],
    by: Any,
) -> None:
    """End the entries and ownerships made, and let the entries and nil returns before them stand again.

    Raises:
        ConflictError: `stale` when one of those made no longer stands.
    """
    at = instant_after(entries, ownerships)
    _end_all(entries, at)
    _end_all(ownerships, at)
    _copy(entries_before, by, at)
    _copy(nils_before, by, at)
