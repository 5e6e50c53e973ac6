"""What an officer says of a file's columns, where the register took them for something else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.intake.reading.columns import ColumnSet
from registry.intake.reading.layout import Header, letter, settle_names

_LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Correction:
    """What was said; empty where the file was understood.

    Args:
        sheet: the sheet the list stands on; "" is the one that is found.
        header_row: the row the headings begin in, as the spreadsheet numbers it; 0 is the one that is found.
        fields: by the letter of a column the field it holds, "" where it is to be left out. Other columns are
            what their headings say.
    """

    sheet: str = ""
    header_row: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)


NOTHING_SAID = Correction()


def meanings(header: Header) -> dict[int, str]:
    """The field each column is taken for, "" for none; a column that must not be held is not among them."""
    found = {index: "" for index in header.headings if index not in header.never_stored}
    found |= {index: name for name, index in header.fields.items()}
    for rivals in header.duplicates:
        name = next((found[index] for index in rivals if found.get(index)), "")
        found |= dict.fromkeys(rivals, name)
    if header.continued_name is not None:
        found[header.continued_name] = "given_name"
    return found


def correct(header: Header, said: Mapping[str, str], columns: ColumnSet) -> None:
    """Let the header mean what was said, column by column."""
    if not said:
        return
    told = {
        index: name
        for index, name in ((_index(place), name) for place, name in said.items())
        if index not in header.never_stored and (not name or name in columns.by_field)
    }
    now = meanings(header) | told
    full = header.fields.get("full_name")
    if header.continued_name is not None:
        if told.keys() & {full, header.continued_name} or "full_name" in told.values():
            header.continued_name = None
        else:
            del now[header.continued_name]
    claims: dict[str, list[int]] = {}
    for index, name in sorted(now.items()):
        if name:
            claims.setdefault(name, []).append(index)
    header.fields = {name: indexes[0] for name, indexes in claims.items()}
    header.duplicates = [indexes for indexes in claims.values() if len(indexes) > 1]
    header.known = {index: what for index, what in header.known.items() if not now.get(index)}
    header.known |= {index: _LEFT_OUT for index, name in told.items() if not name}
    header.unknown = [index for index in header.unknown if not now.get(index) and index not in told]
    for index in told:
        header.headings.setdefault(index, letter(index))
    settle_names(header, columns)


def _index(place: str) -> int:
    number = 0
    for sign in place:
        number = number * 26 + ord(sign) - 64
    return number - 1
