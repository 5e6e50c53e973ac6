"""LinkedIn: people (/in/), companies, schools and showcases, each a namespace of its own.

3 to 100 letters of any alphabet, digits, `_`, `-`. That case does not matter is an **estimate**. A company's
number is a permanent id; so is the long code (ACoAA…) the site shows for a person, which is case-sensitive.
"""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import (
    LOCALE,
    PERMANENT_ID,
    SLUG,
    Address,
    Link,
    Platform,
    encode,
    fold,
    is_word,
    single,
)

CODE = "linkedin"
NAME = "LinkedIn"
_PERMANENT = _(
    "A company's number stands in the address when its administrator opens the page: linkedin.com/company/"
    " and a number. A person's is the long sign beginning with ACoAA in an address linkedin.com/in/ACoAA…"
)
_ALLOWS = _("in/, company/, school/ or showcase/ and 3 to 100 letters, digits, “_” and “-”")

_SPACES = frozenset({"in", "company", "school", "showcase"})
_ID = re.compile(r"[1-9][0-9]{0,19}")
_MEMBER = re.compile(r"ACoAA[A-Za-z0-9_-]{20,80}")
_JOINERS = frozenset("_-")


def read(address: Address) -> Link:
    """Read an address on LinkedIn's hosts. What follows the name (/vi, /details, /about) is dropped.

    Raises:
        LinkError: opaque_link, post_link, group_link, reserved_page or bad_handle.
    """
    if address.sub("lnkd.in") is not None:
        raise refusals.refusal("opaque_link")
    sub, first = address.sub("linkedin.com"), address.step(0)
    if sub is None or not (sub in {"", "www", "m"} or LOCALE.fullmatch(sub)) or not first:
        raise refusals.reserved(NAME)
    if first in {"posts", "pulse", "news", "embed", "video", "events"} or address.step(1) == "update":
        raise refusals.refusal("post_link")
    if first == "groups":
        raise refusals.refusal("group_link")
    if first == "pub":
        raise refusals.refusal("opaque_link")  # old form: the name alone does not tell people apart
    if first not in _SPACES or len(address.path) < 2:  # noqa: PLR2004  # /in/slug
        raise refusals.reserved(NAME)
    return _account(first, address.path[1])


def _account(space: str, text: str) -> Link:
    url = f"https://www.linkedin.com/{space}/"
    if (space == "in" and _MEMBER.fullmatch(text)) or (space != "in" and _ID.fullmatch(text)):
        return single(CODE, PERMANENT_ID, key=f"{space}/{text}", shown=f"{space}/{text}", url=url + text)
    key = fold(text)
    if space == "in" and key == "me":
        raise refusals.reserved(NAME)
    if not is_word(key, shortest=3, longest=100, joiners=_JOINERS):
        raise refusals.bad_handle(NAME, _ALLOWS)
    return single(CODE, SLUG, key=f"{space}/{key}", shown=f"{space}/{text}", url=url + encode(key))


def _bare(text: str) -> str:
    """Refuse a bare name: it may be a person's or a company's."""
    del text
    raise refusals.bad_handle(NAME, _ALLOWS)


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=("linkedin.com", "lnkd.in"),
    personal=True,
    agency=True,
    read=read,
    words=("linkedin", "linked in"),
    home="www.linkedin.com",
    bare=_bare,
    permanent=_PERMANENT,
)
