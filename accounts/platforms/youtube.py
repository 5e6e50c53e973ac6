"""YouTube channels.

- The channel id (UC and 22 signs) is permanent and **case-sensitive**.
- A handle is 3 to 30 letters of any alphabet, digits, `_`, `-`, `.`, `·`; alphabets are not mixed. That case
  does not matter is an **estimate**; it is folded letter by letter, never ß into ss.
- /c/name and /user/name are older addresses of their own: YouTube may have given the same word as a handle to
  another channel, so they are other kinds of identifier, never merged with the handle by guess.
- youtube.com/name may mean any of the three and is refused as opaque. youtu.be is always a video.
"""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import (
    C_NAME,
    HANDLE,
    LOCALE,
    PERMANENT_ID,
    USER_NAME,
    Address,
    Link,
    Platform,
    encode,
    fold,
    is_word,
    single,
)

CODE = "youtube"
NAME = "YouTube"
_PERMANENT = _(
    "The channel id begins with UC. On your own channel it stands under Settings, Advanced settings; on any"
    " channel, open its description, choose “Share channel” and then “Copy channel ID”."
)
_ALLOWS = _("@ and 3 to 30 letters, digits, “_”, “-”, “.” and “·”, or a channel id of UC and 22 signs")

_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_HOSTS = frozenset({"", "www", "m", "music", "studio", "gaming", "tv"})
_TABS = frozenset(
    """
    about analytics channels community courses editing featured join live membership monetization null
    playlists podcasts posts releases search shorts store streams videos
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_POSTS = frozenset({"watch", "shorts", "live", "embed", "v", "e", "clip", "playlist", "post", "watch_videos"})
_OWN = frozenset(
    """
    about account ads attribution_link c channel channel_switcher channels create creators dashboard
    feed feeds gaming handle hashtag howyoutubeworks iframe_api index kids learning logout movies music
    my_videos new news oembed oops policies premium press pubsub red redirect results robots.txt
    select_site signin signup sports supported_browsers t tv upload user verify yt
    """.split()  # noqa: SIM905  # likewise
)
_LONGEST_OLD_NAME = 100  # an estimate: /c/ names could be longer than handles


def read(address: Address) -> Link:
    """Read an address on YouTube's hosts.

    Raises:
        LinkError: post_link, opaque_link, reserved_page or bad_handle.
    """
    if address.sub("youtu.be") is not None or address.sub("youtube-nocookie.com") is not None:
        raise refusals.refusal("post_link")
    sub, first = address.sub("youtube.com"), address.step(0)
    if sub is None or not (sub in _HOSTS or LOCALE.fullmatch(sub)) or not first:
        raise refusals.reserved(NAME)
    if first in _POSTS:
        raise refusals.refusal("post_link")
    named = first in {"c", "user", "channel"} and len(address.path) > 1
    tab = address.step(2 if named else 1)
    if first.startswith("@") or named:
        if tab and tab not in _TABS:
            raise refusals.reserved(NAME)
        return _named(first, address.path[1]) if named else _handle(address.path[0][1:])
    if first in _OWN or len(address.path) > 1:
        raise refusals.reserved(NAME)
    raise refusals.refusal("opaque_link")


def _named(form: str, text: str) -> Link:
    """Read /channel/id, /c/name or /user/name."""
    if form == "channel":
        if not _CHANNEL.fullmatch(text):
            raise refusals.bad_handle(NAME, _ALLOWS)
        url = f"https://www.youtube.com/channel/{text}"
        return single(CODE, PERMANENT_ID, key=text, shown=text, url=url)
    key = _word(text, longest=_LONGEST_OLD_NAME)
    kind = C_NAME if form == "c" else USER_NAME
    return single(CODE, kind, key=key, shown=text, url=f"https://www.youtube.com/{form}/{encode(key)}")


def _handle(text: str) -> Link:
    key = _word(text, longest=30)
    return single(CODE, HANDLE, key=key, shown=f"@{text}", url=f"https://www.youtube.com/@{encode(key)}")


def _word(text: str, *, longest: int) -> str:
    key = fold(text)
    if not is_word(key, shortest=3, longest=longest) or key.endswith("."):
        raise refusals.bad_handle(NAME, _ALLOWS)
    return key


def _bare(text: str) -> str:
    """Put a bare channel id, or a bare handle, into the path it belongs to."""
    return f"channel/{text}" if _CHANNEL.fullmatch(text) else f"@{text.removeprefix('@')}"


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=("youtube.com", "youtu.be", "youtube-nocookie.com"),
    personal=True,
    agency=True,
    read=read,
    words=("youtube", "you tube", "yt", "youtube channel"),
    home="www.youtube.com",
    at=True,
    bare=_bare,
    permanent=_PERMANENT,
)
