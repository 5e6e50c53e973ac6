"""The guard itself: a test that reaches out fails."""

import socket

import pytest


def test_network_connection_to_elsewhere_fails_the_test():
    with socket.socket() as outside, pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))


def test_network_name_lookup_of_elsewhere_fails_the_test():
    with pytest.raises(pytest.fail.Exception, match=r"example\.com"):
        socket.create_connection(("example.com", 80), timeout=1)


def test_network_connection_to_this_machine_works():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()[:2], timeout=5).close()
