"""The one door a photo enters by: judged, redrawn in a limited child process, hashed.

Nothing in this process decodes a picture. ``subprocess``, not ``multiprocessing``: a Celery worker is itself
a daemonic process and may not have the latter's children.
"""

import contextlib
import hashlib
import json
import logging
import os
import queue
import select
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from accounts.photos.errors import PhotoError
from accounts.photos.formats import recognise
from accounts.photos.hashing import DETAIL_BYTES, DifferenceHash, signed

logger = logging.getLogger(__name__)

CHILD: Final = Path(__file__).with_name("child.py")
_FACTS_CAP: Final = 4096  # bytes; a child taken over must not make us allocate at its will
_JPEG_CAP: Final = 8 * 1024 * 1024
_REFUSALS: Final = frozenset(
    {
        "photo_animated",
        "photo_outside",
        "photo_shape",
        "photo_too_many_pixels",
        "photo_too_small",
        "photo_unreadable",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLimits:
    """What a photo and the child that reads it may use.

    Sizes in bytes and pixels, times in seconds. ``min_side`` of 200 is our choice, far above a list's
    thumbnail (40 or so) and below an ordinary profile photo (480). ``memory`` is address space; measured on
    50 million pixels of one colour: PNG up to 600 MB, HEIC 500 MB, WebP with transparency 900 MB.
    """

    file_bytes: int = 15 * 1024 * 1024
    pixels: int = 50_000_000
    min_side: int = 200
    aspect: int = 4
    seconds: float = 20.0
    cpu_seconds: int = 15
    memory: int = 1024 * 1024 * 1024
    photos: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RedrawnPhoto:
    """A photo drawn afresh: sRGB JPEG, upright, at most 1024 pixels a side, without any metadata.

    Attributes:
        jpeg: the file to keep.
        sha256: of ``jpeg``, hex. The same source always gives the same bytes.
        width: of ``jpeg``, in pixels.
        height: of ``jpeg``, in pixels.
        source_format: "JPEG", "PNG", "WEBP" or "HEIC".
        source_sha256: of what was sent, hex: an import that sees it again need not redraw.
        source_width: of what was sent, upright, in pixels.
        source_height: of what was sent, upright, in pixels.
        difference_hash: 128 bits for an indexed search (see ``hashing``).
        detail_hash: 64 bytes to confirm what the search found.
    """

    jpeg: bytes
    sha256: str
    width: int
    height: int
    source_format: str
    source_sha256: str
    source_width: int
    source_height: int
    difference_hash: DifferenceHash
    detail_hash: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a photo as it is drawn, upright: in pixels, none below 0; its sides are judged as a photo."""

    left: int
    top: int
    width: int
    height: int


class _ChildLostError(Exception):
    """The child is gone or does not keep to the protocol."""


class _TimeUpError(Exception):
    """The wall-clock limit has passed."""


class _Child:
    """One child process and its two pipes; used by one thread at a time."""

    def __init__(self, limits: PhotoLimits) -> None:
        self.served = 0
        self._limits = limits
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", str(CHILD), json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={
                "MALLOC_ARENA_MAX": "1"
            },  # else each thread of a decoder reserves address space it never uses
        )
        self._stdin = self._fd(self._process.stdin)
        self._stdout = self._fd(self._process.stdout)

    @property
    def pid(self) -> int:
        return self._process.pid

    @staticmethod
    def _fd(pipe: Any) -> int:
        fd: int = pipe.fileno()
        os.set_blocking(fd, False)
        return fd

    def ask(self, question: str, data: bytes) -> tuple[dict[str, Any], bytes]:
        """Send one photo and wait for the answer, within the wall-clock limit."""
        self.served += 1
        deadline = time.monotonic() + self._limits.seconds
        head = question.encode("ascii") + b"\0"
        self._write((len(head) + len(data)).to_bytes(4, "big") + head, deadline)
        self._write(data, deadline)
        facts = self._facts(self._message(_FACTS_CAP, deadline))
        return facts, b"" if "refused" in facts else self._message(_JPEG_CAP, deadline)

    def stop(self) -> int:
        """End the process at once and return how it ended."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        return code

    @property
    def dead(self) -> bool:
        return self._process.poll() is not None

    def how_it_ended(self) -> int | None:
        """Return code of a child that closed its pipes; None when it still runs."""
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return None

    def _wait(self, fd: int, event: int, deadline: float) -> None:
        left = deadline - time.monotonic()
        poll = select.poll()
        poll.register(fd, event)
        if left <= 0 or not poll.poll(left * 1000):
            raise _TimeUpError

    def _write(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            self._wait(self._stdin, select.POLLOUT, deadline)
            try:
                view = view[os.write(self._stdin, view) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise _ChildLostError from error

    def _read(self, size: int, deadline: float) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            self._wait(self._stdout, select.POLLIN, deadline)
            try:
                part = os.read(self._stdout, size - len(parts))
            except BlockingIOError:
                continue
            if not part:
                raise _ChildLostError
            parts += part
        return bytes(parts)

    def _message(self, cap: int, deadline: float) -> bytes:
        size = int.from_bytes(self._read(4, deadline), "big")
        if size > cap:
            raise _ChildLostError
        return self._read(size, deadline)

    @staticmethod
    def _facts(message: bytes) -> dict[str, Any]:
        try:
            facts = json.loads(message)
        except ValueError as error:
            raise _ChildLostError from error
        if not isinstance(facts, dict):
            raise _ChildLostError
        return facts


class PhotoDoor:
    """The door for many photos: children are kept, replaced after a crash, a timeout or their term.

    May be called from several threads; ``children`` photos are read at once.

        with PhotoDoor() as door:
            photo = door.redraw(data)
    """

    def __init__(self, *, limits: PhotoLimits | None = None, children: int = 1) -> None:
        self.limits = limits or PhotoLimits()
        self._size = children
        # An empty place is None: a child is started when the first photo needs it.
        self._places: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(children):
            self._places.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the children. The door may be used again: the next photo starts a new one."""
        for child in [self._places.get() for _ in range(self._size)]:
            if child:
                child.stop()
            self._places.put(None)

    def redraw(self, data: bytes, *, part: Part | None = None) -> RedrawnPhoto:
        """Judge a file by its content and draw the photo in it, or a part of it, afresh.

        Raises:
            PhotoError: refused; the code says why (``photo_empty``, ``photo_too_large``, ``photo_format``,
                ``photo_animated``, ``photo_too_small``, ``photo_shape``, ``photo_too_many_pixels``,
                ``photo_unreadable``, ``photo_timeout``; ``photo_outside`` where it has no such part).
        """
        if not data:
            raise PhotoError("photo_empty")
        if len(data) > self.limits.file_bytes:
            raise PhotoError("photo_too_large", limit_mb=self.limits.file_bytes // 1024**2)
        kind = recognise(data)
        if not kind.allowed:
            raise PhotoError("photo_format", found=kind.name)
        if kind.animated:
            raise PhotoError("photo_animated")
        asked = "" if part is None else f" {part.left} {part.top} {part.width} {part.height}"
        facts, jpeg = self._ask(kind.name + asked, data)
        if "refused" in facts:
            raise _refusal(facts)
        try:
            return _photo(kind.name, data, facts, jpeg)
        except (KeyError, TypeError, ValueError) as error:
            raise PhotoError("photo_unreadable") from error

    def _ask(self, question: str, data: bytes) -> tuple[dict[str, Any], bytes]:
        child = self._places.get()
        kept: _Child | None = None
        try:
            if child and child.dead:  # ended while idle: not this photo's fault
                child.stop()
                child = None
            child = child or _Child(self.limits)
            reply = child.ask(question, data)
            if child.served < self.limits.photos:
                kept = child
        except _TimeUpError as error:
            raise PhotoError("photo_timeout") from error
        except _ChildLostError as error:
            out_of_time = child is not None and child.how_it_ended() == -signal.SIGXCPU
            raise PhotoError("photo_timeout" if out_of_time else "photo_unreadable") from error
        else:
            return reply
        finally:
            # After any failure (KeyboardInterrupt too) the pipe may hold half a message: never re-use it.
            if child and child is not kept:
                child.stop()
            self._places.put(kept)


def redraw(data: bytes, *, part: Part | None = None) -> RedrawnPhoto:
    """Redraw one photo, or a part of it, in a child of its own: about a tenth of a second to start.

    See ``PhotoDoor.redraw``.

    Raises:
        PhotoError: refused; the code says why.
    """
    with PhotoDoor() as door:
        return door.redraw(data, part=part)


def _refusal(facts: dict[str, Any]) -> PhotoError:
    """The child's refusal, believed only as far as it is one the child may give."""
    code, named = facts["refused"], facts.get("facts")
    # Which error it was helps who runs the register, and says nothing about the person in the photo.
    logger.info("photo refused: %.40s (%.80s)", code, facts.get("why", "judged"))
    if code not in _REFUSALS or not isinstance(named, dict):
        return PhotoError("photo_unreadable")
    return PhotoError(code, **{str(key): int(value) for key, value in named.items()})


def _photo(kind: str, data: bytes, facts: dict[str, Any], jpeg: bytes) -> RedrawnPhoto:
    """The child's answer, checked to be of the shape and size it must have.

    Raises:
        ValueError: it is not (KeyError, TypeError likewise).
    """
    detail = bytes.fromhex(facts["detail"])
    numbers = {
        key: int(facts[key])
        for key in ("width", "height", "source_width", "source_height", "rows", "columns")
    }
    if len(detail) != DETAIL_BYTES or not jpeg.startswith(b"\xff\xd8\xff") or min(numbers.values()) < 0:
        raise ValueError(kind)
    rows, columns = (signed(numbers.pop(key) % (1 << 64), 64) for key in ("rows", "columns"))
    return RedrawnPhoto(
        jpeg=jpeg,
        sha256=hashlib.sha256(jpeg).hexdigest(),
        source_format=kind,
        source_sha256=hashlib.sha256(data).hexdigest(),
        difference_hash=DifferenceHash(rows, columns),
        detail_hash=detail,
        **numbers,
    )
