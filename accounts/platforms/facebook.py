"""Facebook: profiles and pages.

- A username holds letters, digits and dots; **dots and case do not distinguish** (Facebook's own help), so
  the key is the lower-case name without dots. At least 5 signs is official; at most 50 is older guidance.
- A numeric id is a separate identifier: that an id and a username are one account is never guessed, nor that
  the two ids a page can have are one. Names ending in .vn or .gov.vn are real (facebook.com/antv.gov.vn).
- `/p/Name-id` and `/Name-id` are general knowledge, not documented by Facebook.
- m.me/name and messenger.com/t/… : the first states the account's username; the second is one's own mailbox.
"""

import re

from django.utils.translation import gettext_lazy as _

from accounts.platforms import refusals
from accounts.platforms.base import LOCALE, PERMANENT_ID, VANITY, Address, Link, Platform, single

CODE = "facebook"
NAME = "Facebook"
_PERMANENT = _(
    "A profile without a name of its own already has it in its address: profile.php?id= and a number."
    " For a profile with a name, open it on a computer, press Ctrl+U and look for “userID”: it is the number"
    " behind it. A page shows it under About, Page transparency, as “Page ID”."
)
_ALLOWS = _("5 to 50 letters and digits, with dots between them, or a numeric id")

_USERNAME = re.compile(r"[A-Za-z0-9.]+")
_ID = re.compile(r"[1-9][0-9]{4,19}")
_NAME_ID = re.compile(r".*-([1-9][0-9]{4,19})", re.DOTALL)
_LONG_NAME_ID = re.compile(
    r".*-([1-9][0-9]{8,19})", re.DOTALL
)  # without /p/: a short number may be a name's end

