"""The limited process in which a workbook is opened. Run by path, alone: it imports nothing of the project.

A hostile workbook can make any reader take all memory (one value in a sheet's last cell makes a range of 17
thousand million cells) or never end; here it meets a limit of memory and of processor time, and the process
that asked for it lives on.

It speaks over its own pipes, in frames: four bytes of length, then a pickled tuple.
    ("book", [sheet names])
    ("sheet", name, height, preview rows, merged ranges), and waits for a line: "skip" or "rows"
    ("rows", [(number, cells)…], {number: [column…] holding a formula})
    ("end",) or ("error", code)
"""

import gc
import pickle
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree as ET

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY = 2 * 1024**3
SECONDS = 100
PREVIEW = 120
BATCH = 500
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_HINTS = (b"<f", b":f")  # two quick looks spare the search through most sheets
_CHUNK = 4 * 1024 * 1024

Formulas = dict[int, list[int]]


def send(*frame: Any) -> None:
    """Writes one frame; a parent that is gone ends this process."""
    data = pickle.dumps(frame, protocol=5)
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()


def numbered(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """Rows with the sheet's own numbers, every row starting at column A; blank ones are left out."""
    start = sheet.start or (0, 0)
    pad = [""] * start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        if any(row) or any(cell not in {"", None} for cell in row):
            yield number, pad + row if pad else row


def column_number(letters: bytes) -> int:
    """Zero for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def formulas_in(path: str, sheet_name: str) -> Formulas:
    """Which cells of an XLSX sheet hold a formula, by row number; calamine only gives their last result."""
    found: Formulas = {}
    with zipfile.ZipFile(path) as archive, archive.open(part_of(archive, sheet_name)) as part:
        rest = b""
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            if any(hint in text for hint in _HINTS):
                for match in _FORMULA.finditer(text):
                    if place := _PLACE.search(match[1]):
                        found.setdefault(int(place[2]), []).append(column_number(place[1]))
            # A cell cut in two by the chunk is looked at again with the next one.
            cut = text.rfind(b"</", max(0, len(text) - 65536))
            rest = text[cut:] if cut >= 0 else text[-4096:]
    return found


def part_of(archive: zipfile.ZipFile, sheet_name: str) -> str:
    """The archive's name of the part that holds a sheet."""
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 (this process is the limit)
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 (likewise)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == sheet_name:
            ids = [
                value for key, value in sheet.attrib.items() if key == f"{_OFFICE}id" or key.endswith("}id")
            ]
            target = targets[ids[0]]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet_name)


def stream(sheet: CalamineSheet, formulas: Formulas) -> None:
    """Sends every row that is not blank. A row whose formula has no result is still a row."""
    batch: list[tuple[int, list[Any]]] = []
    waiting = sorted(formulas, reverse=True)
    for number, row in numbered(sheet):
        while waiting and waiting[-1] < number:
            batch.append((waiting.pop(), []))
        if waiting and waiting[-1] == number:
            waiting.pop()
        batch.append((number, row))
        if len(batch) >= BATCH:
            flush(batch, formulas)
            batch = []
    batch.extend((number, []) for number in reversed(waiting))
    flush(batch, formulas)
    send("end")


def flush(batch: list[tuple[int, list[Any]]], formulas: Formulas) -> None:
    """Sends a batch with the formulas that stand in it."""
    send(
        "rows",
        batch,
        {number: formulas[number] for number, _ in batch if number in formulas} if formulas else {},
    )


def read(path: str, kind: str) -> None:
    """Offers each visible sheet in turn until one is asked for."""
    # calamine lets other threads run while it reads a sheet: looking for formulas costs no time of its own.
    with CalamineWorkbook.from_path(path) as book, ThreadPoolExecutor(1) as threads:
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        send("book", names)
        for name in names:
            scan = threads.submit(formulas_in, path, name) if kind == "xlsx" else None
            sheet = book.get_sheet_by_name(name)
            rows = []
            for row in numbered(sheet):
                rows.append(row)
                if len(rows) >= PREVIEW:
                    break
            wide = [merge for merge in sheet.merged_cell_ranges or [] if merge[0] != merge[1]]
            send(
                "sheet",
                name,
                sheet.total_height,
                rows,
                wide if sheet.merged_cell_ranges is not None else None,
            )
            answer = sys.stdin.readline().strip()
            if answer == "rows":
                stream(sheet, scan.result() if scan is not None else {})
                return
            if answer != "skip":
                return
        send("end")


def main() -> None:
    """Takes the limits first, then opens the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # rows hold no circles, and the process is short-lived: looking for them doubled its time
    try:
        read(sys.argv[1], sys.argv[2])
    except PasswordError:
        send("error", "encrypted_file")
    except MemoryError:
        send("error", "too_heavy")
    except (CalamineError, zipfile.BadZipFile, ET.ParseError, KeyError, OSError, ValueError, EOFError):
        send("error", "corrupt_file")


if __name__ == "__main__":
    main()
