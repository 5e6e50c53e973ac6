"""A list found in a file: its headings understood, its rows streamed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from registry.intake.reading.columns import ColumnSet
from registry.intake.reading.layout import DATA, Classifier, Header, Held
from registry.intake.reading.refusals import Message, Refusal, file_refusal, refuse
from registry.intake.reading.workbooks import Merge, Numbered

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
class Source:
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
        by_groups: whether the text of the group rows stands for a column that is not there.
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
    _source: Source
    by_groups: bool = False

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
    def delimited(self) -> bool:
        """Whether it is text: a row may then have more cells than there are headings."""
        return self._source.delimited

    @cached_property
    def headings(self) -> dict[str, str]:
        """The heading of each field as written in the file."""
        return {name: heading for name, (_, heading) in self.recognised.items()}

    @cached_property
    def places(self) -> dict[str, int]:
        """The position of each field's column."""
        header = self._header
        beside = {} if header.continued_name is None else {"given_name": header.continued_name}
        return {**header.fields, **beside}

    @cached_property
    def width(self) -> int:
        """How many columns have a heading, those before and between them counted."""
        return max((*self._header.headings, self._header.continued_name or 0)) + 1

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
        width = self.width
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

    def raw(self, row: Numbered, group: str) -> RawRow:
        """A row of `numbered` as it stands, its cells by field."""
        number, cells, formulas = row
        places = self.places
        raw = RawRow(
            number,
            {name: cells[index] for name, index in places.items()},
            group,
            frozenset(name for name, index in places.items() if index in formulas)
            if formulas
            else _NO_FORMULAS,
            self.headings,
        )
        if self.by_groups:
            raw.cells[self.columns.group_field] = group
        raw.overflow = self._overflows(cells)
        return raw

    def rows(self) -> Iterator[RawRow]:
        """Every row of the list, in order, as it stands; group rows, totals and signatures are not rows.

        Raises:
            UnreadableFileError: too_many_rows, no_rows, or what the file turns out to be while it is read.
        """
        for row, group in self.numbered():
            yield self.raw(row, group)

    def _overflows(self, cells: Sequence[Any]) -> bool:
        return self.delimited and len(cells) > self.width and any(cells[self.width :])
