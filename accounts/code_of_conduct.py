"""The code of conduct people are asked to read and accept, in numbered wordings.

It gathers, in the register's own words, what the documents in force ask of a person's *identity* on social
networks. It orders nothing by itself: a profile says whether its people are asked to accept it. A changed
wording is a new number with the day it takes effect; the old ones stay readable for ever.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: its number grows, and is what an acceptance names."""

    number: int
    effective_from: dt.date
    title: StrPromise
    points: tuple[StrPromise, ...]


WORDINGS: Final = (
    Wording(
        number=1,
        effective_from=dt.date(2026, 3, 5),
        title=_("How staff appear on social networks"),
        points=(
            _("I use my real name, or make it easy to see that the account is mine."),
            _("I speak for myself there; I neither represent nor act for my agency unless it asked me to."),
            _("I name or show my unit only where the rules of my sector allow it."),
            _("The account is mine alone: I do not lend, rent out, sell or pledge it, nor take another's."),
            _("I answer for what the account says, and keep it secure."),
            _("When I lose it, or somebody poses as me, I tell the platform and my unit at once."),
            _("I declare what I use to my agency as its regulation asks, and say when it changes."),
        ),
    ),
)


def wording(number: int) -> Wording:
    """The wording with this number; raises KeyError for one that never was."""
    return {each.number: each for each in WORDINGS}[number]


def current_on(day: dt.date) -> Wording | None:
    """The wording in effect on a day; None before the first."""
    effective = [each for each in WORDINGS if each.effective_from <= day]
    return max(effective, key=lambda each: each.effective_from, default=None)
