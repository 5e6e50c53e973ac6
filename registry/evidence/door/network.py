"""What lies outside: who is asked for names, which certificates are believed. Tests put in their own."""

import os
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import certifi
from django.conf import ENVIRONMENT_VARIABLE, settings
from django.core.exceptions import ImproperlyConfigured

from registry.evidence.door.addresses import parse

TEST_SETTINGS = "registry.settings.test"


def ask_the_system(host: str, port: int) -> Sequence[str]:
    """Every address the system's resolver knows for a name.

    Raises:
        OSError: it knows none, or could not be asked.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(place[0]) for _family, _type, _proto, _name, place in found]


@cache
def public_trust() -> ssl.SSLContext:
    """Certificates of the public authorities (Mozilla's list), names checked."""
    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True, slots=True)
class Network:
    """The outside world; as it stands, the Internet.

    Attributes:
        resolve: a name and a port → addresses as text.
        trust: makes the TLS context.
        loopback: of tests only: a loopback address and 80 or 443 → the port on which a local server stands
            for it. Nothing else of this machine is let through by it.
    """

    resolve: Callable[[str, int], Sequence[str]] = ask_the_system
    trust: Callable[[], ssl.SSLContext] = public_trust
    loopback: Mapping[tuple[str, int], int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for address, _port in self.loopback:
            found = parse(address)
            if found is None or not found.is_loopback:
                raise ImproperlyConfigured("Only loopback addresses can stand for the Internet.")


def network() -> Network:
    """The Internet; in tests, what they put in its place.

    Raises:
        ImproperlyConfigured: other settings than those of the tests name a network.
    """
    given = getattr(settings, "TEST_NETWORK", None)
    if given is None:
        return Network()
    if os.environ.get(ENVIRONMENT_VARIABLE) != TEST_SETTINGS:
        raise ImproperlyConfigured("TEST_NETWORK is for the tests alone: it opens a way to this machine.")
    assert isinstance(given, Network)  # noqa: S101 - a test's own mistake
    return given
