"""TikTok.

Letters, digits, `_` and `.`, not ending in a dot, changeable every 30 days: official. Two to 24 signs and
that case does not matter: secondary sources. The secUid (MS4wLjABAAAA…) is the permanent id; its case counts.
"""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import HANDLE, PERMANENT_ID, Address, Link, Platform, single

CODE = "tiktok"
NAME = "TikTok"
_PERMANENT = _(
    "Open the profile on a computer, press Ctrl+U and look for “secUid”: it is the long sign behind it,"
    " which begins with MS4wLjABAAAA."
)
_ALLOWS = _("@ and 2 to 24 letters, digits, “_” and “.”, not ending in a dot")

_HANDLE = re.compile(r"(?!.*\.$)[A-Za-z0-9._]{2,24}")
_SEC_UID = re.compile(r"MS4wLjABAAAA[A-Za-z0-9_-]{1,200}")
_TABS = frozenset({"", "live", "playlist"})


def read(address: Address) -> Link:
    """Read an address on TikTok's hosts.

    Raises:
        LinkError: opaque_link, post_link, reserved_page or bad_handle.
    """
    sub = address.sub("tiktok.com")
    first, tab = address.step(0), address.step(1)
    if sub in {"vt", "vm"} or (first == "t" and tab):
        raise refusals.refusal("opaque_link")
    if sub not in {"", "www", "m"}:
        raise refusals.reserved(NAME)
    if first in {"v", "video", "embed", "photo"}:
        raise refusals.refusal("post_link")
    if not first.startswith("@"):
        raise refusals.reserved(NAME)
    if len(address.path) > 2 or tab in {"video", "photo"}:  # noqa: PLR2004  # /@handle/video/id
        raise refusals.refusal("post_link")
    if tab not in _TABS:
        raise refusals.reserved(NAME)
    return _account(address.path[0][1:])


def _account(text: str) -> Link:
    if _SEC_UID.fullmatch(text):
        return single(CODE, PERMANENT_ID, key=text, shown=text, url=f"https://www.tiktok.com/@{text}")
    if not _HANDLE.fullmatch(text):
        raise refusals.bad_handle(NAME, _ALLOWS)
    key = text.lower()
    return single(CODE, HANDLE, key=key, shown=f"@{text}", url=f"https://www.tiktok.com/@{key}")


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=("tiktok.com",),
    personal=True,
    agency=True,
    read=read,
    words=("tiktok", "tik tok", "top top"),
    home="www.tiktok.com",
    at=True,
    permanent=_PERMANENT,
)
