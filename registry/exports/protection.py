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
# The same, quicker, for a whole line whose cells are joined by line feeds.
_SUSPECT = re.compile(rf"[;,\t\r\n]{_FORMULA}")


def protect(text: str) -> str:
    """The text of a cell as it goes into a CSV file."""
    return _WRITE.sub("'", text)


def restore(cell: str) -> str:
    """The text as it was before `protect`: the reader's rule."""
    return _READ.sub("", cell)


def protect_line(cells: list[str]) -> list[str]:
    """`protect` for every cell of a line; a line with nothing to protect costs one look."""
    if _SUSPECT.search("\n" + "\n".join(cells)) is None:
        return cells
    return [protect(cell) for cell in cells]
