"""Instagram: 1 to 30 letters, digits, `_` and `.`; no dot first, last or doubled.

Two secondary sources agree; one of them allows doubled dots.
"""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import HANDLE, Address, Link, Platform, single

CODE = "instagram"
NAME = "Instagram"
_ALLOWS = _("1 to 30 letters, digits, “_” and “.”, no dot first, last or twice in a row")

HANDLE_FORM = re.compile(r"(?!\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9._]{1,30}")  # Threads shares it
_POSTS = frozenset({"p", "reel", "reels", "tv", "stories", "s", "post"})
_OWN = frozenset(
    """
    _u about accounts ads api ar archive blog challenge create data developer developers direct
    directory download emails explore fragment graphql hashtag help inbox legal lite locations login
    logout notifications oauth popular press privacy query safety session settings share static support
    terms topics web your_activity
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_TABS = frozenset(
    {
        "tagged",
        "reels",
        "channel",
        "followers",
        "following",
        "guides",
        "profilecard",
        "feed",
        "reposts",
        "live",
    }
)


def read(address: Address) -> Link:
    """Read an address on Instagram's hosts.

    Raises:
        LinkError: opaque_link, post_link, invite_link, reserved_page or bad_handle.
    """
    path = list(address.path)
    if address.sub("ig.me") is not None:
        if address.step(0) == "j":
            raise refusals.refusal("invite_link")
        if address.step(0) != "m" or len(path) != 2:  # noqa: PLR2004  # ig.me/m/name
            raise refusals.refusal("opaque_link")
        return _account(path[1])
    sub = address.sub("instagram.com")
    sub = sub if sub is not None else address.sub("instagr.am")
    if sub == "l" or address.step(0) == "share":
        raise refusals.refusal("opaque_link")
    if address.step(0) == "_u":
        path = path[1:]  # instagram.com/_u/name opens the app at the same account
    if sub not in {"", "www", "m"} or not path:
        raise refusals.reserved(NAME)
    return _profile(path)


def _profile(path: list[str]) -> Link:
    """Read /name with the tabs an account has."""
    first = path[0].lower()
    tab = path[1].lower() if len(path) > 1 else ""
    if first in _POSTS:
        raise refusals.refusal("post_link")
    if first == "j" and tab:
        raise refusals.refusal("invite_link")
    if first in _OWN:
        raise refusals.reserved(NAME)
    if tab in _POSTS and len(path) > 2:  # noqa: PLR2004  # /name/p/code
        raise refusals.refusal("post_link")
    if tab and tab not in _TABS:
        raise refusals.reserved(NAME)
    return _account(path[0])


def _account(text: str) -> Link:
    name = text.removeprefix("@")
    key = name.lower()
    if not HANDLE_FORM.fullmatch(name):
        raise refusals.bad_handle(NAME, _ALLOWS)
    if key in _OWN or key in _POSTS:
        raise refusals.reserved(NAME)
    return single(CODE, HANDLE, key=key, shown=f"@{name}", url=f"https://www.instagram.com/{key}/")


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=("instagram.com", "instagr.am", "ig.me"),
    personal=True,
    agency=True,
    read=read,
    words=("instagram", "insta", "ig"),
    home="www.instagram.com",
)
