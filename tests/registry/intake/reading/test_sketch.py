"""What an officer is shown of a file's columns, and that reading goes by what they say of them."""

from pathlib import Path

import pytest

from registry.intake.reading import (
    STAFF_COLUMNS,
    Correction,
    UnreadableFileError,
    open_table,
    sketch,
)
from registry.intake.reading.sketch import SketchedColumn
from tests.registry.intake.reading.sheets import delimited, provincial_list, workbook

STRANGE = [
    ["Danh sách"],
    ["M1", "N1", "U1", "L1", "Dân tộc"],
    ["YT01", "Lê Văn An", "Sở Y tế", "Công chức", "Kinh"],
    ["YT02", "Hồ Thị Bích", "Sở Y tế", "Viên chức", "Tày"],
]
SAID = Correction(header_row=2, fields={"A": "staff_code", "B": "full_name", "C": "unit", "D": "category"})


def test_sketch_of_an_official_form_says_what_each_column_is(tmp_path: Path):
    seen = sketch(provincial_list(tmp_path / "ds.xlsx"), columns=STAFF_COLUMNS)
    assert (seen.sheet, seen.header_row) == ("DANH SÁCH", 7)
    assert [column.field for column in seen.columns][:4] == ["", "staff_code", "full_name", "unit"]
    code = seen.columns[1]
    assert (code.place, code.use) == ("B", "known")
    assert code.samples[0] == "42-1001"
    assert seen.rows[0] == (1, ["UBND TỈNH X", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])


