"""CSV: UTF-8 with a byte order mark, commas, CRLF; every cell quoted and protected (see `protection`)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Protocol

from registry.exports.lines import parts
from registry.exports.protection import csv_cells
from registry.exports.reading import TextRow

_TOGETHER = 1_000  # lines encoded and handed on at once


class Target(Protocol):
    """What takes the bytes of a file."""

    def write(self, data: bytes, /) -> int:
        """Take some more."""


def csv_lines(rows: Iterable[TextRow], as_of: datetime) -> Iterator[str]:
    """The lines of the file, without their ends."""
    for person, account, finding, evidence, basis in parts(rows, as_of, csv_cells):
        yield f"{person},{account},{finding},{evidence},{basis}"


def write_csv(target: Target, headers: list[str], lines: Iterable[str]) -> int:
    """Write the list; memory does not grow with it. Returns the number of lines.

    Args:
        target: takes the bytes, a thousand lines at once.
        headers: heads of the columns.
        lines: each as `csv_cells` joins its cells.
    """
    target.write(f"\ufeff{csv_cells(headers)}\r\n".encode())
    source = iter(lines)
    count = 0
    while some := list(islice(source, _TOGETHER)):
        count += len(some)
        some.append("")  # the last line ends like the others
        target.write("\r\n".join(some).encode())
    return count
