"""What a file really is, from its first bytes and its directory; its name and extension are not asked."""

import zipfile
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from registry.intake.reading.refusals import Message, file_refusal

MAX_FILE_BYTES = 100 * 1024 * 1024
# A sheet of 1,048,576 formatted empty rows and 26 columns unpacks to about 650 MB, at a ratio near 40.
MAX_UNPACKED_BYTES = 1024**3
BOMB_BYTES = 20 * 1024 * 1024
BOMB_RATIO = 150
MAX_ZIP_ENTRIES = 5_000
_SCAN = 4096

_MAGIC: tuple[tuple[bytes, Message], ...] = (
    (b"%PDF", _("a PDF document")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"BM\x00", _("a picture")),
    (b"II*\x00", _("a picture")),
    (b"MM\x00*", _("a picture")),
    (b"{\\rtf", _("a text document (RTF)")),
    (b"Rar!", _("an archive")),
    (b"7z\xbc\xaf", _("an archive")),
    (b"\x1f\x8b", _("an archive")),
    (b"\x7fELF", _("a program")),
    (b"MZ", _("a program")),
    (b"SQLite format 3", _("a database")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"<script")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(path: Path) -> str:
    """Says "xlsx", "xls", "ods" or "csv".

    Raises:
        UnreadableFileError: missing_file, empty_file, too_big, wrong_type, encrypted_file, zip_bomb,
            corrupt_file.
    """
    try:
        size = path.stat().st_size
        if size == 0:
            raise file_refusal("empty_file")
        if size > MAX_FILE_BYTES:
            raise file_refusal("too_big", limit=MAX_FILE_BYTES // 1024**2)
        with path.open("rb") as file:
            head = file.read(_SCAN)
    except OSError as error:
        raise file_refusal("missing_file") from error
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    if not head.strip(b"\xef\xbb\xbf \t\r\n\x00") and size <= _SCAN:
        raise file_refusal("empty_file")
    _refuse_other_types(head)
    return "csv"


def _refuse_other_types(head: bytes) -> None:
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise file_refusal("wrong_type", what=what)
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"} or head[8:12] == b"WEBP":
        raise file_refusal("wrong_type", what=_("a picture"))
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(_WEB):
        raise file_refusal("wrong_type", what=_("a web page saved under a spreadsheet's name"))
    if start.startswith((b"<?xml", b"<!--", b"mime-version:")):
        page = any(mark in start for mark in (b"<html", b"<table", b"text/html"))
        raise file_refusal(
            "wrong_type",
            what=_("a web page saved under a spreadsheet's name") if page else _("an XML document"),
        )


def _zip_kind(path: Path) -> str:
    """The directory alone is read: nothing is unpacked before its sizes are known to be sane."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            _refuse_bombs(entries)
            if any(entry.flag_bits & 1 for entry in entries):
                raise file_refusal("encrypted_file")
            if "mimetype" in names and archive.read("mimetype")[:200].strip() == _ODS:
                if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise file_refusal("encrypted_file")
                return "ods"
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise file_refusal("corrupt_file") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "[Content_Types].xml" in names and any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsx"
    raise file_refusal("wrong_type", what=_what_zip(names))


def _what_zip(names: set[str]) -> Message:
    if any(name.startswith("word/") for name in names):
        return _("a Word document")
    if any(name.startswith("ppt/") for name in names):
        return _("a presentation")
    if "xl/workbook.bin" in names:
        return _("a binary workbook (XLSB)")
    if "mimetype" in names:
        return _("an OpenDocument file")
    return _("an archive")


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > BOMB_BYTES and entry.file_size > BOMB_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if unpacked > MAX_UNPACKED_BYTES or swollen or len(entries) > MAX_ZIP_ENTRIES:
        raise file_refusal("zip_bomb")


def _ole_kind(path: Path) -> str:
    """The old container of Office: a workbook, or the wrapping of an encrypted one."""
    data = path.read_bytes()
    names = {
        name: name.encode("utf-16-le") in data
        for name in ("EncryptedPackage", "Workbook", "Book", "WordDocument")
    }
    if names["EncryptedPackage"]:
        raise file_refusal("encrypted_file")
    if names["WordDocument"]:
        raise file_refusal("wrong_type", what=_("a Word document"))
    if names["Workbook"] or names["Book"]:
        return "xls"
    raise file_refusal("wrong_type", what=_("an Office document"))
