"""Bring one page: redirects followed by hand, each judged like the first."""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpcore
from django.conf import settings

from registry.evidence.causes import Cause
from registry.evidence.door import target as targets
from registry.evidence.door.decoding import ACCEPTED, decoded
from registry.evidence.door.errors import DoorError
from registry.evidence.door.network import network
from registry.evidence.door.target import Target
from registry.evidence.door.wire import Allowance, JudgedBackend

_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_SLACK: Final = 64 * 1024  # bytes: the frames of a chunked body


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one page may cost.

    Attributes:
        seconds: of the wall clock, redirects included.
        headers: bytes, of one answer.
        body: bytes, of one answer, after decompression.
        redirects: how often the address may be passed on.
    """

    seconds: float = 20
    headers: int = 32 * 1024
    body: int = 2 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came.

    Attributes:
        final: the address that answered, after all redirects.
        peer: the network address it answered from.
        status: the HTTP status, 200 to 599 but no redirect.
        kind: the media type it claims, lower case, without parameters.
        charset: the charset it claims, lower case, "" for none.
        body: decompressed.
    """

    final: str
    peer: str
    status: int
    kind: str
    charset: str
    body: bytes


def _nothing(_target: Target) -> None:
    """Nobody to ask before."""


def is_open() -> bool:
    """Whether this installation sends anything out: it does once it says whom a site can write to."""
    return bool(settings.OUTGOING_CONTACT)


def agent() -> str:
    """Who asks, for the logs of those who are asked."""
    return f"{settings.OUTGOING_NAME}/1.0 (+{settings.SITE_URL}; {settings.OUTGOING_CONTACT})"


class Door:
    """The way out, with the installation's settings."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._network = network()

    def get(self, url: str, *, before: Callable[[Target], None] = _nothing) -> Fetched:
        """Bring what an address shows to anybody.

        Args:
            url: absolute, http or https.
            before: called with each address before it is asked, redirects too; may wait (that is not counted
                against the clock) or refuse by an error of its own.

        Raises:
            DoorError: what of the causes kept it from being brought. An answer of status 400 and above is no
                error here.
        """
        allowance = Allowance(seconds=self._limits.seconds)
        target, seen = targets.read(url), set[str]()
        while True:
            if target.url in seen or len(seen) > self._limits.redirects:
                raise DoorError(Cause.REDIRECTS, final=target.url)
            seen.add(target.url)
            started = time.monotonic()
            before(target)
            allowance.until += time.monotonic() - started
            got = self._ask(target, allowance)
            if isinstance(got, Fetched):
                return got
            target = got

    def _ask(self, target: Target, allowance: Allowance) -> Fetched | Target:
        """Ask one address: what came, or where it points to."""
        backend = JudgedBackend(self._network, allowance, refused=settings.OUTGOING_REFUSED_NETWORKS)
        allowance.bytes = self._limits.headers
        status: int | None = None
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=self._network.trust(),
                    max_connections=1,
                    max_keepalive_connections=0,
                    network_backend=backend,
                ) as pool,
                pool.stream("GET", _address(target), headers=_headers(target)) as response,
            ):
                status = response.status
                return self._read(target, response, allowance, backend)
        except DoorError as error:
            raise DoorError(
                error.cause, final=error.final or target.url, peer=backend.peer, status=status
            ) from error
        except httpcore.TimeoutException as error:
            cause = Cause.TIMEOUT
            raise DoorError(cause, final=target.url, peer=backend.peer, status=status) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            cause = Cause.UNREADABLE
            raise DoorError(cause, final=target.url, peer=backend.peer, status=status) from error
        except (httpcore.NetworkError, ssl.SSLError, OSError) as error:
            cause = Cause.UNREACHABLE
            raise DoorError(cause, final=target.url, peer=backend.peer, status=status) from error

    def _read(
        self, target: Target, response: httpcore.Response, allowance: Allowance, backend: JudgedBackend
    ) -> Fetched | Target:
        headers = {name.lower(): _text(value) for name, value in response.headers}
        if response.status in _MOVED and b"location" in headers:
            return targets.read(headers[b"location"], against=target.url)
        length = headers.get(b"content-length", "")
        if length.isascii() and length.isdigit() and int(length) > self._limits.body:
            raise DoorError(Cause.TOO_BIG)
        allowance.bytes = self._limits.body + _SLACK
        body = decoded(
            response.iter_stream(), encoding=headers.get(b"content-encoding", ""), most=self._limits.body
        )
        kind, _semicolon, rest = headers.get(b"content-type", "").lower().partition(";")
        _before, _charset, charset = rest.partition("charset=")
        return Fetched(
            final=target.url,
            peer=backend.peer,
            status=response.status,
            kind=kind.strip(),
            charset=charset.split(";")[0].strip(" \"'"),
            body=body,
        )


def _address(target: Target) -> httpcore.URL:
    """The address in httpcore's parts: it parses nothing again."""
    return httpcore.URL(
        scheme=target.scheme.encode(),
        host=target.host.encode(),
        port=target.port,
        target=target.path.encode(),
    )


def _text(value: bytes) -> str:
    """A header's value: UTF-8 in many a Location, Latin-1 by the standard."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _headers(target: Target) -> list[tuple[bytes, bytes]]:
    return [
        (b"Host", target.host.encode()),
        (b"User-Agent", agent().encode()),
        (b"Accept", b"text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5"),
        (b"Accept-Language", b"vi,en;q=0.5"),
        (b"Accept-Encoding", ACCEPTED.encode()),
        (b"Connection", b"close"),
    ]
