"""A list found in a file: its headings understood, its rows streamed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from registry.intake.reading.columns import ColumnSet
from registry.intake.reading.delimited import Delimited
from registry.intake.reading.kind import kind_of
from registry.intake.reading.layout import DATA, Classifier, Header, Held, find_header, letter
from registry.intake.reading.refusals import MAX_ROWS, Message, Refusal, file_refusal, refuse
from registry.intake.reading.text import legacy_font, shown
from registry.intake.reading.workbooks import Merge, Numbered, Workbook

Cell = str | float | int | bool | date | datetime | timedelta | None
_NO_FORMULAS: frozenset[str] = frozenset()
_NO_NAME = 3  # "(2)" below a heading


@dataclass(slots=True)
class RawRow:
    """One row of the list as it stands in the file, columns named by field.

    Args:
        number: the spreadsheet's own row number.
        cells: what stands in each understood column ("" where nothing does); never a column not to be stored.
        group: the text of the group row above ("Văn phòng Sở"), without its numbering; "" when there is none.
        formulas: fields whose cell holds a formula.
        headings: the heading of each field, as written in the file.
        overflow: whether a delimited row has more cells than there are headings.
    """

    number: int
    cells: dict[str, Cell]
    group: str
    formulas: frozenset[str]
    headings: Mapping[str, str]
    overflow: bool = False

    def refuse(
        self,
        name: str,
        code: str,
        *,
        value: object = None,
        message: Message | None = None,
        suggestion: Message = "",
    ) -> Refusal:
        """A refusal of this row for what stands in the column of a field ("" for the whole row)."""
        held = self.cells.get(name, "") if value is None else value
        return refuse(
            self.number,
            self.headings.get(name) or (self.headings.get("given_name", "") if name == "full_name" else ""),
            code,
            "" if held is None else held,
            message=message,
            suggestion=suggestion,
        )


@dataclass
class _Source:
    """Where rows come from, and how to read them again from the start."""

    open: Callable[[], Iterator[Numbered]]
    close: Callable[[], None]
    sheet: str
    merges: Sequence[Merge] | None
    delimited: bool
    height: int = 0  # rows of the whole sheet, blank ones too; about right is enough


@dataclass
class Table:
    """A list found in a file. Use it in a `with`: a workbook is being read by a process of its own.

    Args:
        header_row: the row the headings begin in, as the spreadsheet numbers it.
        sheet: the sheet it was found on ("" for delimited text).
        ignored_sheets: the other visible sheets.
        recognised: for each field the letter of its column and the heading as written.
        unknown_columns: letter and heading of the columns that mean nothing here ("": no heading).
        never_stored: letter and heading of the columns the register must not hold; they are not read.
        ignored_columns: letter and heading of known columns of no interest (STT).
    """

    path: Path
    columns: ColumnSet
    header_row: int
    sheet: str
    ignored_sheets: list[str]
    recognised: dict[str, tuple[str, str]]
    unknown_columns: list[tuple[str, str]]
    never_stored: list[tuple[str, str]]
    ignored_columns: list[tuple[str, str]]
    max_rows: int
    _header: Header
    _source: _Source
    _groups: bool = field(default=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process that reads the workbook."""
        self._source.close()

    @property
    def height(self) -> int:
        """About how many rows there are below the headings, for telling how far one has come."""
        return max(self._source.height - self.header_row, 0)

    @property
    def headings(self) -> dict[str, str]:
        """The heading of each field as written in the file."""
        return {name: heading for name, (_, heading) in self.recognised.items()}

    def all_columns(self) -> list[tuple[int, str]]:
        """Position and heading of every column that may be handed back: not those never stored."""
        header = self._header
        kept = {index: text for index, text in header.headings.items() if index not in header.never_stored}
        if header.continued_name is not None:
            kept[header.continued_name] = ""
        return [
            (index, text) for index, text in sorted(kept.items()) if header.known.get(index) != "returned"
        ]

    def position(self, heading: str) -> int | None:
        """The position of the column a refusal names by its heading."""
        return next(
            (self._header.fields[name] for name, text in self.headings.items() if text == heading), None
        )

    def numbered(self) -> Iterator[tuple[Numbered, str]]:
        """Every row of the list with its cells by position, and the group it stands in.

        Raises:
            UnreadableFileError: too_many_rows, no_rows, or what the file turns out to be while it is read.
        """
        header, count = self._header, 0
        classifier = Classifier(header, self.columns)
        width = max((*header.headings, header.continued_name or 0)) + 1
        key = header.fields[self.columns.key]
        others = [
            header.fields[column.field]
            for column in self.columns.columns
            if column.required and column.field != self.columns.key and column.field in header.fields
        ]
        second, third = (others[0], others[-1]) if others else (key, key)
        hold = Held(self._source.merges, header) if self._source.merges else None
        ended = False
        for number, cells, formulas in self._source.open():
            if number < header.body_from:
                continue
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
            if hold is not None:
                hold.fill(number, cells)
            mark, text = cells[key], cells[second]
            # The common row is told at a glance: a code with a digit beside two filled columns.
            if ended or not (
                type(mark) is str
                and type(text) is str
                and len(text) > _NO_NAME
                and cells[third]
                and mark[-1:].isdigit()
            ):
                kind = classifier.kind(cells, formulas)
                ended = classifier.ended
                if kind != DATA:
                    continue
            count += 1
            if count > self.max_rows:
                self.close()
                raise file_refusal("too_many_rows", limit=self.max_rows)
            yield (number, cells, formulas), classifier.group
        if count == 0:
            raise file_refusal("no_rows")

    def rows(self) -> Iterator[RawRow]:
        """Every row of the list, in order, as it stands; group rows, totals and signatures are not rows.

        Raises:
            UnreadableFileError: too_many_rows, no_rows, or what the file turns out to be while it is read.
        """
        header, headings = self._header, self.headings
        places = dict(header.fields)
        if header.continued_name is not None:
            places["given_name"] = header.continued_name
        names, take = tuple(places), _taker(tuple(places.values()))
        by_index = {index: name for name, index in places.items()}
        last = max((*header.headings, header.continued_name or 0))
        delimited, groups, group_field = self._source.delimited, self._groups, self.columns.group_field
        for (number, cells, formulas), group in self.numbered():
            row = RawRow(number, dict(zip(names, take(cells), strict=True)), group, _NO_FORMULAS, headings)
            if formulas:
                row.formulas = frozenset(by_index[index] for index in formulas if index in by_index)
            if groups:
                row.cells[group_field] = group
            if delimited and len(cells) > last + 1 and any(cells[last + 1 :]):
                row.overflow = True
            yield row


def _taker(places: tuple[int, ...]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    if len(places) == 1:
        only = places[0]
        return lambda cells: (cells[only],)
    return itemgetter(*places)


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
    source: _Source
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
    source = _Source(
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
            source = _Source(
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
        _groups=found.groups,
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
