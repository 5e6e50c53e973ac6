"""Zalo: official accounts (OA) and personal accounts, all at zalo.me.

- The forms of an OA id (15 to 20 digits) and of an OA's name (3 to 50 letters, digits, `_`, `.`) are
  **estimates**: no official rule was found. Whether case matters in a name is unknown: it is folded for
  comparison only, and the canonical address keeps the letters as written.
- zalo.me/<number> with a Vietnamese phone number is a person (also an estimate): only digest and mask are
  kept, and there is no address to open.
"""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import PERMANENT_ID, PHONE, VANITY, Address, Link, Platform, single
from accounts.platforms.phones import looks_like_phone, phone_digest, phone_mask

CODE = "zalo"
NAME = "Zalo"
_PERMANENT = _(
    "Only an official account (OA) has one: the number of 15 digits or more in its address, zalo.me/…;"
    " whoever manages it sees it at oa.zalo.me. A personal account has none."
)
_ALLOWS = _("a name of 3 to 50 letters, digits, “_” and “.”, an OA number, or a Vietnamese phone number")

_OA_ID = re.compile(r"[1-9][0-9]{14,19}")
_VANITY = re.compile(r"[A-Za-z0-9_.]{3,50}")
_LETTER = re.compile(r"[A-Za-z]")
_OWN = frozenset(
    """
    about app apps auth business career chat contact dang-nhap developer developers download downloads
    en faq features help home index.html login logout mini news null oa pc policy privacy search share
    sticker stickers support tai-ve terms vi video web zalopc
    """.split()  # noqa: SIM905  # a list of words reads best as words
)


def read(address: Address) -> Link:
    """Read an address on Zalo's hosts.

    Raises:
        LinkError: opaque_link, group_link, post_link, reserved_page or bad_handle; never with the number.
    """
    first = address.step(0)
    if address.sub("zaloapp.com") is not None or (first == "qr" and len(address.path) > 1):
        raise refusals.refusal("opaque_link")
    sub = address.sub("zalo.me")
    if sub not in {"", "www", "m", "oa"} or not first:
        raise refusals.reserved(NAME)
    if first == "g" and len(address.path) > 1:
        raise refusals.refusal("group_link")
    if len(address.path) > 1 or first in _OWN:
        raise refusals.reserved(NAME)
    if sub == "oa" and not _OA_ID.fullmatch(first):
        raise refusals.reserved(NAME)  # oa.zalo.me is where OAs are managed; only a number there names one
    return _account(address.path[0].removeprefix("@"))


def _account(text: str) -> Link:
    if looks_like_phone(text):
        return single(CODE, PHONE, key=phone_digest(text), shown=phone_mask(text), url="")
    if _OA_ID.fullmatch(text):
        return single(CODE, PERMANENT_ID, key=text, shown=text, url=f"https://zalo.me/{text}")
    if not _VANITY.fullmatch(text) or not _LETTER.search(text) or text.endswith("."):
        raise refusals.bad_handle(NAME, _ALLOWS)
    return single(CODE, VANITY, key=text.lower(), shown=text, url=f"https://zalo.me/{text}")


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=("zalo.me", "zaloapp.com"),
    personal=True,
    agency=True,
    read=read,
    words=("zalo", "zalo oa", "oa zalo", "oa"),
    home="zalo.me",
    numbers=True,
    permanent=_PERMANENT,
)
