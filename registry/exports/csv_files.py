"""CSV: UTF-8 with a byte order mark, commas, CRLF; every cell quoted and protected (see `protection`)."""

from collections.abc import Iterable
from itertools import islice
from typing import Protocol

from registry.exports.protection import csv_line

_TOGETHER = 1_000  # lines encoded and handed on at once


class Target(Protocol):
    """What takes the bytes of a file."""

    def write(self, data: bytes, /) -> int:
        """Take some more."""


def write_csv(target: Target, headers: list[str], lines: Iterable[list[str]]) -> int:
    """Write the list line by line; memory does not grow with it. Returns the number of lines."""
    target.write(f"\ufeff{csv_line(headers)}".encode())
    source = iter(lines)
    count = 0
    while part := list(islice(source, _TOGETHER)):
        target.write("".join(map(csv_line, part)).encode())
        count += len(part)
    return count
