"""Whatever text stands in a table, written as any office program writes it, reads back the same."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.intake.reading import ACCOUNT_COLUMNS, UnreadableFileError, open_table
from registry.intake.reading.delimited import Delimited, encoding_of
from tests.registry.intake.reading.sheets import as_in_cp1258, delimited

ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=40)
VIETNAMESE = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyÀÁẢÃẠẤẬẮẶẹẽếệìĩịòọốộớợùũụứựỳỹỵ ,;\"'\n\t.-@/0123456789"),
    max_size=40,
)
HEAD = ["Mã CBCCVC", "Liên kết trang", "Tên hiển thị"]


def tables(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    # The code keeps the row a row; the rest is free.
    rows = st.lists(st.tuples(texts, texts), min_size=1, max_size=8)
    return rows.map(lambda found: [[f"A-{n}", *row] for n, row in enumerate(found)])


def read_back(rows: list[list[str]], encoding: str, delimiter: str, bom: bytes) -> list[list[object]]:
    with TemporaryDirectory() as folder:
        path = delimited(
            Path(folder) / "t.bin", [HEAD, *rows], encoding=encoding, delimiter=delimiter, bom=bom
        )
        with open_table(path, columns=ACCOUNT_COLUMNS) as table:
            return [list(row.cells.values()) for row in table.rows()]


@settings(max_examples=60)
@given(
    rows=tables(ANY_TEXT),
    encoding=st.sampled_from(
        [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
    ),
    delimiter=st.sampled_from(",;\t"),
)
def test_rows_any_texts_read_back_the_same(
    rows: list[list[str]], encoding: tuple[str, bytes], delimiter: str
):
    assert read_back(rows, encoding[0], delimiter, encoding[1]) == rows


@settings(max_examples=60)
@given(rows=tables(VIETNAMESE), delimiter=st.sampled_from(",;\t"))
def test_rows_cp1258_texts_read_back_the_same_letters(rows: list[list[str]], delimiter: str):
    global HEAD  # noqa: PLW0603 (restored at once; the headings too are written in the old code page)
    head, HEAD = HEAD, [as_in_cp1258(text) for text in HEAD]
    try:
        back = read_back([[as_in_cp1258(cell) for cell in row] for row in rows], "cp1258", delimiter, b"")
    finally:
        HEAD = head
    assert [[normalize("NFC", str(cell)) for cell in row] for row in back] == rows


def test_rows_numbers_count_records_as_a_spreadsheet_does(tmp_path: Path):
    path = tmp_path / "n.csv"
    path.write_text('sep=;\nMã CB;Link;Ghi chú\n\n1;fb.com/a;"hai\ndòng"\n2;fb.com/b;\n', encoding="utf-8")
    with open_table(path, columns=ACCOUNT_COLUMNS) as table:
        assert table.header_row == 1
        assert [(row.number, row.cells["staff_code"]) for row in table.rows()] == [(3, "1"), (4, "2")]


def test_encoding_of_damaged_utf8_names_the_line(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_bytes("Mã cán bộ\nHọ tên\n".encode() + b"L\xea Hoa\n")
    with pytest.raises(UnreadableFileError) as caught:
        encoding_of(path)
    assert caught.value.extra == {"line": 3}


def test_encoding_of_a_stray_nul_stays_utf8(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b,c\0d,e,f,g,h,i,j\n" * 3)
    assert Delimited(path).encoding == "utf-8"
