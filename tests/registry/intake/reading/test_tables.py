"""Finding a list on its sheet, whatever stands around it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from registry.intake.reading import (
    ACCOUNT_COLUMNS,
    STAFF_COLUMNS,
    StaffValues,
    UnreadableFileError,
    open_table,
    parse_account_row,
    parse_staff_row,
)
from tests.registry.intake.reading.sheets import (
    HEADINGS,
    as_in_cp1258,
    delimited,
    person,
    provincial_list,
    workbook,
)


def test_open_table_provincial_list_finds_heading_rows_and_end(tmp_path: Path):
    with open_table(provincial_list(tmp_path / "ds.xlsx"), columns=STAFF_COLUMNS) as table:
        rows = list(table.rows())
    assert table.header_row == 7
    assert table.recognised["full_name"] == ("C", "Họ và tên")
    assert table.ignored_columns == [("A", "STT")]
    assert [row.number for row in rows] == [10, 11, 14, 15, 16, 18, 20]
    assert [row.group for row in rows] == ["VĂN PHÒNG SỞ"] * 2 + ["Thanh tra Sở"] * 5


def test_parse_staff_row_provincial_list_tells_every_refusal_of_a_row(tmp_path: Path):
    with open_table(provincial_list(tmp_path / "ds.xlsx"), columns=STAFF_COLUMNS) as table:
        results = [parse_staff_row(row) for row in table.rows()]
    codes: dict[int, list[str]] = {
        refusal.row: [] for result in results if isinstance(result, list) for refusal in result
    }
    for result in results:
        for refusal in result if isinstance(result, list) else ():
            codes[refusal.row].append(refusal.code)
    assert codes == {
        14: ["missing_name"],
        15: ["formula"],
        16: ["missing_code"],
        20: ["unknown_category", "bad_email", "bad_date"],
    }
    assert results[0] == StaffValues(
        10, "42-1001", "Nguyễn Thị Bích Ngọc", "Sở Nội vụ", "Chuyên viên", "cong_chuc", "ngoc.1@example.vn",
        date(2012, 7, 5), "in_post", "VĂN PHÒNG SỞ",
    )  # fmt: skip
    assert isinstance(results[5], StaffValues)
    assert results[5].full_name == "Tống Công Danh"


def test_to_dict_has_exactly_the_six_keys(tmp_path: Path):
    with open_table(provincial_list(tmp_path / "ds.xlsx"), columns=STAFF_COLUMNS) as table:
        refusal = next(found[0] for row in table.rows() if isinstance(found := parse_staff_row(row), list))
    assert set(refusal.to_dict()) == {"row", "column", "code", "value", "message", "suggestion"}
    assert refusal.to_dict()["column"] == "Họ và tên"


def test_open_table_heading_of_two_rows_joins_the_split_name(tmp_path: Path):
    rows: list[list[Any]] = [
        ["SỞ Y TẾ TỈNH Y"],
        [
            "TT",
            "Số hiệu CBCC",
            "Họ và tên",
            "",
            "Thông tin công tác",
            "",
            "Sinh ngày",
            "",
            "Đảng",
            "Phân loại",
        ],
        ["", "", "Họ đệm", "Tên", "Phòng ban", "Chức danh", "Nam", "Nữ", "Ngày vào Đảng", ""],
        ["A", "B", "C", "D", "1", "2", "3", "4", "5", "6"],
        [
            1,
            421000.0,
            "Nguyễn Thị Thu",
            "Hà",
            "Phòng Tổ chức",
            "Trưởng phòng",
            "",
            "01/02/1980",
            "03/02/2005",
            "CC",
        ],
        [2, "421001", "Y", "Bhiăm", "Phòng Tổ chức", "Nhân viên", "05/06/1985", "", "", "HĐLĐ 111/68"],
    ]
    path = workbook(tmp_path / "y.xlsx", rows, merges=["C2:D2", "E2:F2", "G2:H2", "A2:A3", "B2:B3", "J2:J3"])
    with open_table(path, columns=STAFF_COLUMNS) as table:
        values = [parse_staff_row(row) for row in table.rows()]
        kept = [row.cells for row in open_table(path, columns=STAFF_COLUMNS).rows()]
    assert [value for value in values if isinstance(value, list)] == []
    assert [(v.staff_code, v.full_name, v.category) for v in values if isinstance(v, StaffValues)] == [
        ("421000", "Nguyễn Thị Thu Hà", "cong_chuc"),
        ("421001", "Y Bhiăm", "nguoi_lao_dong"),
    ]
    assert [name for _, name in table.never_stored] == [
        "Sinh ngày - Nam",
        "Sinh ngày - Nữ",
        "Đảng - Ngày vào Đảng",
    ]
    assert "01/02/1980" not in str(kept)
    assert "03/02/2005" not in str(kept)


def test_open_table_one_heading_over_two_name_columns_joins_them(tmp_path: Path):
    rows = [
        ["Mã NV", "Họ và tên", "", "Đơn vị", "Loại"],
        ["A-01", "Trần Văn", "Bình", "Sở Tài chính", "VC"],
        ["A-02", "Lê", "Hoa", "Sở Tài chính", "VC"],
    ]
    with open_table(workbook(tmp_path / "n.xlsx", rows, merges=["B1:C1"]), columns=STAFF_COLUMNS) as table:
        names = [
            value.full_name for row in table.rows() if isinstance(value := parse_staff_row(row), StaffValues)
        ]
    assert names == ["Trần Văn Bình", "Lê Hoa"]


def test_open_table_cp1258_with_tabs_gives_composed_letters(tmp_path: Path):
    rows = [
        ["Danh sách trích từ phần mềm cũ"],
        ["Mã cán bộ", "Họ tên", "Cơ quan công tác", "Loại cán bộ", "Ngày tuyển dụng"],
        ["0042", "Nguyễn Ngọc Hở", "Sở Nội vụ", "Công chức", "5/7/98"],
    ]
    rows = [[as_in_cp1258(cell) for cell in row] for row in rows]
    path = delimited(tmp_path / "cu.txt", rows, encoding="cp1258", delimiter="\t")
    with open_table(path, columns=STAFF_COLUMNS) as table:
        (row,) = table.rows()
        value = parse_staff_row(row)
    assert isinstance(value, StaffValues)
    assert (value.staff_code, value.full_name, value.unit) == ("0042", "Nguyễn Ngọc Hở", "Sở Nội vụ")
    assert value.since == date(1998, 7, 5)
    assert row.number == 3


@pytest.mark.parametrize(
    ("encoding", "bom"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b"")]
)
def test_open_table_utf16_accounts_of_another_province(tmp_path: Path, encoding: str, bom: bytes):
    rows = [
        ["MÃ NHÂN VIÊN", "Mạng xã hội", "Đường dẫn (URL)", "Tên trang", "Mật khẩu", "Cột lạ"],
        ["QN-7", "Facebook", "fb.com/a.b", "An\u200b Nguyễn", "bimat123", "gì đó"],
    ]
    path = delimited(tmp_path / "tk.csv", rows, encoding=encoding, bom=bom, delimiter="\t")
    with open_table(path, columns=ACCOUNT_COLUMNS) as table:
        (row,) = table.rows()
    assert "bimat123" not in str(row)
    assert table.never_stored == [("E", "Mật khẩu")]
    assert table.unknown_columns == [("F", "Cột lạ")]
    value = parse_account_row(row)
    assert not isinstance(value, list)
    assert (value.staff_code, value.link, value.name_shown) == ("QN-7", "fb.com/a.b", "An\u200b Nguyễn")


def test_open_table_list_on_a_later_sheet_names_the_others(tmp_path: Path):
    path = workbook(tmp_path / "b.xlsx", [HEADINGS, person(1)], before=["Hướng dẫn", "Bìa"], sheet="Sheet3")
    with open_table(path, columns=STAFF_COLUMNS) as table:
        assert table.sheet == "Sheet3"
        assert table.ignored_sheets == ["Hướng dẫn", "Bìa"]
        assert [row.number for row in table.rows()] == [2]


def test_rows_unit_merged_downwards_counts_for_every_person(tmp_path: Path):
    rows = [HEADINGS, person(1), person(2, c3=""), person(3, c3=""), person(4, c3="")]
    with open_table(workbook(tmp_path / "m.xlsx", rows, merges=["D2:D4"]), columns=STAFF_COLUMNS) as table:
        assert [row.cells["unit"] for row in table.rows()] == ["Sở Nội vụ"] * 3 + [""]


def test_rows_without_a_unit_column_take_the_group_as_the_unit(tmp_path: Path):
    rows: list[list[Any] | None] = [
        ["TT", "Mã CB", "Họ và tên", "Đối tượng"],
        ["I", "Sở Nội vụ", "", ""],
        [1, "42-1", "Trần Văn Bình", "CB"],
        ["II", "Sở Y tế", "", ""],
        [1, "42-2", "Lê Thị Hoa", "VC"],
    ]
    with open_table(workbook(tmp_path / "g.xlsx", rows), columns=STAFF_COLUMNS) as table:
        assert [row.cells["unit"] for row in table.rows()] == ["Sở Nội vụ", "Sở Y tế"]


def test_rows_second_list_below_a_total_is_not_dropped(tmp_path: Path):
    rows = [
        HEADINGS,
        person(1),
        ["Tổng cộng: 1 người"],
        None,
        ["B. KHỐI HUYỆN"],
        HEADINGS,
        person(2),
        ["Tổng số: 1"],
    ]
    with open_table(workbook(tmp_path / "2.xlsx", rows), columns=STAFF_COLUMNS) as table:
        assert [row.number for row in table.rows()] == [2, 7]


def test_rows_real_formula_is_refused_with_its_last_value(tmp_path: Path):
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        for place, cell in enumerate(person(1)):
            page.write(1, place, str(cell))
        page.write_formula(1, 0, "=ROW()-1", None, 1)
        page.write_formula(1, 2, '=HYPERLINK("http://x","Lê Văn Tám")', None, "Lê Văn Tám")
        page.write_formula(2, 2, "=C2", None, "")
    with open_table(path, columns=STAFF_COLUMNS) as table:
        rows = list(table.rows())
    refusals = parse_staff_row(rows[0])
    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["formula"]
    assert "Lê Văn Tám" in str(refusals[0].suggestion)
    assert rows[1].number == 3
    assert rows[1].formulas == {"full_name"}


def test_rows_can_be_read_twice(tmp_path: Path):
    with open_table(provincial_list(tmp_path / "ds.xlsx"), columns=STAFF_COLUMNS) as table:
        assert [row.cells for row in table.rows()] == [row.cells for row in table.rows()]


def test_open_table_missing_columns_are_named_with_accepted_wordings(tmp_path: Path):
    path = workbook(tmp_path / "x.xlsx", [["Họ tên", "Đơn vị", "Ngày sinh"], ["Lê Văn A", "Sở Y tế", "1980"]])
    with pytest.raises(UnreadableFileError) as caught:
        open_table(path, columns=STAFF_COLUMNS)
    assert caught.value.code == "missing_columns"
    assert caught.value.extra["columns"] == ["Mã CBCCVC", "Đối tượng"]
    assert "Mã cán bộ" in caught.value.extra["accepted"]["Mã CBCCVC"]


def test_open_table_two_columns_of_one_meaning_are_refused(tmp_path: Path):
    path = workbook(tmp_path / "x.xlsx", [[*HEADINGS, "Cơ quan"], [*person(1), "Sở Y tế"]])
    with pytest.raises(UnreadableFileError) as caught:
        open_table(path, columns=STAFF_COLUMNS)
    assert caught.value.code == "duplicate_columns"


def test_open_table_room_beside_unit_stays_unknown_and_named(tmp_path: Path):
    path = workbook(tmp_path / "x.xlsx", [[*HEADINGS, "Phòng ban"], [*person(1), "Phòng Tổ chức"]])
    with open_table(path, columns=STAFF_COLUMNS) as table:
        assert table.unknown_columns == [("J", "Phòng ban")]


def test_rows_of_delimited_text_with_a_split_text_are_refused(tmp_path: Path):
    path = tmp_path / "s.csv"
    path.write_text(
        "Mã CB,Họ tên,Đơn vị,Đối tượng\n1,Lê Hoa,Sở Văn hóa, Thể thao và Du lịch,CC\n", encoding="utf-8"
    )
    with open_table(path, columns=STAFF_COLUMNS) as table:
        (row,) = table.rows()
    refusals = parse_staff_row(row)
    assert isinstance(refusals, list)
    assert refusals[0].code == "too_many_cells"


def test_rows_too_many_and_none_are_refused(tmp_path: Path):
    path = workbook(tmp_path / "x.xlsx", [HEADINGS, *(person(n) for n in range(1, 5))])
    with (
        open_table(path, columns=STAFF_COLUMNS, max_rows=3) as table,
        pytest.raises(UnreadableFileError, check=lambda error: error.code == "too_many_rows"),
    ):
        list(table.rows())
    with (
        open_table(workbook(tmp_path / "0.xlsx", [HEADINGS]), columns=STAFF_COLUMNS) as table,
        pytest.raises(UnreadableFileError, check=lambda error: error.code == "no_rows"),
    ):
        list(table.rows())
