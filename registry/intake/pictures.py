"""The photos an accounts list names: found in the archive, let through the door, kept once."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from accounts.models import Photo
from accounts.photos import PhotoDoor, PhotoError, PhotoZip, RedrawnPhoto
from accounts.services import keep_photo

NOT_IN_ZIP: Final = "photo_not_in_zip"
_AT_ONCE: Final = 32  # pictures in memory
_OF_ZIP: Final = {"zip_no_such_photo": NOT_IN_ZIP}


class Picture(NamedTuple):
    """A kept photo, or what is wrong with the one that was named."""

    photo_id: int | None
    problem: str = ""


class Pictures:
    """Looks pictures up by the names a list gives them; each file is read and drawn once.

    A picture the register has seen before is not drawn again.

    Raises:
        PhotoError: the whole archive is refused (`zip_…`).
    """

    def __init__(self, archive: Path | None) -> None:
        self._zip = PhotoZip(archive) if archive is not None else None
        self._size = max(1, min(4, os.cpu_count() or 1))
        self._door = PhotoDoor(children=self._size)
        self._threads = ThreadPoolExecutor(self._size)
        self._found: dict[str, Picture] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown()
        self._door.close()
        if self._zip is not None:
            self._zip.close()

    def find(self, name: str) -> Picture:
        """What was found under a name `fetch` was given."""
        return self._found[name] if name else Picture(None)

    def fetch(self, names: Iterable[str]) -> None:
        """Read, draw and keep the pictures of these names.

        Raises:
            PhotoError: `zip_too_large`, when the archive turns out to be.
        """
        waiting = iter(dict.fromkeys(name for name in names if name and name not in self._found))
        while batch := list(islice(waiting, _AT_ONCE)):
            self._fetch(batch)

    def _fetch(self, names: list[str]) -> None:
        files = dict(self._read(names))
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        known = dict(
            Photo.objects.filter(source_sha256__in=digests.values()).values_list("source_sha256", "pk")
        )
        for name, digest in digests.items():
            if digest in known:
                self._found[name] = Picture(known[digest])
        unknown = [name for name in files if name not in self._found]
        drawn = self._threads.map(self._draw, (files[name] for name in unknown))
        for name, result in zip(unknown, drawn, strict=True):
            if isinstance(result, PhotoError):
                self._found[name] = Picture(None, result.code)
            else:
                self._found[name] = Picture(keep_photo(redrawn=result).pk)

    def _read(self, names: list[str]) -> Iterator[tuple[str, bytes]]:
        for name in names:
            if self._zip is None:
                self._found[name] = Picture(None, NOT_IN_ZIP)
                continue
            try:
                yield name, self._zip.read(name)
            except PhotoError as error:
                if error.code == "zip_too_large":
                    raise
                self._found[name] = Picture(None, _OF_ZIP.get(error.code, error.code))

    def _draw(self, data: bytes) -> RedrawnPhoto | PhotoError:
        try:
            return self._door.redraw(data)
        except PhotoError as error:
            return error
