"""The links of a page, and whether one of them leads to a given account or portal.

Links are compared as the register reads them (platform, kind, key), never as text: `fb.com/UBND.HaTinh` and
`https://vi-vn.facebook.com/ubndhatinh/?ref=x` are one page.
"""

import codecs
import json
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import etree

from accounts.platforms import LinkError, leaving, recognise
from registry.evidence.models import How

Key = tuple[str, str, str]  # platform, kind, key of an identifier

_MOST_LINKS: Final = 5_000  # of one page; portals have some hundreds
_MOST_SECONDS: Final = 5.0  # a page of the largest size takes less than one
_PIECE: Final = 16 * 1024
_CHARSETS: Final = frozenset({"utf-8", "windows-1258", "windows-1252", "iso-8859-1", "us-ascii"})
_STRENGTH: Final = {How.REL_ME: 0, How.SAME_AS: 1, How.LINK: 2}


class UnreadablePageError(Exception):
    """What claims to be a page is none, or keeps whoever reads it busy."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link that leads where it was looked for.

    Attributes:
        href: as an absolute address.
        how: in what form it stands there.
    """

    href: str
    how: How


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a page.

    Attributes:
        links: absolute addresses with their form.
        scripted: there are programs but not one link: a page to be made by a browser.
        asks_password: there is a field for a password.
    """

    links: tuple[Found, ...]
    scripted: bool
    asks_password: bool


def read(body: bytes, *, url: str, charset: str = "") -> Read:
    """Read the links of a page, piece by piece, for so long as that is worth.

    Args:
        body: its bytes, HTML in whatever state.
        url: its own address, for links without a site.
        charset: as the site says; what is none of those known is read as UTF-8.

    Raises:
        UnreadablePageError: it keeps the parser busy beyond all measure.
    """
    seen = _Seen()
    parser = etree.HTMLParser(target=seen, encoding="utf-8", huge_tree=False)
    whole = _text(body, charset).encode()
    until = time.monotonic() + _MOST_SECONDS
    try:
        for start in range(0, len(whole), _PIECE):
            parser.feed(whole[start : start + _PIECE])
            if time.monotonic() > until:
                raise UnreadablePageError
        if whole:
            parser.close()
    except etree.XMLSyntaxError:  # nothing in it, or nested deeper than any page
        if not seen.hrefs:
            raise UnreadablePageError from None
    against = _joined(url, seen.base) or url
    statements = [(href, How.SAME_AS) for block in seen.blocks for href in _same_as(block)]
    absolute = ((_joined(against, href), how) for href, how in [*seen.hrefs, *statements])
    links = tuple(dict.fromkeys(Found(href, how) for href, how in absolute if href))
    return Read(links=links, scripted=not links and seen.scripts, asks_password=seen.asks_password)


class _Seen:
    """Takes from the parser what is looked for; a tree of the page is never made."""

    def __init__(self) -> None:
        self.hrefs: list[tuple[str, How]] = []
        self.blocks: list[str] = []
        self.base = ""
        self.scripts = False
        self.asks_password = False
        self._block: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in {"a", "area", "link"}:
            me = "me" in attributes.get("rel", "").lower().split()
            if (me or tag != "link") and "href" in attributes and len(self.hrefs) < _MOST_LINKS:
                self.hrefs.append((attributes["href"], How.REL_ME if me else How.LINK))
        elif tag == "base" and not self.base:
            self.base = attributes.get("href", "")
        elif tag == "input" and attributes.get("type", "").lower() == "password":
            self.asks_password = True
        elif tag == "script":
            self.scripts = True
            if attributes.get("type", "").strip().lower() == "application/ld+json":
                self._block = []

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "script" and self._block is not None:
            self.blocks.append("".join(self._block))
            self._block = None

    def data(self, text: str) -> None:
        """Text."""
        if self._block is not None:
            self._block.append(text)

    def close(self) -> None:
        """The end of the page."""


def _text(body: bytes, charset: str) -> str:
    try:
        named = codecs.lookup(charset).name if charset else "utf-8"
    except LookupError:
        named = "utf-8"
    # "iso8859-1" is how Python calls it; other codecs may cost more than they bring.
    known = {codecs.lookup(each).name for each in _CHARSETS}
    return body.decode(named if named in known else "utf-8", errors="replace").replace("\0", "")


def _joined(against: str, href: str) -> str:
    """The absolute address, out of a platform's way out where it is in one; "" where it is no web address."""
    try:
        whole = urljoin(against, href.strip())
        parts = urlsplit(whole)
        if leaving.is_door(parts.netloc.lower(), parts.path):
            query = parse_qs(parts.query, max_num_fields=50)
            return leaving.leads_to(parts.netloc.lower(), parts.path, query)
    except ValueError:
        return ""
    return whole if parts.scheme in {"http", "https"} else ""


def _same_as(text: str) -> Iterator[str]:
    """What a JSON-LD block says this is the same as, at whatever depth."""
    try:
        waiting: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    count = 0
    while waiting and count < _MOST_LINKS:
        each = waiting.pop()
        count += 1
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, dict):
            said = each.get("sameAs", [])
            yield from (one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str))
            waiting.extend(value for value in each.values() if isinstance(value, (dict, list)))


def find(
    links: Collection[Found], wanted: Collection[Key], *, agency_hosts: Collection[str] = ()
) -> Found | None:
    """The link that leads to what is known by one of the wanted keys; the one that says most, None for none.

    Args:
        links: of a page.
        wanted: the identifiers of an account or a portal.
        agency_hosts: hosts of portals outside the State's domains.
    """
    leading = [each for each in links if not keys_of(each.href, agency_hosts=agency_hosts).isdisjoint(wanted)]
    return min(leading, key=lambda each: _STRENGTH[each.how], default=None)


def keys_of(href: str, *, agency_hosts: Collection[str] = ()) -> frozenset[Key]:
    """By what the register knows where a link leads; nothing where it leads to nothing the register reads."""
    try:
        link = recognise(href, agency_hosts=agency_hosts)
    except LinkError:
        return frozenset()
    return frozenset((link.platform, each.kind, each.key) for each in link.identifiers)
