"""Slices of invented people, copied into the book's own tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection

from common.changes.models import ChangeMark, Kind

# Tables in the order their rows refer to each other, and the columns a slice fills.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "accounts_photo": (
        "id", "public_id", "name", "sha256", "source_sha256", "width", "height", "source_format",
        "difference_hash", "difference_hash_down", "detail_hash", "bands", "hash_version", "stored_at",
    ),
    "accounts_likeness": ("photo_id", "other_id"),
    "accounts_official": ("id", "branch_id", "staff_code", "public_id"),
    "accounts_officialrecord": (
        "official_id", "agency_id", "full_name", "sort_key", "search_key", "category", "position",
        "work_email", "employed_since", "status", "recorded_from", "recorded_until",
    ),
    "accounts_nilreturn": ("official_id", "recorded_from"),
    "accounts_codeacceptance": ("official_id", "version", "recorded_from"),
    "accounts_account": ("id", "platform", "public_id"),
    "accounts_accountidentifier": (
        "account_id", "platform", "kind", "key", "shown", "url", "recorded_from", "recorded_until",
    ),
    "accounts_ownership": ("account_id", "official_id", "recorded_from"),
    "accounts_declaredfacts": (
        "id", "account_id", "official_id", "name_shown", "photo_id", "photo_problem", "agency_shown",
        "agency_resolved_id", "disclaimer", "commitments", "commitments_version", "opened_on",
        "declared_on", "stated_at",
    ),
    "accounts_entry": (
        "account_id", "facts_id", "standing", "confirmed_at", "recorded_from", "recorded_until",
    ),
}  # fmt: skip
_NUMBERED: Final = ("accounts_official", "accounts_account", "accounts_declaredfacts", "accounts_photo")
_TRIES: Final = 5

Rows = Mapping[str, bytes]  # table → rows in COPY's text form


@dataclass(frozen=True, slots=True)
class Ids:
    """The first of the ids taken for a load, and how many of each were taken.

    Facts: one for each account, and behind them one for each official, who may have said something before.
    """

    official: int
    account: int
    facts: int
    photo: int
    officials: int
    accounts: int


def take_ids(officials: int) -> Ids:
    """Take ids for so many officials and the most accounts they can have (see `slices`)."""
    accounts = -(-officials // 20) * 50
    wanted = (officials, accounts, accounts + officials, officials)
    first = {table: _take(table, count) for table, count in zip(_NUMBERED, wanted, strict=True)}
    official, account, facts, photo = (first[table] for table in _NUMBERED)
    return Ids(official, account, facts, photo, officials, accounts)


def _take(table: str, count: int) -> int:
    """Take `count` ids that follow one another; who works beside us may force another try."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]  # asked once: the look-up is dearer than the number
        for _try in range(_TRIES):
            cursor.execute(
                f"SELECT min(id), max(id) FROM (SELECT nextval('{sequence}') AS id"  # noqa: S608 - from the catalogue
                " FROM generate_series(1, %s)) AS taken",
                [count],
            )
            first, last = cursor.fetchone()
            if last - first == count - 1:
                return int(first)
    raise RuntimeError(f"{table}: somebody else is writing all the time")


def copy_in(rows: Rows, *, frozen: bool = False) -> None:
    """Copy the rows of a slice in.

    Args:
        rows: what a slice made.
        frozen: the tables were emptied in this very transaction: rows are written as they will be after a
            VACUUM, so that nobody has to write each page a second time.
    """
    how = " WITH (FREEZE)" if frozen else ""
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            if rows[table]:
                # all literals of this module
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN{how}") as copy:
                    copy.write(rows[table])


def analyse(tables: Iterable[str] = COLUMNS) -> None:
    """Let the planner know what is there now: tables it takes for empty cost minutes."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")  # literals of ours


def take_marks(ids: Ids) -> None:
    """Take off the marks that the triggers made for the rows of this load; others' are left alone."""
    for kind, first, count in (
        (Kind.OFFICIAL, ids.official, ids.officials),
        (Kind.ACCOUNT, ids.account, ids.accounts),
    ):
        ChangeMark.objects.filter(kind=kind, subject_id__gte=first, subject_id__lt=first + count).delete()
    ChangeMark.objects.filter(kind=Kind.AGENCY_ALONE).delete()  # somebody came; a load compares every agency
