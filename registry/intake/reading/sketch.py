"""What a file looks like before it is read: its first rows, its columns and what each is taken for."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from registry.intake.reading.columns import NEVER_STORED, ColumnSet
from registry.intake.reading.corrected import NOTHING_SAID, Correction, meanings
from registry.intake.reading.finding import Found, find, no_header, unheaded
from registry.intake.reading.layout import DATA, Classifier, letter
from registry.intake.reading.rows import written
from registry.intake.reading.text import shown, tidy, unreadable
from registry.intake.reading.workbooks import Numbered

ROWS: Final = 16  # rows shown to choose the headings from
COLUMNS: Final = 80  # more columns than any list has
_SAMPLES: Final = 3
_LONG: Final = 60  # letters of a cell
_NOTE: Final = 2  # filled cells a row of data has more of
_HIDDEN: Final = "•••"


@dataclass(frozen=True, slots=True)
class SketchedColumn:
    """One column of the file.

    Args:
        place: its letter.
        heading: as written; "" where there is none.
        field: the field it is taken for, "" for none.
        use: "known" (a field, or a column known to be of no interest), "unknown" or "never_stored".
        samples: some of its values; none of a column that must not be held.
    """

    place: str
    heading: str
    field: str
    use: str
    samples: list[str]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A file as its first rows show it.

    Args:
        sheet: the sheet the list was found on; "" for text.
        others: the other visible sheets.
        header_row: the row the headings begin in; 0 where none was found.
        rows: the first rows, number and cells; what must not be held is hidden.
        columns: its columns, from the left.
        groups: whether group rows stand for the column of units.
    """

    sheet: str
    others: list[str]
    header_row: int
    rows: list[tuple[int, list[str]]]
    columns: list[SketchedColumn]
    groups: bool

    def to_dict(self) -> dict[str, Any]:
        """The sketch as plain data."""
        return asdict(self)


def sketch(path: Path, *, columns: ColumnSet, said: Correction = NOTHING_SAID) -> Sketch:
    """Look at the first rows of a file. What a correction can mend is no refusal here.

    Raises:
        UnreadableFileError: the file cannot be read as a list, whatever is said of its columns.
    """
    found = find(path, columns, said=said)
    found.source.close()
    header = found.header
    if not header.row:
        refusal = no_header(found.preview, columns)
        if refusal.code != "no_header" or not _is_list(found.preview):
            raise refusal
    return Sketch(
        sheet=found.source.sheet,
        others=found.others,
        header_row=header.row,
        rows=_first_rows(found, columns),
        columns=_columns(found, columns) if header.row else [],
        groups=found.groups,
    )


def _is_list(rows: Iterable[Numbered]) -> bool:
    """Whether there are columns at all, in writing that can be read."""
    filled = [[cell for cell in cells if cell not in {"", None}] for _number, cells, _formulas in rows]
    return any(len(cells) > 1 for cells in filled) and not any(
        isinstance(cell, str) and unreadable(cell) for cells in filled for cell in cells
    )


def _columns(found: Found, columns: ColumnSet) -> list[SketchedColumn]:
    header, now = found.header, meanings(found.header)
    body = _body(found, columns)
    told = []
    for index in sorted({*now, *header.never_stored, *unheaded(found)})[:COLUMNS]:
        hidden = index in header.never_stored
        known = bool(now.get(index)) or index in header.known
        told.append(
            SketchedColumn(
                letter(index),
                shown(header.headings.get(index, "")),
                now.get(index, ""),
                "never_stored" if hidden else "known" if known else "unknown",
                [] if hidden else _samples(body, index),
            )
        )
    return told


def _body(found: Found, columns: ColumnSet) -> list[list[Any]]:
    """The rows of people; where no heading is understood, every row that is no note."""
    header, classifier = found.header, Classifier(found.header, columns)
    return [
        cells
        for number, cells, formulas in found.preview
        if number >= header.body_from
        and (
            classifier.kind(cells, formulas) == DATA
            if header.fields
            else sum(1 for cell in cells if cell not in {"", None}) > _NOTE
        )
    ]


def _samples(body: Iterable[Sequence[Any]], index: int) -> list[str]:
    found: dict[str, None] = {}
    for cells in body:
        if index < len(cells) and (text := _text(cells[index])):
            found[text] = None
        if len(found) == _SAMPLES:
            break
    return list(found)


def _first_rows(found: Found, columns: ColumnSet) -> list[tuple[int, list[str]]]:
    """Down to a little below the headings; below a heading of what must not be held nothing is shown."""
    until = max((place for place, row in enumerate(found.preview) if row[0] == found.header.row), default=0)
    hidden: set[int] = set(found.header.never_stored) if found.header.row else set()
    return [_row(row, hidden, columns) for row in found.preview[: max(ROWS, until + _SAMPLES)]]


def _row(row: Numbered, hidden: set[int], columns: ColumnSet) -> tuple[int, list[str]]:
    number, cells, _formulas = row
    texts = []
    for index, cell in enumerate(cells[:COLUMNS]):
        match = columns.match(tidy(cell)) if isinstance(cell, str) and cell else None
        heads = match is not None and match[0].use == NEVER_STORED
        text = _text(cell)
        texts.append(_HIDDEN if text and index in hidden and not heads else text)
        if heads:
            hidden.add(index)
    while texts and not texts[-1]:
        texts.pop()
    return number, texts


def _text(cell: Any) -> str:
    return shown(tidy(cell if isinstance(cell, str) else written(cell)), _LONG)
