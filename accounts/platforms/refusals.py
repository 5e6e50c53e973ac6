"""Why a link was not understood, in words the person who pasted it can act on.

No refusal ever repeats the pasted text: it may hold a phone number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise as StrPromise


class LinkError(RegistryError):
    """A pasted link that does not name an account. Codes are the keys of `MESSAGES`."""


MESSAGES: Final[Mapping[str, StrPromise]] = {
    "missing_link": _("No link was given. Open the account's page and paste its address."),
    "too_long": _("This text is longer than {limit} characters. Paste only the link."),
    "not_a_link": _("This is not a link. Open the account's page and paste its address from the browser."),
    "many_links": _("There is more than one link here. Give one link for each account."),
    "which_platform": _("Say which platform this name is on, or paste the full link."),
    "unknown_platform": _("This platform is not known. Choose one from the list."),
    "bad_scheme": _("This is not a web address. A link begins with https:// or http://."),
    "unknown_host": _(
        "The site {host} is not one of the platforms in the register. Check the link for spelling mistakes."
    ),
    "hidden_host": _("The part before “@” in this link hides the real site: {host}."),
    "unknown_site": _("The site in this link is not one of the platforms in the register."),
    "unsupported_platform": _(
        "Links to {platform} cannot be read automatically. "
        "Ask your HR officer to record this account by hand."
    ),
    "wrong_platform": _(
        "The platform declared is {declared}, but the link is on {found}. Correct the platform or the link."
    ),
    "opaque_link": _(
        "This short link does not say which account it leads to. Open it and paste the full link of the page."
    ),
    "post_link": _(
        "This link leads to a post, photo or video, not to an account. "
        "Open the account's own page and paste its address."
    ),
    "group_link": _("This link leads to a group. A group is not an account: declare the account itself."),
    "invite_link": _("This is an invitation link. Paste the public link of the account itself."),
    "reserved_page": _(
        "This address is one of {platform}'s own pages, not an account's. "
        "Open the account's own page and paste its address."
    ),
    "bad_handle": _("No account on {platform} can have this name. {platform} allows: {allows}."),
}

# Two wordings, one meaning for machines.
_SHARED_CODES: Final[Mapping[str, str]] = {"hidden_host": "unknown_host", "unknown_site": "unknown_host"}


def refusal(why: str, **facts: str | int | StrPromise) -> LinkError:
    """Make a refusal from a key of `MESSAGES`; the facts fill the sentence and go into `extra`."""
    return LinkError(
        _SHARED_CODES.get(why, why),
        format_lazy(MESSAGES[why], **facts) if facts else MESSAGES[why],
        facts,
        field="platform" if why == "unknown_platform" else "link",
    )


def reserved(platform: str | StrPromise) -> LinkError:
    """Refuse an address that is the platform's own page (home, search, settings, messages)."""
    return refusal("reserved_page", platform=platform)


def bad_handle(platform: str | StrPromise, allows: StrPromise) -> LinkError:
    """Refuse a name the platform cannot have given to an account."""
    return refusal("bad_handle", platform=platform, allows=allows)
