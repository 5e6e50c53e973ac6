"""Finding a list in a file: which sheet or delimiter, where its headings stand, what is missing."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.intake.reading.columns import Column, ColumnSet
from registry.intake.reading.corrected import NOTHING_SAID, Correction, correct
from registry.intake.reading.delimited import Delimited
from registry.intake.reading.kind import kind_of
from registry.intake.reading.layout import DATA, Classifier, Header, find_header, letter
from registry.intake.reading.refusals import MAX_ROWS, UnreadableFileError, file_refusal
from registry.intake.reading.tables import Source, Table
from registry.intake.reading.text import legacy_font, shown
from registry.intake.reading.workbooks import Numbered, Workbook


def open_table(
    path: Path,
    *,
    columns: ColumnSet,
    max_rows: int = MAX_ROWS,
    said: Correction = NOTHING_SAID,
    meanwhile: Callable[[], object] | None = None,
) -> Table:
    """Finds a list in a file by what the file holds, whatever its name says.

    Args:
        path: an XLSX, XLS or ODS workbook, or text delimited by comma, semicolon or tab.
        columns: what may stand in the list.
        max_rows: how many rows it may have.
        said: what an officer says its columns are.
        meanwhile: called while a workbook is being opened by its own process, which takes as long as reading
            it; not called for text.

    Raises:
        UnreadableFileError: the whole file is refused; the code says why (empty_file, wrong_type,
            encrypted_file, zip_bomb, corrupt_file, too_big, too_heavy, bad_encoding, legacy_font, no_header,
            missing_columns, duplicate_columns).
    """
    found = find(path, columns, said=said, meanwhile=meanwhile)
    table = None
    try:
        table = _table(path, columns, max_rows, found)
    finally:
        if table is None:
            found.source.close()
    return table


@dataclass
class Found:
    """What stands in a file: the first rows of the list, and its headings (row 0 where there are none)."""

    header: Header
    preview: list[Numbered]
    source: Source
    others: list[str]
    groups: bool


def find(
    path: Path,
    columns: ColumnSet,
    *,
    said: Correction = NOTHING_SAID,
    meanwhile: Callable[[], object] | None = None,
) -> Found:
    """Look for the list; whoever called closes its source.

    Raises:
        UnreadableFileError: as `open_table`, but not for what a correction could mend.
    """
    kind = kind_of(path)
    return (
        _in_text(path, columns, said) if kind == "csv" else _in_workbook(path, kind, columns, said, meanwhile)
    )


def _in_text(path: Path, columns: ColumnSet, said: Correction) -> Found:
    text = Delimited(path)
    tried = []
    for delimiter in text.delimiters:
        preview = text.preview(delimiter)
        header = find_header(preview, columns, None, at=said.header_row)
        tried.append((header or _none(), preview, delimiter))
    # A header that is understood decides; where none is, how far the rows fall into columns.
    guessed = said.header_row or not any(header.score for header, _preview, _delimiter in tried)
    header, preview, chosen = max(tried, key=lambda one: (one[0].score, _width(one[1]) if guessed else 0))
    correct(header, said.fields, columns)
    source = Source(
        lambda: text.rows(chosen), lambda: None, "", None, delimited=True, height=_line_ends(path)
    )
    return Found(header, preview, source, [], _by_groups(header, preview, columns))


def _none() -> Header:
    return Header(row=0, body_from=0, headings={})


def _width(rows: list[Numbered]) -> int:
    return max((len(cells) for _number, cells, _formulas in rows), default=0)


def _line_ends(path: Path) -> int:
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1024 * 1024), b""))


def _in_workbook(
    path: Path, kind: str, columns: ColumnSet, said: Correction, meanwhile: Callable[[], object] | None
) -> Found:
    """The first visible sheet on which every required column stands; else the one best understood."""
    book = Workbook(path, kind, meanwhile)
    try:
        nearest: Found | None = None
        for preview in book.previews():
            if said.sheet not in {"", preview.name}:
                continue
            header = find_header(preview.rows, columns, preview.merges, at=said.header_row) or _none()
            correct(header, said.fields, columns)
            source = Source(
                _once(book, path, kind, preview.name),
                book.close,
                preview.name,
                preview.merges,
                delimited=False,
                height=preview.height,
            )
            others = [name for name in book.sheet_names if name != preview.name]
            found = Found(header, preview.rows, source, others, _by_groups(header, preview.rows, columns))
            if not missing(header.fields, columns, groups=found.groups):
                return found
            if nearest is None or not nearest.preview or header.score > nearest.header.score:
                nearest = found
        if nearest is None:
            raise no_header([], columns)  # noqa: TRY301 (the process must end on this way out too)
    except BaseException:
        book.close()
        raise
    return nearest


def _once(book: Workbook, path: Path, kind: str, sheet: str) -> Callable[[], Iterator[Numbered]]:
    """The rows of a sheet: from the process that already holds it, later from a new one."""
    first = [book]

    def rows() -> Iterator[Numbered]:
        current = first.pop() if first else Workbook(path, kind)
        if current is not book and all(preview.name != sheet for preview in current.previews()):
            current.close()
            raise file_refusal("corrupt_file")
        return current.rows()

    return rows


def _by_groups(header: Header, preview: list[Numbered], columns: ColumnSet) -> bool:
    """Whether group rows stand for a column that is not there: the unit, named once above its people."""
    if not columns.group_field or columns.group_field in header.fields or columns.key not in header.fields:
        return False
    classifier = Classifier(header, columns)
    for number, cells, formulas in preview:
        if number >= header.body_from and classifier.kind(cells, formulas) == DATA:
            return bool(classifier.group)
    return False


def missing(fields: Collection[str], columns: ColumnSet, *, groups: bool) -> list[Column]:
    """The columns a list lacks that has these fields.

    Args:
        fields: of its columns.
        columns: what may stand in it.
        groups: whether group rows stand for the column of units.
    """
    return [
        column
        for column in columns.columns
        if column.required
        and column.field not in fields
        and not any(part in fields for part in columns.parts.get(column.field, ()))
        and not (groups and column.field == columns.group_field)
    ]


def no_header(seen: list[Numbered], columns: ColumnSet) -> UnreadableFileError:
    """The refusal of a file without headings, or written before Unicode so that none can be read."""
    if any(isinstance(cell, str) and legacy_font(cell[:200]) for _, cells, _ in seen[:40] for cell in cells):
        return file_refusal("legacy_font")
    return file_refusal(
        "no_header", columns=[column.heading for column in columns.columns if column.required]
    )


def _table(path: Path, columns: ColumnSet, max_rows: int, found: Found) -> Table:
    header = found.header
    if not header.row:
        raise no_header(found.preview, columns)
    if lacking := missing(header.fields, columns, groups=found.groups):
        refusal = file_refusal("missing_columns", columns=[column.heading for column in lacking])
        refusal.extra["accepted"] = {
            column.heading: [column.heading, *column.wordings[:8]] for column in lacking
        }
        refusal.extra["unknown"] = [
            [letter(index), shown(header.headings[index])] for index in header.unknown
        ]
        raise refusal
    if header.duplicates:
        raise file_refusal(
            "duplicate_columns",
            columns=[
                f"{letter(index)} “{header.headings[index]}”" for pair in header.duplicates for index in pair
            ],
        )

    def named(indexes: Sequence[int]) -> list[tuple[str, str]]:
        return [(letter(index), shown(header.headings.get(index, ""))) for index in sorted(indexes)]

    return Table(
        path=path,
        columns=columns,
        header_row=header.row,
        sheet=found.source.sheet,
        ignored_sheets=found.others,
        recognised={
            name: (letter(index), shown(header.headings[index])) for name, index in header.fields.items()
        },
        unknown_columns=named([*header.unknown, *unheaded(found)]),
        never_stored=named(list(header.never_stored)),
        ignored_columns=named(list(header.known)),
        max_rows=max_rows,
        _header=header,
        _source=found.source,
        by_groups=found.groups,
    )


def unheaded(found: Found) -> list[int]:
    """Columns without a heading that hold something in the first rows: named, not silently dropped."""
    header = found.header
    there = {
        index
        for number, cells, _ in found.preview
        if number >= header.body_from and sum(1 for cell in cells if cell not in {"", None}) > 2  # noqa: PLR2004 (not a note)
        for index, cell in enumerate(cells)
        if cell not in {"", None} and index <= max(header.headings, default=-1)
    }
    return sorted(there - set(header.headings) - {header.continued_name})
