"""Reading a ZIP of photos as an HR office packs it, without trusting a word it says about itself."""

import re
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from accounts.photos.errors import PhotoError

_UTF8_FLAG: Final = 0x800
_ENCRYPTED_FLAGS: Final = 0x1 | 0x40 | 0x2000
_UNICODE_PATH: Final = 0x7075  # Info-ZIP extra field: the name in UTF-8 beside the mangled one
_UNICODE_PATH_HEAD: Final = struct.Struct("<BL")  # version, CRC-32 of the name it stands for
_IGNORED_SUFFIXES: Final = (".zip", ".rar", ".7z", ".tar", ".gz")
_IGNORED_NAMES: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_END: Final = struct.Struct("<4s4H2LH")
_END_SIGNATURE: Final = b"PK\x05\x06"
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_END_64_SIGNATURE: Final = b"PK\x06\x06"
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_LOCATOR_64_SIGNATURE: Final = b"PK\x06\x07"
_COMMENT_CAP: Final = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipLimits:
    """Sizes in bytes. ``ratio`` is judged only on members that unpack to more than ``ratio_from``."""

    entries: int = 250_000
    total: int = 4 * 1024**3
    member: int = 15 * 1024**2
    ratio: int = 200
    ratio_from: int = 1024**2
    directory: int = 128 * 1024**2


