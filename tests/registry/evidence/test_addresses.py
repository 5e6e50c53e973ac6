"""Which addresses are refused. The ranges here are written down apart from those of the code."""

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry.evidence.door.addresses import is_refused

# IANA's registries of special-purpose addresses as of 2026, and the multicast ranges.
SPECIAL = """
0.0.0.0/8 0.0.0.0/32 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
192.0.0.0/29 192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/32 192.0.0.171/32 192.0.2.0/24
192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
203.0.113.0/24
224.0.0.0/4 240.0.0.0/4 255.255.255.255/32
::1/128 ::/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32
2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28
2001:20::/28 2001:30::/28 2001:db8::/32
2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8
""".split()  # noqa: SIM905  # a list of ranges reads best as ranges
V4 = [IPv4Network(each) for each in SPECIAL if ":" not in each]
V6 = [IPv6Network(each) for each in SPECIAL if ":" in each]
inside_v4 = st.sampled_from(V4).flatmap(
    lambda net: st.integers(int(net.network_address), int(net.broadcast_address)).map(IPv4Address)
)
inside_v6 = st.sampled_from(V6).flatmap(
    lambda net: st.integers(int(net.network_address), int(net.broadcast_address)).map(IPv6Address)
)
any_v4 = st.integers(0, 2**32 - 1).map(IPv4Address)
any_v6 = st.integers(0, 2**128 - 1).map(IPv6Address)


def carried(inner: IPv4Address, outside: int) -> list[IPv6Address]:
    """An IPv4 address in every form in which an IPv6 address can carry it."""
    number = int(inner)
    prefix = (0x2000 | (outside & 0x1FFF)) << 112 | (outside & (2**48 - 1)) << 64
    return [
        IPv6Address(number),  # compatible
        IPv6Address(0xFFFF << 32 | number),  # mapped
        IPv6Address(0xFFFF << 48 | number),  # translated
        IPv6Address(0x0064FF9B << 96 | number),  # NAT64
        IPv6Address(0x0064FF9B0001 << 80 | number),  # NAT64 of a site
        IPv6Address(0x2002 << 112 | number << 80 | outside & (2**80 - 1)),  # 6to4
        IPv6Address(0x2001 << 112 | number << 64 | outside & (2**64 - 1)),  # Teredo: its server
        IPv6Address(0x2001 << 112 | outside & (2**64 - 1) << 32 | number ^ 0xFFFFFFFF),  # Teredo: its client
        IPv6Address(prefix | 0x00005EFE << 32 | number),  # ISATAP, under any prefix
        IPv6Address(prefix | 0x02005EFE << 32 | number),
    ]


@given(inside_v4)
def test_is_refused_every_special_ipv4_address(address: IPv4Address):
    assert is_refused(address)


@given(inside_v6)
def test_is_refused_every_special_ipv6_address(address: IPv6Address):
    assert is_refused(address)


@pytest.mark.parametrize("network", [*V4, *V6], ids=str)
def test_is_refused_ends_of_a_range(network: IPv4Network | IPv6Network):
    assert is_refused(network.network_address)
    assert is_refused(network.broadcast_address)


@given(any_v4, st.integers(0, 2**128 - 1))
@example(IPv4Address("8.8.8.8"), 0)  # a public address inside makes a tunnel no better
@example(IPv4Address("169.254.169.254"), 2**128 - 1)
def test_is_refused_ipv4_carried_in_ipv6(inner: IPv4Address, outside: int):
    assert [form for form in carried(inner, outside) if not is_refused(form)] == []


@given(any_v4)
def test_is_refused_lets_through_only_what_is_global_ipv4(address: IPv4Address):
    if not is_refused(address):
        assert address.is_global
        assert not address.is_multicast
        assert not any(address in network for network in V4)


@given(any_v6 | st.integers(0x2000 << 112, (0x4000 << 112) - 1).map(IPv6Address))
def test_is_refused_lets_through_only_what_is_global_ipv6(address: IPv6Address):
    if not is_refused(address):
        assert address.is_global
        assert not address.is_multicast
        assert not any(address in network for network in V6)


@given(any_v4)
def test_is_refused_nothing_but_the_special_ranges_ipv4(address: IPv4Address):
    azure = address == IPv4Address("168.63.129.16")
    assert is_refused(address) == (azure or any(address in network for network in V4))


@pytest.mark.parametrize(
    "text",
    [
        "1.1.1.1",
        "8.8.8.8",
        "14.225.0.1",
        "113.160.0.1",
        "203.162.0.1",
        "2405:4800::1",
        "2a03:2880::1",
        "2001:4860::8888",
    ],
)
def test_is_refused_not_the_public_internet(text: str):
    assert not is_refused(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "text", ["169.254.169.254", "fd00:ec2::254", "168.63.129.16", "100.100.100.200", "192.0.0.192"]
)
def test_is_refused_metadata_services(text: str):
    assert is_refused(ipaddress.ip_address(text))


def test_is_refused_address_of_an_interface():
    assert is_refused(IPv6Address("2405:4800::1%eth0"))


def test_is_refused_ranges_of_the_installation():
    also = ["113.160.0.0/16", "2405:4800::/32"]
    assert is_refused(IPv4Address("113.160.1.1"), also=also)
    assert is_refused(IPv6Address("2405:4800::1"), also=also)
    assert not is_refused(IPv4Address("113.161.1.1"), also=also)
