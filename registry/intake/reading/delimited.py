"""Delimited text (CSV): which encoding, and its records with the numbers a spreadsheet would show."""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from registry.intake.reading.refusals import file_refusal
from registry.intake.reading.workbooks import Numbered

DELIMITERS = (",", ";", "\t", "|")
PREVIEW = 120
_CHUNK = 1024 * 1024
# Letters only Vietnamese UTF-8 makes: their presence means a bad byte is damage, not another encoding.
_VIETNAMESE_UTF8 = re.compile(rb"\xe1[\xba\xbb][\x80-\xbf]|\xc4\x91|\xc6[\xa0\xb0]")
_SEP = re.compile(r"^sep=(.)$", re.IGNORECASE)


def encoding_of(path: Path) -> str:
    """The encoding a whole file can be read in: UTF-8, UTF-16 (either order, marked or not) or CP1258.

    Raises:
        UnreadableFileError: bad_encoding, naming the first line that cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(8192)
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    # ASCII punctuation and spaces in UTF-16 leave a zero on one side of every pair; a stray NUL does not.
    if head[1::2].count(0) * 4 > len(head) // 2 > 0:
        return "utf-16-le"
    if head[::2].count(0) * 4 > len(head) // 2 > 0:
        return "utf-16-be"
    if (bad := _first_bad_line(path, "utf-8")) is None:
        return "utf-8"
    if head.startswith(codecs.BOM_UTF8) or _holds(path, _VIETNAMESE_UTF8):
        raise file_refusal("bad_encoding", line=bad)
    if (bad := _first_bad_line(path, "cp1258")) is not None:
        raise file_refusal("bad_encoding", line=bad)
    return "cp1258"


def _first_bad_line(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass" if encoding == "utf-8" else "strict")
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return line + chunk.count(b"\n", 0, error.start)
            if not chunk:
                return None
            line += chunk.count(b"\n")


def _holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(_CHUNK):
            if pattern.search(tail + chunk):
                return True
            tail = chunk[-2:]
    return False


class Delimited:
    """A delimited file whose encoding is known and whose delimiter is still open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = encoding_of(path)
        with self._open() as file:
            first = file.readline(16).strip("\r\n \ufeff")
        sep = _SEP.match(first)
        # "sep=;" is a word to the spreadsheet, which does not show it as a row.
        self._skip = 1 if sep else 0
        self.delimiters: tuple[str, ...] = (sep[1],) if sep else DELIMITERS

    def preview(self, delimiter: str) -> list[Numbered]:
        """The first records that are not blank, read with a delimiter."""
        try:
            return list(islice(self.rows(delimiter), PREVIEW))
        except csv.Error:
            return []

    def rows(self, delimiter: str) -> Iterator[Numbered]:
        """Every record that is not blank, numbered as a spreadsheet numbers them: one row a record.

        Raises:
            UnreadableFileError: bad_encoding, unclosed_quote.
        """
        with self._open() as file:
            quotes = 0

            def lines() -> Iterator[str]:
                nonlocal quotes
                for line in file:
                    quotes += line.count('"')
                    yield line

            reader = csv.reader(lines(), delimiter=delimiter)
            number = -self._skip
            before, spans = 0, 0
            try:
                for cells in reader:
                    number += 1
                    spans, before = reader.line_num - before, reader.line_num
                    if number > 0 and any(cells):
                        yield number, cells, []
            except UnicodeDecodeError as error:
                raise file_refusal("bad_encoding", line=reader.line_num + 1) from error
            except csv.Error as error:
                raise file_refusal("unclosed_quote", row=max(number, 0) + 1) from error
            if spans > 1 and quotes % 2:
                raise file_refusal("unclosed_quote", row=number)

    def _open(self) -> TextIO:
        errors = "strict" if self.encoding == "cp1258" else "surrogatepass"
        file = self.path.open(encoding=self.encoding, errors=errors, newline="")
        if file.read(1) != "\ufeff":
            file.seek(0)
        return file
