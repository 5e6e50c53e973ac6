"""The workbook of refused rows: what the officer sent, where it is wrong and why; to correct and resend."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from registry.intake.reading.layout import letter
from registry.intake.reading.refusals import Refusal
from registry.intake.reading.rows import written
from registry.intake.reading.tables import Table

_CELL = 32_767  # Excel's own limit of characters in a cell
_BAD = str.maketrans(dict.fromkeys(range(0x20), "\ufffd") | {9: "\t", 10: "\n", 13: "\n"})
# The three columns the register adds are known to the reader, which passes them over on the way back.
EXTRA = ("Dòng gốc", "Lý do", "Gợi ý")


def write_refused(path: Path, *, table: Table, refusals: Iterable[Refusal]) -> int:
    """Writes the refused rows of a table under their own headings, the bad cells marked; says how many.

    The file the table was read from is read again, a row at a time. Columns the register must not hold are
    left out. Every cell is typed text, so nothing in it runs; dates are dd/mm/yyyy.

    Raises:
        UnreadableFileError: the source cannot be read any more.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to load, and most lists have nothing to hand back

    wrong: dict[int, list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        wrong[refusal.row].append(refusal)
    columns = table.all_columns()
    with xlsxwriter.Workbook(
        path,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    ) as book:
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        marked = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#FFE08A"}
        )
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        sheet = book.add_worksheet(_("Rows to correct")[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 22)
        sheet.set_column(len(columns), len(columns), 10)
        sheet.set_column(len(columns) + 1, len(columns) + 2, 50)
        headings = [*(text for _index, text in columns), *EXTRA]
        for place, text in enumerate(headings):
            sheet.write_string(0, place, _typed(text), head)
        count = 0
        for (number, cells, _formulas), group in table.numbered() if wrong else ():
            if number not in wrong:
                continue
            count += 1
            bad = {table.position(refusal.column) for refusal in wrong[number]}
            for place, (index, _heading) in enumerate(columns):
                text = _typed(cells[index] if index < len(cells) else "")
                if text or index in bad:
                    _write(sheet, count, place, text, marked if index in bad else plain)
            said = [str(refusal.message) for refusal in wrong[number]]
            advice = [text for refusal in wrong[number] if (text := str(refusal.suggestion))]
            if group and not cells:
                advice.append(group)
            for place, text in enumerate((str(number), "\n".join(said), "\n".join(advice)), len(columns)):
                _write(sheet, count, place, _typed(text), plain)
    return count


def _write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    if text:
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def _typed(cell: str | float | bool | date | datetime | timedelta | None) -> str:  # noqa: FBT001 (a cell may hold one)
    """Text a workbook can hold: no control character, no lone surrogate, no more than a cell takes."""
    text = written(cell) if not isinstance(cell, str) else cell
    return text.translate(_BAD).encode("utf-8", "replace").decode()[:_CELL]


def place_of(table: Table, refusal: Refusal) -> str:
    """Where the refused cell stands, as a spreadsheet names it ("C106"); the row alone for a whole row."""
    index = table.position(refusal.column)
    return f"{letter(index)}{refusal.row}" if index is not None else str(refusal.row)
