"""Where redrawn photos lie: private files under random names, never served by address."""

import contextlib
import os
import re
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.photos.door import RedrawnPhoto
from common.errors import NotFoundError

_NAME: Final = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/(?=\1\2)[0-9a-f]{32}\.jpg", re.ASCII)


def store(photo: RedrawnPhoto) -> str:
    """Keep a redrawn photo and return its name, for the database.

    The file is whole or absent: written beside its place, flushed to disk, then renamed. The name is random,
    so it tells nothing and cannot be guessed.
    """
    key = uuid.uuid4().hex
    name = f"{key[:2]}/{key[2:4]}/{key}.jpg"
    path = _root() / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    try:
        descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, to give the mode at birth
            file.write(photo.jpeg)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return name


def open_stored(name: str) -> BinaryIO:
    """Open a stored photo for reading. The caller has checked that the person may see it.

    Raises:
        NotFoundError: no such photo, or not a name ``store`` gives.
    """
    try:
        return _path(name).open("rb")
    except FileNotFoundError as error:
        raise _missing() from error


def delete_stored(name: str) -> None:
    """Erase a stored photo; one already erased is no error.

    Raises:
        NotFoundError: not a name ``store`` gives.
    """
    _path(name).unlink(missing_ok=True)


def stored_names(*, older_than: timedelta = timedelta()) -> Iterator[str]:
    """Names of the photos in the store, for finding those no row points to (a transaction rolled back).

    Args:
        older_than: leave out younger files, whose transaction may still be open. Unfinished files left by a
            crash are erased on the way when they are older than an hour.
    """
    now = time.time()
    for path in _root().glob("??/??/*"):
        with contextlib.suppress(FileNotFoundError):
            age = now - path.stat().st_mtime
            if path.suffix == ".part" and age > timedelta(hours=1).total_seconds():
                path.unlink()
            elif path.suffix == ".jpg" and age >= older_than.total_seconds():
                yield path.relative_to(_root()).as_posix()


def _root() -> Path:
    return Path(settings.PRIVATE_MEDIA_ROOT) / "photos"


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise _missing()
    return _root() / name


def _missing() -> NotFoundError:
    return NotFoundError("photo_missing", _("This photo is no longer there."))
