"""Cells of a CSV file in which no spreadsheet sees a formula, and the way back.

CSV has no types: a spreadsheet runs whatever begins like a formula, wherever its idea of a separator lets a
cell begin. So an apostrophe is put before every `=`, `+`, `-`, `@`, tab, carriage return or full-width form
of these that stands (after apostrophes, if any) at the beginning of a cell or right after a semicolon,
comma, tab or line break in it. The reader's rule: at those places, take one apostrophe away. Nothing else is
changed, so every text comes back as it was. XLSX cells are typed and need none of this.
"""

import re

# What a cell may begin after, whichever separator the reader's spreadsheet takes; and what begins a formula.
_PLACE = r"(?:^|(?<=[;,\t\r\n]))"
_FORMULA = r"'*[=+\-@\t\r＝＋－＠]"
_WRITE = re.compile(rf"{_PLACE}(?={_FORMULA})")
_READ = re.compile(rf"{_PLACE}'(?={_FORMULA})")
# The same for cells side by side that have quotation marks around them and none in them: what stands behind
# the mark that ends a cell is a comma or nothing. It begins with a character, so it is searched quickly.
_WRITE_QUOTED = re.compile(rf'[";,\t\r\n](?={_FORMULA})')
# What each of those has, and few other texts: asked first, it is answered in a fraction of the time.
_SUSPECT = re.compile(r"""[";,\t\r\n](?=['=+\-@\t\r＝＋－＠])""")


def protect(text: str) -> str:
    """The text of a cell as it goes into a CSV file."""
    return _WRITE.sub("'", text)


def restore(cell: str) -> str:
    """The text as it was before `protect`: the reader's rule."""
    return _READ.sub("", cell)


def csv_cells(cells: list[str]) -> str:
    """Cells side by side in a line of the file, each protected and in quotation marks (RFC 4180).

    Few texts have quotation marks of their own; all the others are looked at together.
    """
    text = _joined(cells)
    if text.count('"') == 2 * len(cells):
        return _WRITE_QUOTED.sub(r"\g<0>'", text) if _SUSPECT.search(text) else text
    return _joined([protect(cell).replace('"', '""') for cell in cells])


def _joined(cells: list[str]) -> str:
    return '"' + '","'.join(cells) + '"'
