"""An agency's own website: the host is the identity, and *.gov.vn its badge.

Not every state outlet is under gov.vn: chinhphu.vn, bqp.vn, vov.vn and vnanet.vn belong to the State as well;
further hosts (portals on record) are given by the caller. Any page on the host names the host: two offices
that share one host under different paths cannot be told apart, and the second is recorded by hand.
"""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import HOST, Address, Link, Platform, single

CODE = "website"
STATE_DOMAINS = ("chinhphu.vn", "bqp.vn", "vov.vn", "vnanet.vn")
_GOV = re.compile(r"(?:[a-z0-9-]+\.)+gov\.vn")


def is_agency_host(host: str) -> bool:
    """Tell whether a host is the State's by its name alone."""
    return bool(_GOV.fullmatch(without_www(host))) or any(
        host == domain or host.endswith(f".{domain}") for domain in STATE_DOMAINS
    )


def without_www(host: str) -> str:
    """Return the host without its leading www."""
    while host.startswith("www.") and host.count(".") > 1:
        host = host.removeprefix("www.")
    return host


def read(address: Address) -> Link:
    """Read an address on a host of the State.

    Raises:
        LinkError: unknown_host.
    """
    if not is_agency_host(address.host):
        raise refusals.refusal("unknown_site")
    return site(address.host)


def site(host: str) -> Link:
    """Make the link of a whole host."""
    key = without_www(host)
    return single(CODE, HOST, key=key, shown=key, url=f"https://{key}/")


PLATFORM = Platform(
    code=CODE,
    name=_("Website"),
    hosts=("gov.vn", *STATE_DOMAINS),
    personal=False,
    agency=True,
    read=read,
    words=(
        "website",
        "web",
        "web site",
        "trang web",
        "trang thong tin dien tu",
        "cong thong tin dien tu",
        "cong thong tin",
        "cong ttdt",
        "trang ttdt",
        "portal",
    ),
)
