"""X, formerly Twitter: 1 to 15 letters, digits and `_`, case not distinguishing; numeric permanent ids."""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import HANDLE, PERMANENT_ID, Address, Link, Platform, single

CODE = "x"
NAME = "X (Twitter)"
_PERMANENT = _(
    "The archive of your data, which X prepares under Settings, Your account, names it as “accountId”."
    " Paste it as x.com/i/user/ and that number: a number alone would be read as a name."
)
_ALLOWS = _("1 to 15 letters, digits and “_”")

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_ID = re.compile(r"[1-9][0-9]{0,19}")
_OWN = frozenset(
    """
    about account compose download explore followers following hashtag home i intent jobs login logout
    mentions messages notifications oauth personalization privacy search search-advanced settings share
    signup tos who_to_follow widgets
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_TABS = frozenset(
    """
    about affiliates articles followers following header_photo highlights likes lists media photo
    subscriptions superfollows topics verified_followers with_replies
    """.split()  # noqa: SIM905  # likewise
)
_POSTS = frozenset({"status", "statuses", "article", "moments", "events", "spaces", "broadcasts", "web"})


def read(address: Address) -> Link:
    """Read an address on X's hosts.

    Raises:
        LinkError: opaque_link, post_link, group_link, reserved_page or bad_handle.
    """
    if address.sub("t.co") is not None:
        raise refusals.refusal("opaque_link")
    sub = address.sub("x.com") if address.sub("x.com") is not None else address.sub("twitter.com")
    if sub == "pic":
        raise refusals.refusal("post_link")
    first, second = address.step(0), address.step(1)
    if sub not in {"", "www", "mobile", "m"} or not first:
        raise refusals.reserved(NAME)
    if first == "i":
        return _inner(address)
    if first == "intent" and second in {"user", "follow"}:
        return _intent(address)
    if first in _OWN:
        raise refusals.reserved(NAME)
    if second in _POSTS:
        raise refusals.refusal("post_link")
    if second and second not in _TABS:
        raise refusals.reserved(NAME)
    return _handle(address.path[0].removeprefix("@"))


def _inner(address: Address) -> Link:
    """Read x.com/i/…, where only /i/user/id is an account."""
    second = address.step(1)
    if second == "user" and len(address.path) > 2:  # noqa: PLR2004  # /i/user/id
        return _permanent(address.path[2])
    if second in _POSTS:
        raise refusals.refusal("post_link")
    if second in {"communities", "lists", "chat"}:
        raise refusals.refusal("group_link")
    raise refusals.reserved(NAME)


def _intent(address: Address) -> Link:
    """Read a "follow" button: exactly one of name and id. Both in one link may contradict each other."""
    name, number = address.one("screen_name"), address.one("user_id")
    if bool(name) == bool(number):
        raise refusals.refusal("opaque_link")
    return _handle(name.removeprefix("@")) if name else _permanent(number)


def _handle(text: str) -> Link:
    key = text.lower()
    if key in _OWN:
        raise refusals.reserved(NAME)
    if not _HANDLE.fullmatch(text):
        raise refusals.bad_handle(NAME, _ALLOWS)
    return single(CODE, HANDLE, key=key, shown=f"@{text}", url=f"https://x.com/{key}")


def _permanent(text: str) -> Link:
    if not _ID.fullmatch(text):
        raise refusals.bad_handle(NAME, _ALLOWS)
    return single(CODE, PERMANENT_ID, key=text, shown=text, url=f"https://x.com/i/user/{text}")


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=("x.com", "twitter.com", "t.co"),
    personal=True,
    agency=True,
    read=read,
    words=("x", "twitter", "x twitter", "twitter x"),
    home="x.com",
    permanent=_PERMANENT,
)
