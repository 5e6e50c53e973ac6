"""Telegram: public users, channels and bots.

5 to 32 letters, digits and `_` (4 for bought names), a letter first, `_` not last. Sources differ on a
doubled `_`, so it is accepted. t.me/+… and /joinchat/… are private invitations and name no account.
"""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import HANDLE, Address, Link, Platform, single

CODE = "telegram"
NAME = "Telegram"
_ALLOWS = _("4 to 32 letters, digits and “_”, a letter first, “_” not last")

_HANDLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,30}[A-Za-z0-9]")
_SHORT = ("t.me", "telegram.me", "telegram.dog")
_OWN = frozenset(
    """
    a addemoji addlist addstickers addtheme apps auction bg blog boost c call confirmphone contact dl
    download faq giftcode invoice iv joinchat k login m nft passport privacy proxy s setlanguage share
    socks stars stickers support telegram tos web webk webz www
    """.split()  # noqa: SIM905  # a list of words reads best as words
) - {"telegram", "stickers", "support"}  # these are real accounts


def read(address: Address) -> Link:
    """Read an address on Telegram's hosts.

    Raises:
        LinkError: invite_link, post_link, reserved_page or bad_handle.
    """
    if address.sub("telegram.org") == "web" and address.fragment.startswith("@"):
        return _handle(address.fragment[1:])
    sub = next((found for domain in _SHORT if (found := address.sub(domain)) is not None), None)
    if sub is None:
        raise refusals.reserved(NAME)
    path = list(address.path)
    if sub not in {"", "www"}:
        path.insert(0, sub)  # name.t.me/… is t.me/name/…
    if not path:
        raise refusals.reserved(NAME)
    return _short(path)


def _short(path: list[str]) -> Link:
    """Read the path of t.me."""
    first = path[0].lower()
    if first.startswith("+") or first in {"joinchat", "addlist"}:
        raise refusals.refusal("invite_link")
    if first == "s" and len(path) > 1:
        path = path[1:]  # the web preview of a public channel
        first = path[0].lower()
    elif first == "c" and len(path) > 1:
        raise refusals.refusal("post_link")
    if first in _OWN:
        raise refusals.reserved(NAME)
    if len(path) > 1:
        raise refusals.refusal("post_link")
    return _handle(path[0].removeprefix("@"))


def _handle(text: str) -> Link:
    key = text.lower()
    if not _HANDLE.fullmatch(text):
        raise refusals.bad_handle(NAME, _ALLOWS)
    if key in _OWN:
        raise refusals.reserved(NAME)
    return single(CODE, HANDLE, key=key, shown=f"@{text}", url=f"https://t.me/{key}")


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=(*_SHORT, "telegram.org"),
    personal=True,
    agency=True,
    read=read,
    words=("telegram", "tele", "tg"),
    home="t.me",
)
