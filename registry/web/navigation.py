"""The menu of each part of the site: one line on a screen, one button on a phone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the address it leads to, and the beginnings of addresses below it."""

    name: str
    label: "StrPromise"
    below: tuple[str, ...] = ()  # of what belongs to it too, beside what lies below its own address
    same: str = ""  # another address of the same page


@dataclass(frozen=True, slots=True)
class Menu:
    """The entries of one part of the site."""

    label: "StrPromise"
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One entry as a page shows it; `current` is the value of `aria-current`."""

    url: str
    label: "StrPromise"
    current: str


MENUS: Final = {
    "official": Menu(
        _("My accounts"),
        (
            Entry("official:home", _("Overview"), ("/me/findings/", "/me/accounts/", "/me/confirm/")),
            Entry("official:declare", _("Declare an account")),
            Entry("official:declarations", _("What I declared")),
            Entry("official:none", pgettext_lazy("menu", "I have no account")),
            Entry("official:incidents", pgettext_lazy("menu", "Lost, impersonated")),
            Entry("official:duties", pgettext_lazy("menu", "What is asked of me")),
            Entry("official:code", _("Code of conduct")),
            Entry("official:data", _("My data")),
        ),
    ),
    "reviewer": Menu(
        _("Review"),
        (
            Entry("reviewer:home", _("Overview")),
            Entry("reviewer:queue", _("To review")),
            Entry("reviewer:staff", _("Staff"), ("/hr/accounts/", "/hr/acts/")),
            Entry("reviewer:findings", pgettext_lazy("menu", "Findings"), ("/hr/waivers/",)),
            Entry("reviewer:disputes", _("Disputes")),
            Entry("reviewer:incidents", pgettext_lazy("menu", "Lost, impersonated")),
            Entry("reviewer:data_requests", _("Data requests")),
            Entry("reviewer:pages", pgettext_lazy("menu", "Our pages"), ("/hr/impostors/",)),
            Entry("reviewer:imports", _("Imports")),
            Entry("reviewer:agencies", _("My agency"), ("/hr/mergers/",)),
        ),
    ),
    "auditor": Menu(
        _("Audit"),
        (
            Entry("auditor:home", _("Overview")),
            Entry("auditor:list", _("Compliance list"), ("/audit/findings/", "/audit/officials/")),
            Entry("auditor:between", _("Two days")),
            Entry("auditor:samples", _("Samples")),
            Entry("auditor:exports", _("Exports")),
            Entry("auditor:runs", _("Runs")),
            Entry("law:rules", _("Rules")),
            Entry("law:sources", _("Law")),
        ),
    ),
    "citizen": Menu(
        _("Look-up"),
        (
            Entry("citizen:lookup", _("Look a page up"), ("/pages/",), same="home"),
            Entry("citizen:agencies", _("Agencies")),
            Entry("citizen:platforms", _("Platforms")),
            Entry("citizen:report", _("Report an impostor"), ("/tickets/",)),
            Entry("citizen:open_data", _("Open data")),
        ),
    ),
    "law": Menu(
        _("Law and rules"),
        (
            Entry("law:sources", _("Law"), ("/law/documents/", "/law/articles/")),
            Entry("law:rules", _("Rules")),
            Entry("law:profiles", _("Profiles")),
        ),
    ),
}
#: Parts that are entered without a login: their menu offers one.
_OPEN: Final = frozenset({"citizen", "law"})
#: Addresses below which everything of a part lies; they are an entry's own page, and no more than that.
_TOPS: Final = frozenset({"/me/", "/hr/", "/audit/", "/law/"})


def menu_of(request: HttpRequest, part: str) -> tuple["StrPromise", list[Drawn]]:
    """What the menu of a part is called, and its entries as this page shows them."""
    menu = MENUS[part]
    drawn = [_drawn(entry, request) for entry in menu.entries]
    if part in _OPEN and not request.user.is_authenticated:
        drawn.append(Drawn(reverse("login"), _("Sign in"), ""))
    return menu.label, drawn


def _drawn(entry: Entry, request: HttpRequest) -> Drawn:
    url = reverse(entry.name)
    if request.path in {url, reverse(entry.same or entry.name)}:
        return Drawn(url, entry.label, "page")
    below = entry.below if url in _TOPS else (url, *entry.below)
    return Drawn(url, entry.label, "true" if request.path.startswith(below) else "")
