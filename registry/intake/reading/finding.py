"""Finding a list in a file: which sheet or delimiter, where its headings stand, what is missing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.intake.reading.columns import ColumnSet
from registry.intake.reading.delimited import Delimited
from registry.intake.reading.kind import kind_of
from registry.intake.reading.layout import DATA, Classifier, Header, find_header, letter
from registry.intake.reading.refusals import MAX_ROWS, file_refusal
from registry.intake.reading.tables import Source, Table
from registry.intake.reading.text import legacy_font, shown
from registry.intake.reading.workbooks import Numbered, Workbook


def open_table(
    path: Path,
    *,
    columns: ColumnSet,
    max_rows: int = MAX_ROWS,
    meanwhile: Callable[[], object] | None = None,
) -> Table:
    """Finds a list in a file by what the file holds, whatever its name says.

    Args:
        path: an XLSX, XLS or ODS workbook, or text delimited by comma, semicolon or tab.
        columns: what may stand in the list.
        max_rows: how many rows it may have.
        meanwhile: called while a workbook is being opened by its own process, which takes as long as reading
            it; not called for text.

    Raises:
        UnreadableFileError: the whole file is refused; the code says why (empty_file, wrong_type,
            encrypted_file, zip_bomb, corrupt_file, too_big, too_heavy, bad_encoding, legacy_font, no_header,
            missing_columns, duplicate_columns).
    """
    kind = kind_of(path)
    found = _in_text(path, columns) if kind == "csv" else _in_workbook(path, kind, columns, meanwhile)
    table = None
    try:
        table = _table(path, columns, max_rows, found)
    finally:
        if table is None:
            found.source.close()
    return table


@dataclass
class _Found:
    header: Header
    preview: list[Numbered]
    source: Source
    others: list[str]
    groups: bool


def _in_text(path: Path, columns: ColumnSet) -> _Found:
    text = Delimited(path)
    seen: list[Numbered] = []
    best: tuple[Header, list[Numbered], str] | None = None
    for delimiter in text.delimiters:
        preview = text.preview(delimiter)
        seen = seen or preview
        header = find_header(preview, columns, None)
        if header is not None and (best is None or header.score > best[0].score):
            best = header, preview, delimiter
    if best is None:
        raise _no_header(seen, columns)
    header, preview, chosen = best
    source = Source(
        lambda: text.rows(chosen), lambda: None, "", None, delimited=True, height=_line_ends(path)
    )
    return _Found(header, preview, source, [], _by_groups(header, preview, columns))


def _line_ends(path: Path) -> int:
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1024 * 1024), b""))


def _in_workbook(path: Path, kind: str, columns: ColumnSet, meanwhile: Callable[[], object] | None) -> _Found:
    """The first visible sheet on which every required column stands; else the one best understood."""
    book = Workbook(path, kind, meanwhile)
    try:
        seen: list[Numbered] = []
        nearest: _Found | None = None
        for preview in book.previews():
            seen = seen or preview.rows
            header = find_header(preview.rows, columns, preview.merges)
            if header is None:
                continue
            source = Source(
                _once(book, path, kind, preview.name),
                book.close,
                preview.name,
                preview.merges,
                delimited=False,
                height=preview.height,
            )
            others = [name for name in book.sheet_names if name != preview.name]
            found = _Found(header, preview.rows, source, others, _by_groups(header, preview.rows, columns))
            if not _missing(found, columns):
                return found
            if nearest is None or header.score > nearest.header.score:
                nearest = found
        if nearest is None:
            raise _no_header(seen, columns)  # noqa: TRY301 (the process must end on this way out too)
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


def _missing(found: _Found, columns: ColumnSet) -> list[str]:
    fields = found.header.fields
    return [
        column.heading
        for column in columns.columns
        if column.required
        and column.field not in fields
        and not any(part in fields for part in columns.parts.get(column.field, ()))
        and not (found.groups and column.field == columns.group_field)
    ]


def _no_header(seen: list[Numbered], columns: ColumnSet) -> Exception:
    if any(isinstance(cell, str) and legacy_font(cell[:200]) for _, cells, _ in seen[:40] for cell in cells):
        return file_refusal("legacy_font")
    return file_refusal(
        "no_header", columns=[column.heading for column in columns.columns if column.required]
    )


def _table(path: Path, columns: ColumnSet, max_rows: int, found: _Found) -> Table:
    header = found.header
    if missing := _missing(found, columns):
        accepted = {
            heading: [column.heading, *column.wordings[:8]]
            for heading in missing
            for column in columns.columns
            if column.heading == heading
        }
        refusal = file_refusal("missing_columns", columns=missing)
        refusal.extra["accepted"] = accepted
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
        unknown_columns=named([*header.unknown, *_unheaded(found)]),
        never_stored=named(list(header.never_stored)),
        ignored_columns=named(list(header.known)),
        max_rows=max_rows,
        _header=header,
        _source=found.source,
        by_groups=found.groups,
    )


def _unheaded(found: _Found) -> list[int]:
    """Columns without a heading that hold something in the first rows: named, not silently dropped."""
    header = found.header
    there = {
        index
        for number, cells, _ in found.preview
        if number >= header.body_from and sum(1 for cell in cells if cell not in {"", None}) > 2  # noqa: PLR2004 (not a note)
        for index, cell in enumerate(cells)
        if cell not in {"", None} and index <= max(header.headings)
    }
    return sorted(there - set(header.headings) - {header.continued_name})
