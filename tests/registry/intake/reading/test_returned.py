"""The workbook handed back: the same headings, the reasons, and it can be sent again."""

from pathlib import Path

import openpyxl

from registry.intake.reading import (
    STAFF_COLUMNS,
    StaffValues,
    open_table,
    parse_staff_row,
    place_of,
    write_refused,
)
from tests.registry.intake.reading.sheets import HEADINGS, delimited, person, provincial_list, workbook


def refused(source: Path, target: Path) -> int:
    with open_table(source, columns=STAFF_COLUMNS) as table:
        results = [parse_staff_row(row) for row in table.rows()]
        refusals = [refusal for result in results if isinstance(result, list) for refusal in result]
        return write_refused(target, table=table, refusals=refusals)


def test_write_refused_hands_back_rows_under_their_own_headings(tmp_path: Path):
    target = tmp_path / "sua.xlsx"
    assert refused(provincial_list(tmp_path / "ds.xlsx"), target) == 4
    page = openpyxl.load_workbook(target).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == [*HEADINGS, "Dòng gốc", "Lý do", "Gợi ý"]
    assert [row[9] for row in rows[1:]] == ["14", "15", "16", "20"]
    assert rows[2][2] == '=HYPERLINK("http://x","Nguyễn Văn A")'
    cell = page["C3"]
    assert cell.data_type == "s"  # typed text: nothing runs
    assert cell.fill.fgColor.rgb == "FFFFE08A"
    assert page["B3"].fill.fgColor.rgb != "FFFFE08A"
    assert rows[1][7] == "05/07/2012"
    assert len(str(rows[4][10]).split("\n")) == 3


def test_write_refused_corrected_workbook_is_read_without_questions(tmp_path: Path):
    target = tmp_path / "sua.xlsx"
    refused(provincial_list(tmp_path / "ds.xlsx"), target)
    book = openpyxl.load_workbook(target)
    page = book.worksheets[0]
    page["C2"], page["C3"], page["B4"] = "Lê Thị Hoa", "Nguyễn Văn An", "42-1005"
    page["F5"], page["G5"], page["H5"] = "Công chức", "a@b.vn", "29/02/2020"
    book.save(target)
    with open_table(target, columns=STAFF_COLUMNS) as table:
        values = [parse_staff_row(row) for row in table.rows()]
    assert table.unknown_columns == []
    assert [value.staff_code for value in values if isinstance(value, StaffValues)] == [
        "42-1003",
        "42-1004",
        "42-1005",
        "42-1008",
    ]


def test_write_refused_leaves_out_what_must_not_be_stored_and_survives_hostile_text(tmp_path: Path):
    rows = [
        [*HEADINGS, "Số CCCD", "Cột lạ"],
        [*person(1, c2="Lê\x00\ud800Hoa"), "038123456789", "giữ lại"],
        [*person(2, c2="A" * 40_000), "038123456789", "=1+1"],
    ]
    target = tmp_path / "sua.xlsx"
    assert refused(delimited(tmp_path / "x.csv", rows), target) == 2
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(target).worksheets[0].iter_rows()]
    assert cells[0][9:] == ["Cột lạ", "Dòng gốc", "Lý do", "Gợi ý"]
    assert "038123456789" not in str(cells)
    assert [row[9] for row in cells[1:]] == ["giữ lại", "=1+1"]


def test_place_of_names_the_cell(tmp_path: Path):
    with open_table(
        workbook(tmp_path / "x.xlsx", [HEADINGS, person(1, c2="")]), columns=STAFF_COLUMNS
    ) as table:
        found = parse_staff_row(next(iter(table.rows())))
        assert isinstance(found, list)
        assert place_of(table, found[0]) == "C2"
