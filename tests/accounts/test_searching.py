"""People found by what somebody types, and that an index serves it."""

import pytest
from django.db import connection

from accounts.models import OfficialRecord
from accounts.searching import typed
from tests.factories import OfficialFactory

pytestmark = pytest.mark.django_db


def found(text: str, *, read: bool = False) -> set[str]:
    people = OfficialRecord.objects.current().filter(typed(text, read=read))
    return set(people.values_list("full_name", flat=True))


@pytest.fixture
def people() -> None:
    for code, name in [
        ("CB001", "Nguyễn Thị Lan"), ("cb002", "Trần Văn An"), ("HOA", "Đặng Hoàng Yến"),
        ("CB-17", "Y Thắng Niê"), ("X3", "H'Hen Niê"), ("X4", "Lê Hoa"),
    ]:  # fmt: skip
        OfficialFactory.create(staff_code=code, full_name=name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lan", {"Nguyễn Thị Lan"}),
        ("LÁN", {"Nguyễn Thị Lan"}),  # one who types carelessly is understood
        ("ng lan", {"Nguyễn Thị Lan"}),
        ("lan ng", {"Nguyễn Thị Lan"}),
        ("  thi   l ", {"Nguyễn Thị Lan"}),
        ("an", {"Trần Văn An"}),  # the middle of a word is not its beginning
        ("y", {"Đặng Hoàng Yến", "Y Thắng Niê"}),
        ("d", {"Đặng Hoàng Yến"}),
        ("hoa", {"Đặng Hoàng Yến", "Lê Hoa"}),  # a name of one, and the staff code of the other
        ("h'hen", {"H'Hen Niê"}),
        ("h hen", {"H'Hen Niê"}),
        ("cb0", {"Nguyễn Thị Lan", "Trần Văn An"}),
        ("CB002", {"Trần Văn An"}),
        ("cb-17", {"Y Thắng Niê"}),
        ("002", set()),  # of a code only the beginning
        ("%", set()),
        ("_", set()),
        ("%0", set()),
        ("'", set()),
        ("\\", set()),
        ("lan zz", set()),
    ],
)
def test_typed(people: None, text: str, names: set[str]):
    del people
    assert found(text) == names
    assert found(text, read=True) == names


def test_typed_nothing_means_everybody(people: None):
    del people
    assert len(found("")) == len(found("   ")) == 6


def test_typed_finds_what_is_on_record_now(people: None):
    del people
    record = OfficialRecord.objects.get(full_name="Lê Hoa")
    OfficialRecord.objects.filter(pk=record.pk).update(recorded_until=record.recorded_from.replace(year=2100))
    assert found("le") == set()


@pytest.mark.parametrize(
    ("text", "index"),
    [("ng lan", "official_name_words"), ("y", "official_name_words"), ("cb0", "official_code_typed")],
)
def test_typed_is_served_by_an_index(people: None, text: str, index: str):
    del people
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = on")
        sql, params = OfficialRecord.objects.filter(typed(text)).order_by().query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", params)
        assert index in "\n".join(row[0] for row in cursor.fetchall())
