"""What somebody typed into the box: a link, a handle or a name, however written."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from accounts.names import tidy
from accounts.platforms import PERMANENT_ID, PHONE, PLATFORMS, Identifier, Link, LinkError, recognise, website
from common.errors import RegistryError

LONGEST = 1000  # signs of a question: a link with all its tracking, or a message with one in it
_NAMES = frozenset({"not_a_link", "which_platform"})  # no link, so perhaps a name
_IN_OTHER_WORDS = {
    "group_link": _(
        "This link leads to a group. Whoever runs a group, it is no page of an agency: ask about the page."
    ),
    "many_links": _("There is more than one link here. Ask about each by itself."),
}
_NO_SPELLING = frozenset({PERMANENT_ID, PHONE})


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    Attributes:
        text: as typed, tidied.
        link: the account a link names; None for a name, or for a handle without its platform.
        handles: what a bare word would be on each platform.
        spelt: the name or handle to be compared with known ones, "" where a link states only a number.
        host: of a website, without www; "" for anything else.
    """

    text: str
    link: Link | None
    handles: tuple[Link, ...] = ()
    spelt: str = ""
    host: str = ""
    identifiers: tuple[tuple[str, Identifier], ...] = field(init=False)

    def __post_init__(self) -> None:
        links = (self.link,) if self.link else self.handles
        known = tuple((link.platform, one) for link in links for one in link.identifiers if one.kind != PHONE)
        object.__setattr__(self, "identifiers", known)


def read_question(text: str, *, platform: str = "") -> Question:
    """Read a question.

    Args:
        text: what was typed.
        platform: the platform said beside it, in any wording; "" for none.

    Raises:
        RegistryError: `nothing_asked`, `too_long`, or why a link leads to no page (`LinkError`).
    """
    said = tidy(text.replace("\x00", ""))
    if len(said) > LONGEST:
        raise RegistryError(
            "too_long", _("Paste only the link or the name: at most 1,000 characters."), field="q"
        )
    if not any(sign.isalnum() for sign in said):
        raise RegistryError("nothing_asked", _("Type a link, a handle or a name."), field="q")
    try:
        link = recognise(said, platform=platform)
    except LinkError as error:
        return _no_link(said, error)
    spelt = next((one.shown for one in link.identifiers if one.kind not in _NO_SPELLING), "")
    host = link.identifiers[0].key if link.platform == website.CODE else ""
    return Question(said, link, spelt=spelt, host=host)


def _no_link(said: str, error: LinkError) -> Question:
    """A name, a bare handle, or a site the register does not know; anything else is refused."""
    if error.code == "unknown_host" and error.extra.get("host"):
        host = str(error.extra["host"])
        return Question(said, None, spelt=host, host=website.without_www(host.lower()))
    if error.code not in _NAMES:
        raise _for_who_asks(error)
    return Question(said, None, tuple(_on_each(said)), said)


def _for_who_asks(error: LinkError) -> RegistryError:
    """Why a link names no page, for somebody who has none to declare."""
    words = _IN_OTHER_WORDS.get(error.code)
    return RegistryError(error.code, words, error.extra, field="q") if words else error


def _on_each(said: str) -> list[Link]:
    """The accounts a bare word would name, one a platform at most."""
    word = said.removeprefix("@")
    if " " in word or not 2 < len(word) <= 60:  # noqa: PLR2004 - no platform has such names
        return []
    found = []
    for code, known in PLATFORMS.items():
        if known.home and known.agency:
            try:
                found.append(recognise(said, platform=code))
            except LinkError:
                continue
    return found
