"""What one cell may say, and what is answered."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake.reading import (
    ACCOUNT_COLUMNS,
    STAFF_COLUMNS,
    AccountValues,
    RawRow,
    StaffValues,
    parse_account_row,
    parse_staff_row,
)
from registry.intake.reading.dates import near_date, read_date
from registry.intake.reading.plain import plain_values
from registry.intake.reading.text import fold, tidy

CLEAN: dict[str, Any] = {
    "staff_code": "42-1000",
    "full_name": "Trịnh Thị Kim Trang",
    "unit": "Sở Nội vụ",
    "position": "Kế toán",
    "category": "Cán bộ",
    "work_email": "trang.1000@example.vn",
    "since": "05/07/2012",
    "status": "Đang công tác",
}


def staff(**cells: Any) -> StaffValues | list[Any]:
    return parse_staff_row(RawRow(9, {**CLEAN, **cells}, "", frozenset(), {}))


def account(**cells: Any) -> AccountValues | list[Any]:
    return parse_account_row(RawRow(9, {"staff_code": "1", "link": "fb.com/a", **cells}, "", frozenset(), {}))


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (date(2012, 7, 5), date(2012, 7, 5)),
        (datetime(2012, 7, 5, 8, 30), date(2012, 7, 5)),  # noqa: DTZ001 (a spreadsheet's clock has no zone)
        ("05/07/2012", date(2012, 7, 5)),
        ("5/7/12", date(2012, 7, 5)),
        ("5/7/98", date(1998, 7, 5)),
        ("1/1/29", date(2029, 1, 1)),
        ("1/1/30", date(1930, 1, 1)),
        ("05-07-2012", date(2012, 7, 5)),
        ("05.07.2012", date(2012, 7, 5)),
        (" 05 / 07 / 2012 ", date(2012, 7, 5)),
        ("2012-07-05", date(2012, 7, 5)),
        ("2012-07-05T00:00:00", date(2012, 7, 5)),
        ("05/07/2012 00:00:00", date(2012, 7, 5)),
        ("ngày 05 tháng 7 năm 2012", date(2012, 7, 5)),
        ("Hà Nội, ngày 05 tháng 07 năm 2012", date(2012, 7, 5)),
        (41095.0, date(2012, 7, 5)),
        ("41095", date(2012, 7, 5)),
        ("20120705", date(2012, 7, 5)),
        ("31/02/2020", None),
        ("07/2012", None),
        ("2012", None),
        (2012.0, None),
        ("12/25/2020", None),
        ("hôm qua", None),
        (True, None),
        (float("nan"), None),
        ("0/0/0000", None),
        ("9" * 50, None),
    ],
)
def test_read_date(cell: Any, meant: date | None):
    assert read_date(cell) == meant


@pytest.mark.parametrize(
    ("cell", "near"),
    [
        ("31/02/2020", "29/02/2020"),
        ("07/2012", "01/07/2012"),
        ("2012", "01/01/2012"),
        (2012.0, "01/01/2012"),
        ("12/25/2020", "25/12/2020"),
        ("05072012", "05/07/2012"),
        ("2020-02-31", "29/02/2020"),
        ("hôm qua", ""),
        ("1/13/0", "13/01/2000"),
        ("0000000A", ""),
    ],
)
def test_near_date(cell: Any, near: str):
    assert near_date(cell) == near


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.timedeltas()))
def test_parse_staff_row_any_cell_anywhere_is_answered(cell: Any):
    for field in CLEAN:
        found = staff(**{field: cell})
        assert isinstance(found, StaffValues) or all(refusal.code for refusal in found)


@given(
    st.dates(date(1940, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "ngày %d tháng %m năm %Y"]),
)
def test_read_date_every_way_of_writing_a_day_is_that_day(day: date, form: str):
    assert read_date(day.strftime(form)) == day


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"staff_code": ""}, ["missing_code"]),
        ({"staff_code": "-"}, ["missing_code"]),
        ({"staff_code": date(2026, 1, 2)}, ["bad_code"]),
        ({"full_name": " \u00a0"}, ["missing_name"]),
        ({"unit": None}, ["missing_unit"]),
        ({"category": ""}, ["missing_category"]),
        ({"category": "Cộng tác viên tự do"}, ["unknown_category"]),
        ({"status": "Đang bay"}, ["unknown_status"]),
        ({"work_email": "khong-phai-email"}, ["bad_email"]),
        ({"work_email": "a@@b.vn"}, ["bad_email"]),
        ({"work_email": "a..b@c.vn"}, ["bad_email"]),
        ({"work_email": f"{'a' * 65}@c.vn"}, ["bad_email"]),
        ({"work_email": f"a@{'b' * 64}.vn"}, ["bad_email"]),
        ({"work_email": "a@b"}, ["bad_email"]),
        ({"full_name": "=1+1"}, ["formula"]),
        ({"full_name": "@SUM(A1)"}, ["formula"]),
        ({"position": '=HYPERLINK("x")'}, ["formula"]),
        ({"full_name": "Hä vµ tªn"}, ["legacy_font"]),
        ({"unit": "a\x07b"}, ["control_characters"]),
        ({"position": "x" * 301}, ["too_long"]),
        ({"staff_code": "", "full_name": "", "since": "xx", "category": "y"},
         ["missing_code", "missing_name", "unknown_category", "bad_date"]),
    ],
)  # fmt: skip
def test_parse_staff_row_refuses(changes: dict[str, Any], codes: list[str]):
    found = staff(**changes)
    assert isinstance(found, list)
    assert [refusal.code for refusal in found] == codes


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"staff_code": 421000.0}, "staff_code", "421000"),
        ({"staff_code": "  0042 "}, "staff_code", "0042"),
        ({"full_name": "NGUYỄN VĂN A"}, "full_name", "NGUYỄN VĂN A"),
        ({"full_name": "H'Bia  Niê Kđăm"}, "full_name", "H'Bia Niê Kđăm"),
        ({"full_name": "Đèo Văn Lả"}, "full_name", "Đèo Văn Lả"),
        ({"category": "cong chuc"}, "category", "cong_chuc"),
        ({"category": "VC"}, "category", "vien_chuc"),
        ({"category": "HĐLĐ 111/68"}, "category", "nguoi_lao_dong"),
        ({"category": "Sĩ quan"}, "category", "luc_luong_vu_trang"),
        ({"status": ""}, "status", "in_post"),
        ({"status": "Nghỉ thai sản"}, "status", "on_leave"),
        ({"status": "Nghỉ hưu"}, "status", "left"),
        ({"status": "ĐÃ CHUYỂN CÔNG TÁC"}, "status", "moved"),
        ({"work_email": ""}, "work_email", ""),
        ({"work_email": "A.B@Example.VN"}, "work_email", "A.B@example.vn"),
        ({"work_email": "–"}, "work_email", ""),
        ({"since": ""}, "since", None),
        ({"position": "- Phó Chủ tịch"}, "position", "- Phó Chủ tịch"),
        ({"full_name": "A" + " " * 900 + "Ba"}, "full_name", "A Ba"),
    ],
)
def test_parse_staff_row_takes(changes: dict[str, Any], field: str, value: object):
    found = staff(**changes)
    assert isinstance(found, StaffValues), found
    assert getattr(found, field) == value


NAMES = st.sampled_from(
    ["Lê Hoa", "  Lê Hoa", "Lê", "Nguyễn Thị Thu Hà", "=A1", "H'Bia Niê", "Le\u0302 Hoa", "", "A" * 300]
)
MAILS = st.sampled_from(
    ["", "a@b.vn", "A@B.vn", "a@@b.vn", "-a@b.vn", "a@-b.vn", "a.b-c@d-e.gov.vn", "a@b.v"]
)
CODES = st.sampled_from(["42-1000", "0042", "-1", "A B", "", "x" * 61, "42-1000\n"])
WORDS = st.sampled_from(["Công chức", "CC ", "?", "", "Đang công tác", "Nghỉ hưu", "-", "=x()"])


@given(CODES, NAMES, MAILS, WORDS, WORDS, WORDS)
def test_parse_staff_row_the_short_way_agrees_with_the_long_way(
    code: str, name: str, mail: str, position: str, category: str, status: str
):
    cells = {**CLEAN, "staff_code": code, "full_name": name, "work_email": mail}
    cells |= {"position": position, "category": category, "status": status}
    order = ("staff_code", "full_name", "unit", "position", "category", "work_email", "since", "status")
    short = plain_values(9, tuple(cells[name] for name in order), "")
    long = parse_staff_row(RawRow(9, cells, "", frozenset(), {}))
    assert short is None or short == long


def test_parse_account_row_keeps_what_is_shown_and_asks_only_for_code_and_link():
    found = account(name_shown="@bình\u200b an", disclaimer="", photo="1.jpg", declared_on="")
    assert isinstance(found, AccountValues)
    assert (found.name_shown, found.photo, found.declared_on) == ("@bình\u200b an", "1.jpg", None)
    refusals = account(staff_code="", link="", declared_on="32/01/2025")
    assert isinstance(refusals, list)
    assert [refusal.code for refusal in refusals] == ["missing_code", "missing_link", "bad_date"]


@given(st.text())
def test_tidy_is_a_fixed_point(text: str):
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ngày sinh (dd/mm/yyyy)", "never:Ngày sinh"),
        ("NGÀY BẮT ĐẦU CÔNG TÁC", "since"),
        ("Ngay bat dau cong tac", "since"),
        ("Mã số\nCBCCVC *", "staff_code"),
        ("(2) Họ và tên", "full_name"),
        ("Đơn vị công tác hiện nay", "unit"),
        ("Đơn vị cũ", None),
        ("Họ và tên cha", None),
        ("Chức vụ Đảng", "never:Đảng viên"),
        ("Số CMND/CCCD", "never:Số định danh cá nhân"),
        ("DANH SÁCH CÁN BỘ, CÔNG CHỨC", None),
        ("", None),
    ],
)
def test_match_heading(heading: str, field: str | None):
    found = STAFF_COLUMNS.match(heading)
    assert (found[0].field if found else None) == field


@pytest.mark.parametrize("columns", [STAFF_COLUMNS, ACCOUNT_COLUMNS])
def test_match_every_wording_means_its_own_column(columns: Any):
    for column in columns.columns:
        for wording in (column.heading, *column.wordings, *column.second):
            assert columns.match(wording)[0] is column, wording
            assert columns.match(fold(wording).upper())[0] is column, wording
