"""Threads: the handles of Instagram, at threads.com or threads.net.

An equal handle on Instagram is another account of this register: that they are one is not guessed.
"""

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import HANDLE, Address, Link, Platform, single

# Not of another platform's reading, but of a name both share: Instagram issues the handles of Threads.
from accounts.platforms.instagram import HANDLE_FORM

CODE = "threads"
NAME = "Threads"
_ALLOWS = _("@ and 1 to 30 letters, digits, “_” and “.”, no dot first, last or twice in a row")
_TABS = frozenset({"", "replies", "media", "reposts"})


def read(address: Address) -> Link:
    """Read an address on Threads' hosts.

    Raises:
        LinkError: post_link, reserved_page or bad_handle.
    """
    sub = address.sub("threads.com")
    sub = sub if sub is not None else address.sub("threads.net")
    first, tab = address.step(0), address.step(1)
    if first in {"t", "post"} or tab == "post":
        raise refusals.refusal("post_link")
    if sub not in {"", "www", "m"} or not first.startswith("@") or tab not in _TABS:
        raise refusals.reserved(NAME)
    name = address.path[0][1:]
    if not HANDLE_FORM.fullmatch(name):
        raise refusals.bad_handle(NAME, _ALLOWS)
    key = name.lower()
    return single(CODE, HANDLE, key=key, shown=f"@{name}", url=f"https://www.threads.com/@{key}")


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=("threads.com", "threads.net"),
    personal=True,
    agency=True,
    read=read,
    words=("threads", "thread"),
    home="www.threads.com",
    at=True,
)