def test_sketch_hides_what_must_not_be_held(tmp_path: Path):
    file = delimited(
        tmp_path / "ds.csv",
        [
            ["Mã cán bộ", "Họ và tên", "Đơn vị", "Loại", "Dân tộc"],
            ["YT01", "Lê Văn An", "Sở Y tế", "Công chức", "Kinh"],
        ],
    )
    seen = sketch(file, columns=STAFF_COLUMNS)
    assert seen.columns[4] == SketchedColumn("E", "Dân tộc", "", "never_stored", [])
    assert seen.rows[0][1][4] == "Dân tộc"
    assert "Kinh" not in str(seen.to_dict())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_sketch_of_headings_nobody_understands_shows_the_rows(tmp_path: Path, kind: str):
    path = tmp_path / f"ds.{kind}"
    file = workbook(path, STRANGE) if kind == "xlsx" else delimited(path, STRANGE, delimiter=";")
    seen = sketch(file, columns=STAFF_COLUMNS)
    assert (seen.header_row, seen.columns) == (0, [])
    assert [number for number, _cells in seen.rows] == [1, 2, 3, 4]
    assert seen.rows[2][1] == ["YT01", "Lê Văn An", "Sở Y tế", "Công chức", "•••"]
    again = sketch(file, columns=STAFF_COLUMNS, said=SAID)
    assert again.header_row == 2
    assert [(column.field, column.samples) for column in again.columns][1] == (
        "full_name", ["Lê Văn An", "Hồ Thị Bích"],
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_open_table_reads_by_what_was_said(tmp_path: Path, kind: str):
    path = tmp_path / f"ds.{kind}"
    file = workbook(path, STRANGE) if kind == "xlsx" else delimited(path, STRANGE, delimiter=";")
    with pytest.raises(UnreadableFileError) as error, open_table(file, columns=STAFF_COLUMNS):
        pass
    assert error.value.code == "no_header"
    with open_table(file, columns=STAFF_COLUMNS, said=SAID) as table:
        rows = [row.cells for row in table.rows()]
    assert rows[1] == {
        "staff_code": "YT02", "full_name": "Hồ Thị Bích", "unit": "Sở Y tế", "category": "Viên chức",
    }  # fmt: skip
    assert table.never_stored == [("E", "Dân tộc")]


def test_what_must_not_be_held_is_not_read_whatever_is_said(tmp_path: Path):
    file = delimited(tmp_path / "ds.csv", STRANGE)
    said = Correction(header_row=2, fields={**SAID.fields, "E": "position"})
    with open_table(file, columns=STAFF_COLUMNS, said=said) as table:
        assert "position" not in next(iter(table.rows())).cells


def test_a_column_left_out_makes_way_for_another(tmp_path: Path):
    file = delimited(
        tmp_path / "ds.csv",
        [
            ["Mã cán bộ", "Họ và tên", "Đơn vị", "Đơn vị công tác", "Loại", "Cột lạ"],
            ["YT01", "Lê Văn An", "cũ", "Sở Y tế", "Công chức", "Trưởng phòng"],
        ],
    )
    with pytest.raises(UnreadableFileError) as error, open_table(file, columns=STAFF_COLUMNS):
        pass
    assert error.value.code == "duplicate_columns"
    assert [column.field for column in sketch(file, columns=STAFF_COLUMNS).columns][2:4] == ["unit", "unit"]
    said = Correction(fields={"C": "", "F": "position"})
    with open_table(file, columns=STAFF_COLUMNS, said=said) as table:
        (row,) = table.rows()
    assert (row.cells["unit"], row.cells["position"]) == ("Sở Y tế", "Trưởng phòng")
    assert table.ignored_columns == [("C", "Đơn vị")]
    assert table.unknown_columns == []


def test_a_name_in_two_columns_said_otherwise(tmp_path: Path):
    """The second column under one heading is the given name, unless somebody says it is not."""
    rows = [
        ["Mã cán bộ", "Họ và tên", "", "Đơn vị", "Loại"],
        ["YT01", "Lê Văn", "An", "Sở Y tế", "Công chức"],
        ["YT02", "Hồ Thị", "Bích", "Sở Y tế", "Công chức"],
    ]
    file = delimited(tmp_path / "ds.csv", rows)
    assert [column.field for column in sketch(file, columns=STAFF_COLUMNS).columns][1:3] == [
        "full_name", "given_name",
    ]  # fmt: skip
    with open_table(file, columns=STAFF_COLUMNS, said=Correction(fields={"C": "position"})) as table:
        assert next(iter(table.rows())).cells["position"] == "An"
        assert "given_name" not in table.places
    said = Correction(fields={"B": "family_name", "C": "given_name"})
    with open_table(file, columns=STAFF_COLUMNS, said=said) as table:
        assert table.places["family_name"] == 1
        assert "full_name" not in table.places


def test_a_title_right_above_the_headings_is_no_heading(tmp_path: Path):
    rows = [
        ["Danh sách năm 2026"],
        ["Mã cán bộ", "Họ và tên", "Đơn vị", "Loại"],
        ["YT01", "Lê Văn An", "Sở Y tế", "Công chức"],
    ]
    seen = sketch(delimited(tmp_path / "ds.csv", rows), columns=STAFF_COLUMNS)
    assert seen.header_row == 2
    assert [column.heading for column in seen.columns] == rows[1]


def test_one_word_above_the_headings_that_changes_what_they_mean_is_read_with_them(tmp_path: Path):
    rows = [
        ["", "", "", "", "Chức vụ"],
        ["Mã cán bộ", "Họ và tên", "Đơn vị", "Loại", "Đảng"],
        ["YT01", "Lê Văn An", "Sở Y tế", "Công chức", "Bí thư"],
    ]
    seen = sketch(delimited(tmp_path / "ds.csv", rows), columns=STAFF_COLUMNS)
    assert seen.columns[4] == SketchedColumn("E", "Chức vụ - Đảng", "", "never_stored", [])


def test_a_needed_column_that_is_left_out_is_told(tmp_path: Path):
    rows = [["Mã cán bộ", "Họ và tên", "Đơn vị", "Loại"], ["YT01", "Lê Văn An", "Sở Y tế", "Công chức"]]
    file = delimited(tmp_path / "ds.csv", rows)
    said = Correction(fields={"D": ""})
    with pytest.raises(UnreadableFileError) as error, open_table(file, columns=STAFF_COLUMNS, said=said):
        pass
    assert error.value.extra["columns"] == ["Đối tượng"]
