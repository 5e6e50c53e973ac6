"""Files as offices send them, made by the tests themselves."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import xlsxwriter

TONES = "\u0300\u0301\u0303\u0309\u0323"
HEADINGS = [
    "STT",
    "Mã CBCCVC",
    "Họ và tên",
    "Đơn vị công tác",
    "Chức vụ",
    "Đối tượng",
    "Thư điện tử công vụ",
    "Ngày bắt đầu công tác",
    "Tình trạng",
]


def person(number: int, **changes: Any) -> list[Any]:
    """A row in order under HEADINGS; `changes` are by heading position, as "c2"."""
    row: list[Any] = [
        number,
        f"42-{1000 + number}",
        "Nguyễn Thị Bích Ngọc",
        "Sở Nội vụ",
        "Chuyên viên",
        "Công chức",
        f"ngoc.{number}@example.vn",
        date(2012, 7, 5) if number % 2 else "05/07/2012",
        "Đang công tác",
    ]
    for place, value in changes.items():
        row[int(place[1:])] = value
    return row


def workbook(
    path: Path,
    rows: Iterable[Sequence[Any] | None],
    *,
    merges: Sequence[str] = (),
    sheet: str = "DANH SÁCH",
    before: Sequence[str] = (),
) -> Path:
    """An XLSX of the rows as they are (None: an empty row); text starting with "=" stays text."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name in before:
            book.add_worksheet(name).write_string(0, 0, "Hướng dẫn điền biểu")
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for place in merges:
            page.merge_range(place, "")
        for number, row in enumerate(rows):
            for column, value in enumerate(row or ()):
                if isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                elif isinstance(value, str) and value:
                    page.write_string(number, column, value)
                elif value not in {"", None}:
                    page.write(number, column, value)
    return path


def delimited(
    path: Path,
    rows: Iterable[Sequence[Any]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    bom: bytes = b"",
) -> Path:
    """A delimited file in an encoding."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(
        bom + text.getvalue().encode(encoding, "surrogatepass" if "utf" in encoding else "strict")
    )
    return path


def as_in_cp1258(text: str) -> str:
    """The text as the old code page writes it: the letter with its circumflex, then the tone as a mark."""
    written = ""
    for letter in normalize("NFC", text):
        parts = normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in TONES)
        plain = normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
        written += letter if _holds(letter) else plain + tone
    return written


def _holds(letter: str) -> bool:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        return False
    return True


def provincial_list(path: Path) -> Path:
    """A list with titles above, groups inside, a total, notes and signatures below."""
    rows: list[Sequence[Any] | None] = [
        ["UBND TỈNH X", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ NỘI VỤ", "", "", "", "", "Độc lập - Tự do - Hạnh phúc"],
        None,
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC, NGƯỜI LAO ĐỘNG"],
        ["(Tính đến ngày 01 tháng 11 năm 2026)"],
        None,
        HEADINGS,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        ["I. VĂN PHÒNG SỞ"],
        person(1),
        person(2),
        ["", "Cộng nhóm I: 2 người"],
        ["II", "Thanh tra Sở"],
        person(3, c2=""),
        person(4, c2='=HYPERLINK("http://x","Nguyễn Văn A")'),
        person(5, c1=""),
        HEADINGS,
        person(6, c2="Tống Công Danh"),
        [7, "", "", "", "", "", "", "", ""],
        person(8, c5="Cộng tác viên tự do", c6="a@@b.vn", c7="31/02/2020"),
        None,
        ["Tổng cộng: 7 người"],
        ["Ghi chú: danh sách lập theo Công văn số 12"],
        ["", "", "", "", "", "", "Hà Tĩnh, ngày 01 tháng 11 năm 2026"],
        ["", "NGƯỜI LẬP BIỂU", "", "TRƯỞNG PHÒNG", "", "", "GIÁM ĐỐC"],
        ["", "(Ký, ghi rõ họ tên)"],
        ["", "Lê Thị Hoa", "", "Trần Văn Bảy", "", "", "Phạm Quốc Khánh"],
    ]
    return workbook(path, rows, merges=["A1:D1", "F1:I1", "A4:I4", "A9:I9"])
