"""A staff list as HR sends it, only longer: `python -m bench.staff_file FILE ROWS`."""

import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from accounts.data import NameGenerator, agency_tree

BRANCH = "T34-01"
_HEADINGS = (
    "STT", "Mã CBCCVC", "Họ và tên", "Đơn vị công tác", "Chức vụ", "Đối tượng", "Thư điện tử công vụ",
    "Ngày bắt đầu công tác", "Tình trạng",
)  # fmt: skip
_TITLES = (
    "UBND THÀNH PHỐ HÀ NỘI", "SỞ NỘI VỤ", "",
    "DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC, NGƯỜI LAO ĐỘNG", "(Tính đến ngày 01 tháng 11 năm 2026)", "",
)  # fmt: skip
_POSITIONS = ("Chuyên viên", "Chuyên viên chính", "Kế toán", "Văn thư", "Phó Trưởng phòng", "Giáo viên")
_CATEGORIES = ("Công chức", "Viên chức", "Cán bộ", "Người lao động")
_A_GROUP = 500  # rows under one group heading


def write(path: Path, rows: int) -> None:
    """Write a list of `rows` people of one province, with titles above, group rows between, notes below."""
    rng = random.Random("staff file")  # noqa: S311 - invented people
    units = [
        seed.short_name or seed.name
        for seed in agency_tree()
        if seed.parent_code == BRANCH and seed.dissolved_on is None
    ]
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Danh sách")
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    at = 0
    for title in _TITLES:
        sheet.write_string(at, 0, title)
        at += 1
    sheet.write_row(at, 0, _HEADINGS)
    at += 1
    for number, (name, _gender) in enumerate(NameGenerator("staff file").names(rows), start=1):
        if number % _A_GROUP == 1:
            sheet.write_string(at, 0, f"NHÓM ĐƠN VỊ {number // _A_GROUP + 1}")
            at += 1
        since = date(2000, 1, 1) + timedelta(days=rng.randrange(9000))
        sheet.write_number(at, 0, number)
        sheet.write_string(at, 1, f"01-{number:06d}")
        sheet.write_string(at, 2, name)
        sheet.write_string(at, 3, rng.choice(units))
        sheet.write_string(at, 4, rng.choice(_POSITIONS))
        sheet.write_string(at, 5, rng.choice(_CATEGORIES))
        sheet.write_string(at, 6, f"cb.{number}@hanoi.example")
        if number % 2:  # half the dates are dates, half are text
            moment = datetime(since.year, since.month, since.day)  # noqa: DTZ001 - a cell knows no zone
            sheet.write_datetime(at, 7, moment, as_date)
        else:
            sheet.write_string(at, 7, f"{since:%d/%m/%Y}")
        sheet.write_string(at, 8, "Đang công tác")
        at += 1
    sheet.write_string(at + 1, 0, f"Tổng cộng: {rows} người")
    sheet.write_string(at + 3, 6, "NGƯỜI LẬP BIỂU")
    book.close()


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
