"""A slice of invented people, copied into the book's own tables and compared, in one transaction."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from accounts.comparison import refresh_accounts, refresh_officials
from common.changes.models import ChangeMark, Kind

# Tables in the order their rows refer to each other, and the columns a slice fills.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "accounts_photo": (
        "id", "public_id", "name", "sha256", "source_sha256", "width", "height", "source_format",
        "difference_hash", "difference_hash_down", "detail_hash", "bands", "hash_version", "stored_at",
    ),
    "accounts_official": ("id", "branch_id", "staff_code", "public_id"),
    "accounts_officialrecord": (
        "official_id", "agency_id", "full_name", "sort_key", "search_key", "category", "position",
        "work_email", "employed_since", "status", "recorded_from", "recorded_until",
    ),
    "accounts_nilreturn": ("official_id", "recorded_from"),
    "accounts_account": ("id", "platform", "public_id"),
    "accounts_accountidentifier": (
        "account_id", "platform", "kind", "key", "shown", "url", "recorded_from",
    ),
    "accounts_ownership": ("account_id", "official_id", "recorded_from"),
    "accounts_declaredfacts": (
        "id", "account_id", "official_id", "name_shown", "photo_id", "photo_problem", "agency_shown",
        "agency_resolved_id", "disclaimer", "commitments", "commitments_version", "opened_on",
        "declared_on", "stated_at",
    ),
    "accounts_entry": ("account_id", "facts_id", "standing", "confirmed_at", "recorded_from"),
}  # fmt: skip

_COMPARED_AT_ONCE: Final = 2000  # as a rebuild does; larger lists of ids make slower plans

Rows = dict[str, list[Sequence[Any]]]


def take_ids(table: str, count: int) -> list[int]:
    """Take `count` ids out of the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return [row[0] for row in cursor.fetchall()]


def write(rows: Rows, *, analyse: bool = False) -> None:
    """Copy the rows in, compare them, and take off the marks they made. Must run in a transaction.

    Nobody ever sees a row without its comparison. Marks of other people's changes are left alone. `analyse`
    tells the planner of the rows before they are compared: tables it takes for empty cost minutes.
    """
    for table, columns in COLUMNS.items():
        _copy(table, columns, rows[table])
    if analyse:
        settle()
    accounts = [row[0] for row in rows["accounts_account"]]
    officials = [row[0] for row in rows["accounts_official"]]
    for start in range(0, len(accounts), _COMPARED_AT_ONCE):
        refresh_accounts(accounts[start : start + _COMPARED_AT_ONCE])
    for start in range(0, len(officials), _COMPARED_AT_ONCE):
        refresh_officials(officials[start : start + _COMPARED_AT_ONCE])
    ChangeMark.objects.filter(kind=Kind.ACCOUNT, subject_id__in=accounts).delete()
    ChangeMark.objects.filter(kind=Kind.OFFICIAL, subject_id__in=officials).delete()


def settle() -> None:
    """Let the planner know what is there now."""
    with connection.cursor() as cursor:
        for table in (*COLUMNS, "accounts_comparison", "accounts_officialcomparison", "changes_changemark"):
            cursor.execute(f"ANALYZE {table}")  # a literal of this module


def _copy(table: str, columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"  # both are literals of this module
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
