"""The files of imports: kept privately under random names until the import is purged."""

import hashlib
import os
import re
import uuid
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.core.files.base import File

from registry.intake.reading import file_refusal

_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_PIECE = 1024 * 1024
MAX_BYTES = 4 * 1024**3  # a ZIP of photos; the reader of lists has a lower limit of its own


# A file on this machine, or what was uploaded.
Source = Path | BinaryIO | File  # type: ignore[type-arg]  # not subscriptable when it runs


class Kept(NamedTuple):
    """A kept file: its name in the folder, and its SHA-256 in hex."""

    name: str
    sha256: str


def keep(source: Source) -> Kept:
    """Copy a file, or what was uploaded, into the private folder.

    Raises:
        UnreadableFileError: missing_file, too_big.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = uuid.uuid4().hex
    path = folder / name
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with open(descriptor, "wb") as target:  # noqa: PTH123 - a descriptor, to give the mode at birth
            sha256 = _copy(source, target)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(name, sha256)


def _copy(source: Source, target: BinaryIO) -> str:
    if not isinstance(source, Path):
        source.seek(0)
        return _pieces(source, target)
    try:
        if not source.is_file():  # a folder, or a pipe that may never end
            raise file_refusal("missing_file")
        with source.open("rb") as file:
            return _pieces(file, target)
    except OSError as error:
        if error.filename is None:  # the disk we write to, not the file we were given
            raise
        raise file_refusal("missing_file") from error
    except ValueError as error:  # a name no file can have
        raise file_refusal("missing_file") from error


def _pieces(source: "BinaryIO | File[bytes]", target: BinaryIO) -> str:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if size > MAX_BYTES:
            raise file_refusal("too_big", limit=MAX_BYTES // 1024**2)
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()


def kept(name: str) -> Path:
    """Where a kept file lies.

    Raises:
        UnreadableFileError: missing_file, when it was erased.
    """
    path = _folder() / name
    if not _NAME.fullmatch(name) or not path.exists():
        raise file_refusal("missing_file")
    return path


def erase(*names: str) -> None:
    """Erase kept files; those already erased, or never there, are no error."""
    for name in names:
        if _NAME.fullmatch(name):
            (_folder() / name).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.PRIVATE_MEDIA_ROOT) / "imports"
