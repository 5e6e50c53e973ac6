"""What is taken away while an empty register is filled is back afterwards, and after a failure."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from accounts.models import Entry, Official, Regulation
from accounts.services.seeding import load_agencies
from registry.demo import generating, writing
from registry.demo.generating import generate
from registry.demo.unhindered import are_empty, unhindered
from tests.registry.demo.filled import filled

pytestmark = pytest.mark.django_db

TABLES = tuple(writing.COLUMNS)

_STANDING = {
    "indexes": "SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%s)",
    "constraints": (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
        " WHERE conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[])"
    ),
    "triggers": (
        "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgrelid = ANY(%s::regclass[])"
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _agencies(
    django_db_setup: None,  # noqa: ARG001 - the database must be there first
    django_db_blocker: Any,
    _private_media: None,
) -> Iterator[None]:
    with filled(django_db_blocker, load_agencies):  # the dearest part, once
        yield


def standing() -> dict[str, set[Any]]:
    found = {}
    with connection.cursor() as cursor:
        for what, query in _STANDING.items():
            cursor.execute(query, [list(TABLES)] * query.count("%s"))
            found[what] = set(cursor.fetchall())
    return found


def test_generate_into_an_empty_register_puts_everything_back() -> None:
    before = standing()
    assert all(before.values())

    generate(40, seed=5)

    assert standing() == before
    assert {how for _table, _name, how in before["triggers"]} == {"O"}
    assert all(validated for *_rest, validated in before["constraints"])


def test_generate_that_fails_leaves_nothing_and_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = standing()

    def fail(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(writing, "copy_in", fail)
    with pytest.raises(ZeroDivisionError):
        generate(40, seed=5)

    assert standing() == before
    assert are_empty(TABLES)
    assert not Regulation.objects.exists()


def test_generate_with_a_second_owner_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    before = standing()
    good = writing.copy_in

    def twice(rows: writing.Rows, *, frozen: bool = False) -> None:
        owned = rows["accounts_ownership"]
        good({**rows, "accounts_ownership": owned + owned.splitlines(keepends=True)[0]}, frozen=frozen)

    monkeypatch.setattr(writing, "copy_in", twice)
    with pytest.raises(IntegrityError, match="ownership_exclusive"):
        generate(40, seed=5)

    assert standing() == before


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("accounts_entry", 1),
        ("accounts_declaredfacts", 2),
        ("accounts_officialrecord", 1),
        ("accounts_ownership", 1),
    ],
)
def test_generate_that_points_to_nothing_is_refused(
    monkeypatch: pytest.MonkeyPatch, table: str, column: int
) -> None:
    good = writing.copy_in

    def astray(rows: writing.Rows, *, frozen: bool = False) -> None:
        first, *rest = rows[table].splitlines(keepends=True)
        cells = first.split(b"\t")
        cells[column] = b"999999999"
        good({**rows, table: b"\t".join(cells) + b"".join(rest)}, frozen=frozen)

    monkeypatch.setattr(writing, "copy_in", astray)
    with pytest.raises(IntegrityError):
        generate(40, seed=5)

    assert are_empty(TABLES)


def test_generate_leaves_rows_that_cannot_be_rewritten() -> None:
    generate(40, seed=5)

    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Entry.objects.update(standing="unconfirmed")


def test_generate_into_a_filled_register_adds_and_marks_nobody_else() -> None:
    generate(40, seed=5)
    first = set(Official.objects.values_list("pk", flat=True))

    generating.generate(20, seed=6)

    assert first < set(Official.objects.values_list("pk", flat=True))
    assert Official.objects.count() == 60


def test_unhindered_with_rows_in_a_table_is_refused() -> None:
    generate(20, seed=5)

    with (
        pytest.raises(ValueError, match="empty"),
        transaction.atomic(),
        unhindered(TABLES, step=lambda _: None),
    ):
        pass
