"""Dates as offices write them: the day first. What could mean two days is refused, with a proposal."""

import re
from datetime import date, datetime, timedelta

from registry.intake.reading.text import fold, tidy

Cell = str | float | int | bool | date | datetime | timedelta | None

_DAY_FIRST = re.compile(
    r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T].*)?")
_WORDS = re.compile(r"(?:.*\bngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_MONTH = re.compile(r"(?:thang )?(\d{1,2})(?: nam)? (\d{4})")
_YEAR = re.compile(r"(?:nam )?(19\d{2}|20\d{2})")
_PACKED = re.compile(r"(19\d{2}|20\d{2})(\d{2})(\d{2})")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)  # 1927 to 2119
_PIVOT = 30
_YEARS = range(1900, 2200)


def read_date(cell: Cell) -> date | None:  # noqa: PLR0911 (one return a way of writing)
    """The date a cell means, or None when it does not surely mean one.

    Takes a spreadsheet's own date, dd/mm/yyyy with "/", "-" or ".", yyyy-mm-dd, "ngày 05 tháng 7 năm 2012",
    yyyymmdd and a spreadsheet's serial number. Two digits of a year are read as Excel does: 00 to 29 are
    2000 to 2029, 30 to 99 are 1930 to 1999. A month or a year alone is not a date.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None or isinstance(cell, timedelta):
        return None
    if isinstance(cell, int | float):
        return _serial(cell)
    text = tidy(cell)
    if match := _DAY_FIRST.fullmatch(text):
        return _date(_year(match[3]), match[2], match[1])
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(int(match[1]), match[2], match[3])
    if match := _WORDS.fullmatch(fold(text)):
        return _date(int(match[3]), match[2], match[1])
    if match := _PACKED.fullmatch(text):
        return _date(int(match[1]), match[2], match[3])
    if text.isascii() and text.isdigit() and len(text) == 5:  # noqa: PLR2004 (a serial has five digits)
        return _serial(int(text))
    return None


def near_date(cell: Cell) -> str:  # noqa: PLR0911 (likewise)
    """The date (dd/mm/yyyy) perhaps meant by a cell `read_date` refused; "" when none is near."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    folded = fold(tidy(str(cell)))
    numbers = [int(part) for part in re.findall(r"\d+", folded)]
    if match := _YEAR.fullmatch(folded):
        return f"01/01/{match[1]}"
    if (match := _MONTH.fullmatch(folded)) and (found := _date(int(match[2]), match[1], "1")):
        return f"{found:%d/%m/%Y}"
    if re.fullmatch(r"\d{8}", folded) and (
        found := _date(int(folded[4:]), folded[2:4], folded[:2])
    ):  # ddmmyyyy
        return f"{found:%d/%m/%Y}"
    if len(numbers) < 3:  # noqa: PLR2004 (day, month, year)
        return ""
    day, month, year = numbers[:3]
    if day > 31:  # noqa: PLR2004 (so it is the year)
        day, year = year, day
    year = _year(str(year)) if year < 100 else year  # noqa: PLR2004 (two digits)
    if month > 12:  # noqa: PLR2004 (month and day changed places)
        found = _date(year, str(day), str(month))
        return f"{found:%d/%m/%Y}" if found else ""
    if day > 28 and (first := _date(year, str(month), "1")):  # noqa: PLR2004 (the last day of that month)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return f"{last:%d/%m/%Y}"
    return ""


def _serial(number: float) -> date | None:
    whole = int(number) if number == number and abs(number) < 10**9 else 0  # noqa: PLR0124 (not a number)
    if whole in _SERIALS:
        return _EPOCH + timedelta(days=whole)
    match = _PACKED.fullmatch(str(whole)) if whole == number else None
    return _date(int(match[1]), match[2], match[3]) if match else None


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 (a whole year)
        return number
    return number + (2000 if number < _PIVOT else 1900)


def _date(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day)) if year in _YEARS else None
    except (ValueError, OverflowError):
        return None
