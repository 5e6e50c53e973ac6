"""XLSX: typed text only, every character back, sheets that go on."""

import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from registry.exports.sheets import LONGEST_CELL, write_xlsx

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
NASTY = st.text(st.sampled_from("=+@_x000B<>&\"'\r\n\t\x0b\x1f\ufffe /r"), max_size=30)


def decoded(text: str) -> str:
    """The escapes of ECMA-376 part 1, 22.9.2.19, read by the letter."""
    return re.sub(r"_x([0-9a-fA-F]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def cells_of(path: Path, sheet: int = 1) -> list[list[tuple[str, str]]]:
    """Type and text of each cell, straight from the XML."""
    with zipfile.ZipFile(path) as book:
        # The file is this test's own.
        root = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314
    return [
        [
            (cell.get("t", ""), decoded("".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))))
            for cell in row.iter(f"{_MAIN}c")
        ]
        for row in root.iter(f"{_MAIN}row")
    ]


def written(lines: list[list[str]], folder: Path, **options: int) -> Path:
    path = folder / "list.xlsx"
    heads = [f"head {n}" for n in range(len(lines[0]) if lines else 1)]
    assert write_xlsx(path, heads, lines, scratch=folder, **options) == len(lines)
    return path


@given(st.lists(TEXTS | NASTY, min_size=1, max_size=5))
@example(["_x0041_x0042_"])  # two look-alike escapes that share an underscore
@example(["<r><t>rich</t></r>", "<r>&broken</r>"])  # the library would write these raw
@example(["\x0b\x1f\r\n\t", "_x000B_", " spaces "])
@example(["=HYPERLINK(1)", "http://x.vn", "007", "1e5", "TRUE", "{=1}"])
def test_write_xlsx_gives_back_any_text_as_text(cells: list[str]):
    with TemporaryDirectory() as folder:
        path = written([["first", *cells]], Path(folder))
        found = cells_of(path)[1]
        assert [text for _kind, text in found] == ["first", *filter(None, cells)]
        assert {kind for kind, _text in found} <= {"inlineStr"}


def test_write_xlsx_is_read_by_a_reader_of_another_make(tmp_path: Path):
    lines = [["Đỗ Thị Ngọc Ánh", "=1+1", "  hai  ", "dòng một\ndòng hai", "007", "\x0bvt"]]
    read = CalamineWorkbook.from_path(written(lines, tmp_path)).get_sheet_by_index(0).to_python()
    assert read[1] == lines[0]


def test_write_xlsx_when_a_sheet_is_full_goes_on_in_another(tmp_path: Path):
    path = written([[str(number)] for number in range(5)], tmp_path, lines_of_a_sheet=2)
    book = CalamineWorkbook.from_path(path)
    assert [book.get_sheet_by_name(name).to_python() for name in book.sheet_names] == [
        [["head 0"], ["0"], ["1"]],
        [["head 0"], ["2"], ["3"]],
        [["head 0"], ["4"]],
    ]


@pytest.mark.parametrize("text", ["ễ" * (LONGEST_CELL + 1), "😀" * LONGEST_CELL])
def test_write_xlsx_when_text_is_longer_than_a_cell_keeps_every_part(tmp_path: Path, text: str):
    path = written([["short", "x" * LONGEST_CELL], ["next", text]], tmp_path)
    book = CalamineWorkbook.from_path(path)
    cells = book.get_sheet_by_index(0).to_python()
    assert cells[1] == ["short", "x" * LONGEST_CELL]
    assert text.startswith(str(cells[2][1]))
    parts = book.get_sheet_by_index(1).to_python()[1:]
    assert {(row[1], row[2]) for row in parts} == {("3", "head 1")}
    assert "".join(str(row[4]) for row in parts) == text
    assert all(len(str(row[4]).encode("utf-16-le")) // 2 <= LONGEST_CELL for row in parts)


def test_write_xlsx_when_list_is_empty_has_the_heads(tmp_path: Path):
    assert cells_of(written([], tmp_path)) == [[("inlineStr", "head 0")]]
