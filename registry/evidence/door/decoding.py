"""Bodies taken out of their compression, never further than the cap: a bomb costs its cap and no more."""

import zlib
from collections.abc import Iterable
from typing import Any

from registry.evidence.causes import Cause
from registry.evidence.door.errors import DoorError

#: What is asked for. Brotli is not: its ratio is without practical bound, and every server speaks gzip.
ACCEPTED = "gzip, deflate"
_STEP = 64 * 1024


def decoded(pieces: Iterable[bytes], *, encoding: str, most: int) -> bytes:
    """Join a body, decompressed.

    Args:
        pieces: the body as it came.
        encoding: the header Content-Encoding, "" for none.
        most: bytes the body may have after decompression.

    Raises:
        DoorError: too_big; unreadable (an encoding not asked for, layers of it, a broken or cut stream).
    """
    step = _decoder(encoding.strip().lower())
    body = bytearray()
    for piece in pieces:
        if step is None:
            body += piece
        else:
            step.feed(piece, body, most)
        if len(body) > most:
            raise DoorError(Cause.TOO_BIG)
    if step is not None:
        step.end()
    return bytes(body)


def _decoder(encoding: str) -> "_Inflater | None":
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip"}:
        return _Inflater(zlib.MAX_WBITS | 16)
    if encoding == "deflate":
        return _Inflater(0)
    raise DoorError(Cause.UNREADABLE)


class _Inflater:
    """zlib, asked for at most a step at a time."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._inflate: Any = None

    def feed(self, piece: bytes, body: bytearray, most: int) -> None:
        """Decompress a piece onto `body`, and stop once that is larger than `most`."""
        if not piece or (self._inflate is not None and self._inflate.eof):
            return  # browsers disregard what follows the end
        if self._inflate is None:
            self._inflate = zlib.decompressobj(self._bits or _bits_of(piece))
        try:
            while piece and len(body) <= most:
                body += self._inflate.decompress(piece, _STEP)
                piece = self._inflate.unconsumed_tail
        except zlib.error:
            raise DoorError(Cause.UNREADABLE) from None

    def end(self) -> None:
        """See that the stream is whole; a body without a byte is."""
        if self._inflate is not None and not self._inflate.eof:
            raise DoorError(Cause.UNREADABLE)


def _bits_of(first: bytes) -> int:
    """What "deflate" means here: the format of zlib, or that without its first two bytes, as many send it."""
    looks_like_zlib = first[0] & 0x0F == 8  # noqa: PLR2004 - RFC 1950: the method
    whole = len(first) < 2 or (first[0] * 256 + first[1]) % 31 == 0  # noqa: PLR2004 - RFC 1950: the check
    return zlib.MAX_WBITS if looks_like_zlib and whole else -zlib.MAX_WBITS