_HOSTS = frozenset(
    {"", "www", "m", "web", "mbasic", "touch", "mobile", "free", "mtouch", "iphone", "business"}
)
# Pages of Facebook itself. Below 5 letters a word cannot be a username anyway.
_OWN = frozenset(
    """
    about account accounts ads adsmanager ajax api apps badges birthdays bookmarks browse business
    careers checkpoint composer confirmemail cookie creators creatorstudio dating developers dialog
    directory discover donate events fbid feed feeds find-friends findfriends flx friends fundraisers
    games gaming hashtag help home identity instantgames jobs language latest legal lite live login
    logout maps marketplace media memories messages messenger mobile nearby news notes notifications
    offers onthisday pages payments people places plugins policies policy privacy profile public ray
    recover reg requests safety saved search security settings sharer stories support survey terms
    timeline topic unsupportedbrowser usernames verify watchparty weather welcome your_information
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_POSTS = frozenset(
    """
    live notes permalink photo photos posts reel reels stories story video videos watch
    """.split()  # noqa: SIM905  # likewise
)
_NEVER = _OWN | _POSTS | {"groups", "share"}
_POST_FILES = frozenset(
    {"photo.php", "story.php", "permalink.php", "video.php", "photos.php", "note.php", "album.php"}
)
_INSIDE_POSTS = frozenset(
    {"posts", "videos", "photos", "reel", "reels", "photo", "video", "live", "notes", "events"}
)
_TABS = frozenset(
    """
    about about_contact_and_basic_info about_details about_profile_transparency books community
    directory_contact_info directory_intro events followers following friends friends_mutual groups info
    likes live map mentions movies music notes photos photos_albums photos_all photos_by photos_of
    photos_stream posts reels reels_tab reviews services shop sports timeline tv videos
    """.split()  # noqa: SIM905  # likewise
)


def read(address: Address) -> Link:
    """Read an address on Facebook's hosts.

    Raises:
        LinkError: opaque_link, post_link, group_link, invite_link, reserved_page or bad_handle.
    """
    if address.sub("fb.me") is not None:
        raise refusals.refusal("opaque_link")
    if address.sub("fb.watch") is not None:
        raise refusals.refusal("post_link")
    if address.sub("m.me") is not None:
        return _messenger(address)
    sub = address.sub("facebook.com") if address.sub("facebook.com") is not None else address.sub("fb.com")
    if sub in {"l", "lm"}:
        raise refusals.refusal("opaque_link")
    if sub is None or not (sub in _HOSTS or LOCALE.fullmatch(sub)) or not address.path:
        raise refusals.reserved(NAME)
    _refuse_others(address)
    return _stated_id(address) or _profile(address)


def _messenger(address: Address) -> Link:
    """Read m.me/name, the public "message us" link of an account."""
    first = address.step(0)
    if len(address.path) > 1 and first in {"j", "g", "ch"}:
        raise refusals.refusal("invite_link")
    if len(address.path) != 1:
        raise refusals.reserved(NAME)
    return _account(address.path[0])


def _refuse_others(address: Address) -> None:
    """Refuse what lies on Facebook but is not an account."""
    first, second = address.step(0), address.step(1)
    if first == "share":
        why = {"p": "post_link", "v": "post_link", "r": "post_link", "g": "group_link"}
        raise refusals.refusal(why.get(second, "opaque_link") if len(address.path) > 2 else "opaque_link")  # noqa: PLR2004  # /share/p/code
    if first in {"groups", "group.php"}:
        inside = address.step(2)
        raise refusals.refusal("post_link" if inside in {"posts", "permalink"} else "group_link")
    if first in _POSTS or first in _POST_FILES or (first == "events" and second):
        raise refusals.refusal("post_link")
    if first == "media" and second == "set":
        raise refusals.refusal("post_link")


def _stated_id(address: Address) -> Link | None:
    """Read the forms that carry a numeric id, or None when this is not one of them."""
    path = (*address.path, "", "", "")
    match (address.step(0), address.step(1)):
        case ("profile.php", _):
            stated = address.one("id")
        case ("pages", "category"):
            stated = _tail_id(path[3], _NAME_ID)  # /pages/category/Kind/Name-id
        case ("people" | "pages", name) if name:
            stated = path[2]
        case ("p", name) if name:
            stated = _tail_id(path[1], _NAME_ID)
        case ("profile", name) if name:
            stated = path[1]
        case _:
            stated = _tail_id(path[0], _LONG_NAME_ID)
            if not stated:
                return None
            _refuse_inside(address, after=1)
    return _permanent(stated)


def _tail_id(text: str, form: re.Pattern[str]) -> str:
    found = form.fullmatch(text)
    return found[1] if found else ""


def _profile(address: Address) -> Link:
    """Read /username, /pg/username and /id, with the tabs an account's page has."""
    start = 1 if address.step(0) == "pg" else 0
    if address.step(0) == "me" or len(address.path) <= start:
        raise refusals.reserved(NAME)
    _refuse_inside(address, after=start + 1)
    return _account(address.path[start])


def _refuse_inside(address: Address, *, after: int) -> None:
    """Refuse what lies inside an account's page: a post, or something this register does not know."""
    tab = address.step(after)
    if tab in _INSIDE_POSTS and len(address.path) > after + 1:
        raise refusals.refusal("post_link")
    if tab and tab not in _TABS:
        raise refusals.reserved(NAME)


def _account(text: str) -> Link:
    """Read one step that is a username or an id."""
    name = text.removeprefix("@")
    if _ID.fullmatch(name):
        return _permanent(name)
    if name.lower() in _NEVER or name.lower().endswith((".php", ".html")):
        raise refusals.reserved(NAME)
    key = name.lower().replace(".", "")
    if not _USERNAME.fullmatch(name) or not 5 <= len(key) <= 50 or key.isdigit():  # noqa: PLR2004  # see the module's docstring
        raise refusals.bad_handle(NAME, _ALLOWS)
    if key in _NEVER:
        raise refusals.reserved(NAME)
    return single(CODE, VANITY, key=key, shown=name, url=f"https://www.facebook.com/{key}")


def _permanent(text: str) -> Link:
    if not _ID.fullmatch(text):
        raise refusals.bad_handle(NAME, _ALLOWS)
    return single(
        CODE, PERMANENT_ID, key=text, shown=text, url=f"https://www.facebook.com/profile.php?id={text}"
    )


PLATFORM = Platform(
    code=CODE,
    name=NAME,
    hosts=("facebook.com", "fb.com", "fb.me", "m.me", "fb.watch", "messenger.com"),
    personal=True,
    agency=True,
    read=read,
    words=("facebook", "fb", "face", "fanpage", "fan page", "facebok", "phay buc"),
    home="www.facebook.com",
    permanent=_PERMANENT,
)
