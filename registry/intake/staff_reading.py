"""From the rows of a staff list to checked, resolved lines for a scratch table."""

from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import names
from common.circles import no_collection
from registry.intake.copying import CHUNK, Progress, Sender, line
from registry.intake.reading import (
    RawRow,
    Refusal,
    StaffValues,
    Table,
    parse_staff_row,
    plain_staff_rows,
)
from registry.intake.reading.refusals import refuse
from registry.intake.reading.rows import written
from registry.intake.reading.text import shown, tidy
from registry.intake.refused import RefusedRows
from registry.intake.units import Units, WrongUnit

SCRATCH = {
    "row": "integer",
    "staff_code": "text",
    "agency_id": "bigint",
    "full_name": "text",
    "sort_key": 'text COLLATE "C"',
    "search_key": 'text COLLATE "C"',
    "category": "text",
    "position": "text",
    "work_email": "text",
    "employed_since": "date",
    "status": "text",
}


@dataclass
class Read:
    """What one reading of a list found, beside its good rows."""

    rows: int = 0
    codes: dict[str, int] = field(default_factory=dict)  # every code of the list → the row it first stands in
    refused: set[str] = field(default_factory=set)  # the codes of rows that were refused
    units: set[int] = field(default_factory=set)  # the units of which somebody is listed
    nameless: set[str] = field(default_factory=set)  # search keys of people listed without a usable code


def read_staff(
    table: Table, *, sender: Sender, units: Units, refused: RefusedRows, progress: Progress
) -> Read:
    """Read a list to its end; good rows go to the sender as lines of `SCRATCH`, refusals are written down.

    Raises:
        UnreadableFileError: what the file turns out to be while it is read.
    """
    read, lines = Read(), []
    plain = plain_staff_rows(table)
    with no_collection(), sender:
        for row, group in table.numbered():
            read.rows += 1
            values = plain(row, group) if plain is not None else None
            taken = _take(values, read, units) if values is not None else None
            looked = taken or _look_closely(table.raw(row, group), read, units)
            if isinstance(looked, str):
                lines.append(looked)
            else:
                refused.add(looked)
            if read.rows % CHUNK == 0:
                sender.wait()  # the connection says one thing at a time
                refused.flush()
                progress.rows(read.rows)
                sender.send(lines)
                lines = []
        sender.send(lines)
    refused.flush()
    return read


def _take(values: StaffValues, read: Read, units: Units) -> str | None:
    """The line of a row of a tidy name; None where its unit or its code is not in order."""
    agency = units.find(values.unit)
    if isinstance(agency, WrongUnit) or read.codes.setdefault(values.staff_code, values.row) != values.row:
        return None
    read.units.add(agency)
    return _line(values, agency)


def _look_closely(raw: RawRow, read: Read, units: Units) -> str | list[Refusal]:
    """The line of a row, or everything that is wrong with it."""
    values = parse_staff_row(raw)
    if isinstance(values, list):
        _remember(raw, read, units)
        return values
    values = values._replace(full_name=names.tidy(values.full_name))
    taken = _take(values, read, units)
    if taken is not None:
        return taken
    refusals = []
    agency = units.find(values.unit)
    if isinstance(agency, WrongUnit):
        wrong = agency
        refusals.append(raw.refuse("unit", wrong.code, message=wrong.message, suggestion=wrong.suggestion))
    else:
        read.units.add(agency)
    first = read.codes.setdefault(values.staff_code, values.row)
    if first != values.row:
        refusals.append(_duplicate(raw, first))
    read.refused.add(values.staff_code)
    return refusals


def _line(values: StaffValues, agency_id: int) -> str:
    number, code, name, _unit, position, category, email, since, status, _group = values
    sort_key, search_key = names.list_keys(name)
    if since is not None:
        row = (
            f"{number}\t{code}\t{agency_id}\t{name}\t{sort_key}\t{search_key}\t{category}\t{position}\t{email}"
            f"\t{since.isoformat()}\t{status}\n"
        )
        # tidy text holds no tab and no end of line: only a backslash would COPY read as something else
        if "\\" not in row and row.count("\t") == len(SCRATCH) - 1:
            return row
    return line((
        number, code, agency_id, name, sort_key, search_key, category, position, email, since, status,
    ))  # fmt: skip


def _duplicate(raw: RawRow, first: int) -> Refusal:
    return raw.refuse(
        "staff_code",
        "duplicate_code",
        message=format_lazy(_("The code stands in row {row} already."), row=first),
        suggestion=_("Keep one of the two rows, or give each person their own code."),
    )


def _remember(raw: RawRow, read: Read, units: Units) -> None:
    """A refused row still says that its person, and its unit, are on the list."""
    code = _plain(raw, "staff_code")
    if code:
        read.codes.setdefault(code, raw.number)
        read.refused.add(code)
    else:
        parts = ("full_name", "family_name", "middle_name", "given_name")
        name = " ".join(part for part in (_plain(raw, one) for one in parts) if part)
        if name:
            read.nameless.add(names.search_key(name))
    unit = _plain(raw, "unit") or (raw.group if "unit" not in raw.headings else "")
    agency = units.find(unit) if unit else None
    if isinstance(agency, int):
        read.units.add(agency)


def _plain(raw: RawRow, name: str) -> str:
    cell = raw.cells.get(name, "")
    return tidy(shown(cell if isinstance(cell, str) else written(cell)))


def foreign_person(table: Table, row: int, code: str) -> Refusal:
    """The refusal of somebody another agency has on record; whom, and where, is not said."""
    return refuse(
        row,
        table.headings.get("staff_code", ""),
        "foreign_person",
        code,
        message=_("The register has this code in an agency outside this list."),
        suggestion=_("Check the code. If the person has moved here, their former agency records it first."),
    )
