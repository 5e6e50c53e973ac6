"""Which network addresses may be connected to: a list of our own over all special ranges.

`ipaddress.is_private` and its like follow the Python version and let through what is not a site of the public
Internet: shared address space, multicast, tunnels that carry a private address inside, metadata services.

Sources: IANA's IPv4 and IPv6 Special-Purpose Address Registries and the registry of multicast (RFC 6890 and
its updates); RFC 3056 (6to4), 4380 (Teredo), 5214 (ISATAP), 6052 and 8215 (NAT64), 2765 (translated).
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

SPECIAL_V4: Final = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared behind carriers' NAT; Alibaba's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's own channel to its machines, in public space
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments; Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# Only what is given out for the public Internet; outside it lie loopback, mapped and translated IPv4, NAT64,
# unique local, link-local, site-local, multicast, segment routing.
PUBLIC_V6: Final = IPv6Network("2000::/3")
SPECIAL_V6: Final = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, AMT, AS112, ORCHID, drones
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # the 6bone, given back
        "3fff::/20",  # documentation
    )
)
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})  # then an IPv4 address, under any prefix


def is_refused(address: IPv4Address | IPv6Address, *, also: Iterable[str] = ()) -> bool:
    """Whether an address is not one of the public Internet, in whatever form it is written.

    Args:
        address: as resolved, or as the connected peer says.
        also: further ranges of the installation ("203.100.0.0/16").
    """
    if any(address.version == each.version and address in each for each in map(ip_network, also)):
        return True
    if isinstance(address, IPv4Address):
        return any(address in each for each in SPECIAL_V4)
    if address.scope_id is not None or address not in PUBLIC_V6:
        return True
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return True
    return any(address in each for each in SPECIAL_V6)


def parse(text: str) -> IPv4Address | IPv6Address | None:
    """Read one address as a resolver or a socket writes it; None when it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None
