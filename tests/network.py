"""No test talks to the network: what is not this machine is refused, loudly, before a packet leaves."""

import ipaddress
import socket
from typing import Any

import pytest

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


def is_this_machine(host: object) -> bool:
    """Whether `host` is loopback, by name or by number."""
    if host in {None, "", "localhost", b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(host: object) -> None:
    # Not an Exception: code that survives network errors must not survive this.
    pytest.fail(f"a test tried to reach {host!r}; tests use this machine only")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if self.family != socket.AF_UNIX and not is_this_machine(address[0]):
        _refuse(address[0])
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    if self.family != socket.AF_UNIX and not is_this_machine(address[0]):
        _refuse(address[0])
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
    if not is_this_machine(host):
        try:
            ipaddress.ip_address(str(host))  # a number asks nobody
        except ValueError:
            _refuse(host)
    return _getaddrinfo(host, *arguments, **options)


def close_the_network() -> None:
    """Guard every connection this process opens from Python."""
    socket.socket.connect = _guarded_connect  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = _guarded_getaddrinfo
