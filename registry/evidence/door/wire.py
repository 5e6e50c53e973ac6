"""Connections that go only where they were judged to go, and end with their time or their bytes."""

import contextlib
import queue
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import httpcore

from registry.evidence.causes import Cause
from registry.evidence.door.addresses import is_refused, parse
from registry.evidence.door.errors import DoorError
from registry.evidence.door.network import Network

MOST_TRIED = 4  # addresses of one name


class Allowance:
    """What one request may still use: seconds of the wall clock, bytes off the wire."""

    def __init__(self, *, seconds: float) -> None:
        self.until = time.monotonic() + seconds
        self.bytes = 0

    def seconds(self) -> float:
        """Seconds left.

        Raises:
            DoorError: timeout.
        """
        left = self.until - time.monotonic()
        if left <= 0:
            raise DoorError(Cause.TIMEOUT)
        return left


class JudgedBackend(httpcore.NetworkBackend):
    """Opens connections for httpcore: names are resolved once, every answer judged, the peer checked."""

    def __init__(self, network: Network, allowance: Allowance, *, refused: Sequence[str] = ()) -> None:
        self._network = network
        self._allowance = allowance
        self._refused = refused
        self.peer = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the allowance is what counts
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first judged address that accepts.

        Raises:
            DoorError: name_not_found, address_refused, unreachable, timeout.
        """
        for address in self._judged(host, port):
            self.peer = str(address)
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                stream = httpcore.SyncBackend().connect_tcp(
                    str(address),  # a number: nobody is asked again
                    self._network.loopback.get((str(address), port), port),
                    timeout=self._allowance.seconds(),
                    local_address=local_address,
                    socket_options=socket_options,
                )
                peer = parse(str(stream.get_extra_info("server_addr")[0]))
                if peer != address:
                    stream.close()
                    raise DoorError(Cause.ADDRESS_REFUSED)
                return _Metered(stream, self._allowance)
        self._allowance.seconds()
        raise DoorError(Cause.UNREACHABLE)

    def _judged(self, host: str, port: int) -> list[IPv4Address | IPv6Address]:
        """All addresses of a name, none of which may be refused: a mixed answer is an attack or a mistake."""
        found = [parse(text) for text in self._resolve(host, port)]
        judged = [each for each in dict.fromkeys(found) if each is not None]
        if None in found or any(self._is_refused(each, port) for each in judged):
            raise DoorError(Cause.ADDRESS_REFUSED)
        if not judged:
            raise DoorError(Cause.NAME_NOT_FOUND)
        return judged[:MOST_TRIED]

    def _is_refused(self, address: IPv4Address | IPv6Address, port: int) -> bool:
        if (str(address), port) in self._network.loopback:
            return False
        return is_refused(address, also=self._refused)

    def _resolve(self, host: str, port: int) -> Sequence[str]:
        """Ask for a name in a thread of its own: the system's resolver knows no deadline."""
        answer: queue.SimpleQueue[Sequence[str] | None] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._network.resolve(host, port))
            except (OSError, UnicodeError):
                answer.put(None)

        threading.Thread(target=ask, daemon=True, name="resolve").start()
        try:
            found = answer.get(timeout=self._allowance.seconds())
        except queue.Empty:
            raise DoorError(Cause.TIMEOUT) from None
        if found is None:
            raise DoorError(Cause.NAME_NOT_FOUND)
        return found

    def connect_unix_socket(self, *_args: Any, **_options: Any) -> httpcore.NetworkStream:
        """No web address leads to a socket of this machine."""
        raise DoorError(Cause.ADDRESS_REFUSED)

    def sleep(self, seconds: float) -> None:
        """Wait, as httpcore does between tries; it is told to try once."""
        time.sleep(min(seconds, self._allowance.seconds()))


class _Metered(httpcore.NetworkStream):
    """A stream that stops at the end of the allowance, however slowly or endlessly the other side sends."""

    def __init__(self, stream: httpcore.NetworkStream, allowance: Allowance) -> None:
        self._stream = stream
        self._allowance = allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - see above
        if self._allowance.bytes <= 0:
            raise DoorError(Cause.TOO_BIG)
        got = self._stream.read(min(max_bytes, self._allowance.bytes), timeout=self._allowance.seconds())
        self._allowance.bytes -= len(got)
        return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - see above
        self._stream.write(buffer, timeout=self._allowance.seconds())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - see above
    ) -> httpcore.NetworkStream:
        seconds = self._allowance.seconds()
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, timeout=seconds)
        except (httpcore.ConnectError, ssl.SSLError) as error:
            raise DoorError(_of_tls(error)) from error
        return _Metered(stream, self._allowance)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _of_tls(error: BaseException) -> Cause:
    """A certificate that does not hold, or a connection that broke while it was being shown."""
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, ssl.SSLError) and not isinstance(
            chain, (ssl.SSLEOFError, ssl.SSLZeroReturnError)
        ):
            return Cause.TLS
        chain = chain.__cause__ or chain.__context__
    return Cause.UNREACHABLE