class PhotoZip:
    """The photos in a ZIP file, found by their base name, however upper case, folders or encoding mangled it.

    Attributes:
        names: base names as they read, in the order of the archive, each once.
        duplicates: base names that several *different* files bear; ``read`` refuses them.
        ignored: members that are no photos (archives inside the archive, a system's own files).

    Raises:
        PhotoError: ``zip_unreadable``, ``zip_empty``, ``zip_encrypted``, ``zip_method``, ``zip_too_many``,
            ``zip_too_large``, ``zip_bomb``.
    """

    def __init__(self, source: str | Path | BinaryIO, *, limits: ZipLimits | None = None) -> None:
        self.limits = limits or ZipLimits()
        self._seen: set[int] = set()
        self._total = 0
        self._owned = None if hasattr(source, "read") else Path(str(source)).open("rb")  # noqa: SIM115 - close()
        file: BinaryIO = self._owned or source  # type: ignore[assignment]
        try:
            self._check_directory(file)
            self._zip = zipfile.ZipFile(file)
            self._index()
        except (zipfile.BadZipFile, struct.error, UnicodeError, ValueError, NotImplementedError) as error:
            self._close_source()
            raise PhotoError("zip_unreadable") from error
        except BaseException:
            self._close_source()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._by_key

    def close(self) -> None:
        """Close the archive (not a file object that was handed in)."""
        self._zip.close()
        self._close_source()

    def read(self, name: str) -> bytes:
        """The content of one photo, by base name (upper or lower case, NFC or NFD, with or without a folder).

        Never unpacks more than the member cap, whatever size the archive declares.

        Raises:
            PhotoError: ``zip_no_such_photo``, ``zip_duplicate_name``, ``zip_damaged``, ``photo_too_large``,
                ``zip_too_large`` when all that was read passes the total.
        """
        found = self._by_key.get(_key(name))
        if not found:
            raise PhotoError("zip_no_such_photo", name=_base(name))
        first = found[0]
        if any((info.CRC, info.file_size) != (first.CRC, first.file_size) for info in found[1:]):
            raise PhotoError("zip_duplicate_name", name=_base(name))
        try:
            with self._zip.open(first) as member:
                data = member.read(self.limits.member + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise PhotoError("zip_damaged", name=_base(name)) from error
        if len(data) > self.limits.member:
            raise PhotoError("photo_too_large", limit_mb=self.limits.member // 1024**2)
        if first.header_offset not in self._seen:
            self._seen.add(first.header_offset)
            self._total += len(data)
        if self._total > self.limits.total:
            raise self._too_large()
        return data

    def _close_source(self) -> None:
        if self._owned:
            self._owned.close()

    def _check_directory(self, file: BinaryIO) -> None:
        """Refuse by the end record: ``zipfile`` would read a directory of any length into memory first."""
        size = file.seek(0, 2)
        if size > self.limits.total:
            raise self._too_large()
        start = max(0, size - _COMMENT_CAP - _END.size - _LOCATOR_64.size)
        file.seek(start)
        tail = file.read()
        at = tail.rfind(_END_SIGNATURE)
        if at < 0:
            raise PhotoError("zip_unreadable")
        _, _, _, _, entries, directory, _, _ = _END.unpack_from(tail, at)
        before = at - _LOCATOR_64.size
        if before >= 0 and tail.startswith(_LOCATOR_64_SIGNATURE, before):
            file.seek(_LOCATOR_64.unpack_from(tail, before)[2])
            record = _END_64.unpack(file.read(_END_64.size))
            if record[0] == _END_64_SIGNATURE:
                entries, directory = max(entries, record[7]), max(directory, record[8])
        if entries > self.limits.entries or directory > self.limits.directory:
            raise self._too_many()

    def _index(self) -> None:
        members = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(members) > self.limits.entries:  # the end record may have understated them
            raise self._too_many()
        self.ignored: tuple[str, ...] = tuple(
            _base(_readings(info)[0]) for info in members if _is_no_photo(info)
        )
        photos = [info for info in members if not _is_no_photo(info)]
        if not photos:
            raise PhotoError("zip_empty")
        self._check_members(photos)
        self._by_key: dict[str, list[zipfile.ZipInfo]] = {}
        shown: dict[str, str] = {}
        for info in photos:
            readings = _readings(info)
            shown.setdefault(_key(readings[0]), unicodedata.normalize("NFC", _base(readings[0])))
            for key in dict.fromkeys(_key(reading) for reading in readings):
                self._by_key.setdefault(key, []).append(info)
        self.names: tuple[str, ...] = tuple(shown.values())
        self.duplicates: tuple[str, ...] = tuple(
            name
            for key, name in shown.items()
            if len({(info.CRC, info.file_size) for info in self._by_key[key]}) > 1
        )

    def _check_members(self, photos: list[zipfile.ZipInfo]) -> None:
        if any(info.flag_bits & _ENCRYPTED_FLAGS for info in photos):
            raise PhotoError("zip_encrypted")
        # Other methods (LZMA, bzip2) let the archive choose how much memory unpacking takes.
        if any(info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in photos):
            raise PhotoError("zip_method")
        for info in photos:
            swollen = info.file_size > self.limits.ratio * max(info.compress_size, 1)
            if swollen and info.file_size > self.limits.ratio_from:
                raise PhotoError("zip_bomb", name=_base(_readings(info)[0]))
        if sum(info.file_size for info in photos) > self.limits.total:
            raise self._too_large()

    def _too_large(self) -> PhotoError:
        return PhotoError("zip_too_large", limit_gb=self.limits.total // 1024**3)

    def _too_many(self) -> PhotoError:
        return PhotoError("zip_too_many", limit=self.limits.entries)


def _is_no_photo(info: zipfile.ZipInfo) -> bool:
    name = _base(info.filename).casefold()
    return (
        not name
        or name in _IGNORED_NAMES
        or name.startswith("._")
        or name.endswith(_IGNORED_SUFFIXES)
        or "__macosx" in info.filename.casefold()
    )


def _base(name: str) -> str:
    """The last part of a path, of either kind of slash: folders in an archive mean nothing here."""
    return re.split(r"[\\/]", name)[-1].strip()


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", _base(name)).casefold()


def _readings(info: zipfile.ZipInfo) -> list[str]:
    """The name as it most probably reads, then other readings of the same bytes.

    Without the UTF-8 flag the standard says cp437 and nobody writes it: macOS writes UTF-8, Windows in
    Vietnamese writes cp1258 (whose tone marks are combining characters).
    """
    if info.flag_bits & _UTF8_FLAG:
        return [info.filename]
    raw = info.orig_filename.encode("cp437")
    readings = [text for text in (_unicode_path(info.extra, raw),) if text]
    for encoding in ("utf-8", "cp1258"):
        try:
            readings.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return [*readings, info.filename]


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The Info-ZIP Unicode path, when it stands for this very name (APPNOTE 4.6.9)."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(body) > _UNICODE_PATH_HEAD.size:
            _, crc = _UNICODE_PATH_HEAD.unpack_from(body)
            if crc == zlib.crc32(raw):
                return body[_UNICODE_PATH_HEAD.size :].decode("utf-8", errors="replace")
        at += 4 + size
    return None
