"""The words of this package: what a link is read into, and what a platform is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.functional import _StrPromise as StrPromise

# Kinds of identifier. Equal keys mean the same account only within one platform *and* one kind.
HANDLE = "handle"
VANITY = "vanity"
PERMANENT_ID = "permanent_id"
PHONE = "phone"
SLUG = "slug"
HOST = "host"
C_NAME = "c_name"  # youtube.com/c/…   old custom address: not the handle of the same spelling
USER_NAME = "user_name"  # youtube.com/user/…   older still: not the handle either


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing a platform calls an account by.

    Attributes:
        kind: one of the kinds above.
        key: the normalised form; two identifiers are the same when platform, kind and key are.
        shown: what a person reads (as they wrote it; a phone number is masked). Not compared.
    """

    kind: str
    key: str
    shown: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """What a pasted link says: the platform, the identifiers the link itself states, the canonical address.

    Attributes:
        platform: a code of `PLATFORMS`.
        identifiers: best first; more than one only where the link itself states each of them.
        url: canonical address, or "" where there is nothing to open (a Zalo phone number).
    """

    platform: str
    identifiers: tuple[Identifier, ...]
    url: str

    @property
    def permanent(self) -> Identifier | None:
        """The permanent id the link states, None where it states none."""
        return next((one for one in self.identifiers if one.kind == PERMANENT_ID), None)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart: lower-case ASCII host, path decoded exactly once, query, fragment."""

    host: str
    path: tuple[str, ...]
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fragment: str = ""

    def sub(self, domain: str) -> str | None:
        """Return the part of the host before the domain ("" for the domain itself), None if elsewhere."""
        if self.host == domain:
            return ""
        return self.host.removesuffix(f".{domain}") if self.host.endswith(f".{domain}") else None

    def step(self, number: int) -> str:
        """Return a path step folded to lower case for comparing with key words, or ""."""
        return self.path[number].lower() if len(self.path) > number else ""

    def one(self, name: str) -> str:
        """Return a query value when it is stated exactly once (or the same each time), else ""."""
        values = set(self.query.get(name, ()))
        return values.pop() if len(values) == 1 else ""


@dataclass(frozen=True, slots=True)
class Platform:
    """A place where accounts live.

    Attributes:
        code: stable code, stored.
        name: what people call it.
        hosts: its domains; every host below them is the platform's own.
        personal: may a person's account be declared there.
        agency: may an agency's.
        read: an address on `hosts` → Link, or LinkError.
        words: other names people give it, folded (lower case, no diacritics).
        home: where a bare handle is put to be read; "" if bare handles do not exist here.
        at: handles carry "@" in the address.
        bare: rewrites a bare handle into a path before reading, where that takes more than the "@".
        numbers: a bare name may be a phone number, which people write with spaces.
        supported: links can be read; otherwise `read` always refuses.
        permanent: where a person finds the permanent id of an account; "" where no link states one.
    """

    code: str
    name: str | StrPromise
    hosts: tuple[str, ...]
    personal: bool
    agency: bool
    read: Callable[[Address], Link] = field(repr=False, compare=False)
    words: tuple[str, ...] = ()
    home: str = ""
    at: bool = False
    bare: Callable[[str], str] | None = field(default=None, repr=False, compare=False)
    numbers: bool = False
    supported: bool = True
    permanent: str | StrPromise = ""

    def owns(self, host: str) -> bool:
        """Tell whether a host is the platform's."""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.hosts)


def single(platform: str, kind: str, *, key: str, shown: str, url: str) -> Link:
    """Make a link that states one identifier."""
    return Link(platform, (Identifier(kind, key, unicodedata.normalize("NFC", shown)),), url)


LOCALE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?")  # vi-vn.facebook.com, vn.linkedin.com

_JOINERS = frozenset("_-.·")
_LOOK_ALIKE_SCRIPTS = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def fold(text: str) -> str:
    """Fold a Unicode handle: NFC and lower case, letter by letter.

    Not `str.casefold`: that makes ß equal to ss, and so would merge two accounts by guess.
    """
    composed = unicodedata.normalize("NFC", text)
    lowered = (small if len(small := letter.lower()) == 1 else letter for letter in composed)
    return unicodedata.normalize("NFC", "".join(lowered))


def is_word(text: str, *, shortest: int, longest: int, joiners: frozenset[str] = _JOINERS) -> bool:
    """Tell whether a folded Unicode handle can exist: letters, digits, joiners, one alphabet.

    Compatibility forms (full-width, mathematical letters) and Latin mixed with a look-alike alphabet are
    not handles: platforms refuse them, impostors like them.
    """
    if not shortest <= len(text) <= longest or not unicodedata.is_normalized("NFKC", text):
        return False
    if unicodedata.category(text[0])[0] == "M":
        return False
    if not all(sign in joiners or unicodedata.category(sign)[0] in "LMN" for sign in text):
        return False
    scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in text if sign.isalpha()}
    return "LATIN" not in scripts or scripts.isdisjoint(_LOOK_ALIKE_SCRIPTS)


def encode(text: str) -> str:
    """Percent-encode a key for one step of a canonical path."""
    return quote(text, safe="")
