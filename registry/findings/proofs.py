"""Proofs of waivers: private files under random names, known by their content, never served by address."""

import os
import re
import uuid
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.errors import NotFoundError, RegistryError

LARGEST: Final = 5 * 1024 * 1024  # bytes; a scanned page has less than one million
_TAIL = 1024  # bytes; writers of PDF may put a little after its end
#: The types taken, with the ending of a file's name.
TYPES: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
_NAME: Final = re.compile(r"([0-9a-f]{2})/(?=\1)[0-9a-f]{32}\.(?:pdf|png|jpg)", re.ASCII)


def read_proof(file: BinaryIO) -> tuple[bytes, str]:
    """The content and its type, told by the content itself, whatever the file is called.

    Raises:
        RegistryError: `proof_too_large`, `proof_type`.
    """
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise RegistryError(
            "proof_too_large",
            _("The file is too large: at most %(size)d MB.") % {"size": LARGEST // 1024 // 1024},
            {"largest": LARGEST},
            field="proof",
        )
    kind = _type_of(content)
    if not kind:
        raise RegistryError(
            "proof_type", _("A proof is a PDF file or a picture (PNG or JPEG)."), field="proof"
        )
    return content, kind


def store(content: bytes, kind: str) -> str:
    """Keep a proof and return its name, for the database. The file is whole or absent."""
    key = uuid.uuid4().hex
    name = f"{key[:2]}/{key}.{TYPES[kind]}"
    path = _root() / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    try:
        descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, to give the mode at birth
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return name


def open_proof(name: str) -> BinaryIO:
    """Open a stored proof for reading. The caller has checked that the person may see it.

    Raises:
        NotFoundError: no such proof, or not a name `store` gives.
    """
    try:
        return _path(name).open("rb")
    except FileNotFoundError as error:
        raise _missing() from error


def delete_proof(name: str) -> None:
    """Erase a stored proof; one already erased is no error."""
    _path(name).unlink(missing_ok=True)


def _type_of(content: bytes) -> str:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-_TAIL:]:
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "image/png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-_TAIL:]:
        return "image/jpeg"
    return ""


def _root() -> Path:
    return Path(settings.PRIVATE_MEDIA_ROOT) / "proofs"


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise _missing()
    return _root() / name


def _missing() -> NotFoundError:
    return NotFoundError("proof_missing", _("This proof is no longer there."))
