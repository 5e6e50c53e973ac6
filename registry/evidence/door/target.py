"""One reading of a web address, so that what is judged and what is asked for cannot differ."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin

from registry.evidence.causes import Cause
from registry.evidence.door.errors import DoorError

LONGEST: Final = 2_000  # characters
_PARTS = re.compile(r"(https?)://([^/?#]*)([^#]*)(?:#.*)?", re.IGNORECASE)
# A name, never a number: the last label begins with a letter, as in no form of an IPv4 address.
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER = re.compile(r"\[.*\]|[0-9a-fx.]+", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443}
_LONGEST_NAME = 253  # RFC 1035


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes.

    Attributes:
        scheme: http or https; it decides the port.
        host: lower-case ASCII name.
        path: path and query, percent-encoded, beginning with "/".
    """

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        """80 or 443."""
        return _PORTS[self.scheme]

    @property
    def origin(self) -> str:
        """Scheme and host: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.host}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.path


def read(url: str, *, against: str = "") -> Target:
    """Read an address, or a redirect's against the address it came from.

    Raises:
        DoorError: bad_address (another scheme or port, user names, control characters, no name);
            address_refused (a number instead of a name).
    """
    whole = urljoin(against, url.strip()) if against else url.strip()
    parts = _PARTS.fullmatch(whole)
    if parts is None or len(whole) > LONGEST or "\\" in whole or not _is_clean(whole):
        raise DoorError(Cause.BAD_ADDRESS, final=against)
    scheme, authority, path = parts[1].lower(), parts[2].lower(), parts[3]
    name, _colon, port = authority.rpartition(":") if _ported(authority) else (authority, "", "")
    host = name.removesuffix(".")
    if "@" in authority or port not in {"", str(_PORTS[scheme])}:
        raise DoorError(Cause.BAD_ADDRESS, final=against)
    if not _NAME.fullmatch(host) or len(host) > _LONGEST_NAME:
        refused = _NUMBER.fullmatch(host) or host == "localhost"
        raise DoorError(Cause.ADDRESS_REFUSED if refused else Cause.BAD_ADDRESS, final=against)
    # What is encoded already stays; Vietnamese letters typed into an address become what a browser sends.
    encoded = quote(path, safe="%/:?@!$&'()*+,;=-._~")
    return Target(scheme, host, encoded if encoded.startswith("/") else f"/{encoded}")


def _is_clean(whole: str) -> bool:
    return whole.isprintable() and " " not in whole


def _ported(authority: str) -> bool:
    return bool(re.search(r":[0-9]*$", authority)) and not authority.endswith("]")
