"""XLSX: every cell is typed text, so nothing in it is ever run, linked or taken for a number.

Characters that XML forbids are written as _xHHHH_ (ECMA-376 part 1, 22.9.2.19), which spreadsheets read back.
A sheet ends after 1,048,576 rows and the list goes on in another. A cell holds 32,767 UTF-16 units: of a
longer text the cell holds the beginning, and the sheet "Long texts" every part of it, in order.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format

LINES_OF_A_SHEET = 1_048_575  # below the heads
LONGEST_CELL = 32_767  # UTF-16 units
_WIDTHS = (12, 26, 22, 14, 34, 16, 12, 24, 40, 26, 14, 9, 36, 30, 12, 12, 60, 40, 18)

# An escape in the text itself; two may share their underscore, so it is only looked at, not consumed.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class _Sheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet whose texts come back as they were."""

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        if "_x" in data:
            data = _LOOKS_ESCAPED.sub("_x005F_", data)
        if data.startswith("<r>"):  # the library would take it for its own rich text and write it raw
            data = f"_x003C_{data[1:]}"
        return _FORBIDDEN.sub(lambda found: f"_x{ord(found.group()):04X}_", data)


def write_xlsx(
    target: Path,
    headers: list[str],
    lines: Iterable[list[str]],
    *,
    scratch: Path,
    lines_of_a_sheet: int = LINES_OF_A_SHEET,
) -> int:
    """Write the list; memory does not grow with it. Returns the number of lines.

    Args:
        target: the file to make.
        headers: heads of the columns, repeated on every sheet.
        lines: the cells.
        scratch: a folder for what is written before it is packed; about ten times the file.
        lines_of_a_sheet: only tests ask for less than the format allows.
    """
    book = Workbook(
        str(target),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(scratch),
        },
    )
    writer = _Writer(book, headers)
    writer.new_sheet()
    count = 0
    for cells in lines:
        if count and count % lines_of_a_sheet == 0:
            writer.new_sheet()
        writer.write(cells)
        count += 1
    book.close()
    return count


class _Writer:
    def __init__(self, book: Workbook, headers: list[str]) -> None:
        self._book = book
        self._headers = headers
        self._head: Format = book.add_format(
            {"bold": True, "num_format": "@", "text_wrap": True, "valign": "top"}
        )
        self._text: Format = book.add_format({"num_format": "@"})
        self._sheet: Worksheet | None = None
        self._sheets = 0
        self._row = 0
        self._long: Worksheet | None = None
        self._long_row = 0

    def new_sheet(self) -> Worksheet:
        """Begin the list, or its next part."""
        self._sheets += 1
        name = _("List") if self._sheets == 1 else _("List %(number)s") % {"number": self._sheets}
        self._sheet = self._add(name, self._headers, _WIDTHS)
        self._sheet.freeze_panes(1, 2)
        self._row = 0
        return self._sheet

    def write(self, cells: list[str]) -> None:
        """Write one line below the last."""
        sheet = self._sheet or self.new_sheet()
        self._row += 1
        for column, text in enumerate(cells):
            if len(text) > _SURELY_FITS and _units(text) > LONGEST_CELL:
                parts = _parts(text)
                self._keep_long(sheet, column, parts)
                sheet.write_string(self._row, column, parts[0], self._text)
            elif text:
                sheet.write_string(self._row, column, text, self._text)

    def _keep_long(self, sheet: Worksheet, column: int, parts: list[str]) -> None:
        if self._long is None:
            heads = [_("Sheet"), _("Row"), _("Column"), _("Part"), _("Text")]
            self._long = self._add(_("Long texts"), heads, (12, 10, 20, 8, 80))
        for number, part in enumerate(parts, start=1):
            self._long_row += 1
            where = [sheet.get_name(), str(self._row + 1), self._headers[column], str(number), part]
            for place, text in enumerate(where):
                self._long.write_string(self._long_row, place, text, self._text)

    def _add(self, name: str, headers: list[str], widths: tuple[int, ...]) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet(name, worksheet_class=_Sheet)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self._text)
        for column, head in enumerate(headers):
            sheet.write_string(0, column, head, self._head)
        return sheet


_SURELY_FITS = LONGEST_CELL // 2  # a character is one or two UTF-16 units


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _parts(text: str) -> list[str]:
    """Cut a text into parts that fit a cell; joined they are the text."""
    return [text[start : start + _SURELY_FITS] for start in range(0, len(text), _SURELY_FITS)]
