"""The data files as rows: reading and dates, no interpretation.

The files are described, with their sources and doubts, in docs/data.md.
"""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
ONE_DAY = dt.timedelta(days=1)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Every row of one data file (``name`` without folder), as text; UTF-8, comma, first line the header."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def first_day(text: str) -> dt.date | None:
    """A date of the files, or None where the file says nothing."""
    return dt.date.fromisoformat(text) if text else None


def first_day_gone(text: str) -> dt.date | None:
    """The first day something no longer is: the files name its *last* day, the register works half-open."""
    last = first_day(text)
    return last + ONE_DAY if last else None


def several(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(part.strip() for part in text.split(";") if part.strip())
