"""What a source of law and its articles are, as data with dates."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Force(StrEnum):
    """How strongly a text speaks."""

    MUST = "must"
    MUST_NOT = "must-not"
    SHOULD = "should"
    ENCOURAGED = "encouraged"
    DRAFT = "draft"  # proposed, never in force

    @property
    def strength(self) -> int:
        """For comparison only: a duty and a prohibition are equally strong."""
        return _STRENGTH[self]


_STRENGTH = {Force.DRAFT: 0, Force.ENCOURAGED: 1, Force.SHOULD: 2, Force.MUST: 3, Force.MUST_NOT: 3}


class Seen(StrEnum):
    """How much of a text whoever described it here had before them."""

    FULL = "full"
    SUMMARY = "summary"  # a digest, a commentary with article numbers, part of a copy
    PRESS = "press"  # only what the press or a briefing says about it


class Scope(StrEnum):
    """What an article is about. The register checks identity; it never judges content."""

    IDENTITY = "identity"
    CONTENT = "content"
    REGISTER = "register"  # a duty of the register itself, towards the people in it


class Bound(StrEnum):
    """Whom an article addresses."""

    EVERYONE = "everyone"
    OFFICIAL = "official"
    AGENCY = "agency"
    PROVIDER = "provider"
    ORGANISATION = "organisation"  # one that is no state agency
    REGISTER = "register"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document. Dates are half-open: `in_force_until` is the first day it no longer applies."""

    code: str
    number: str  # "" where none was seen
    title_vi: str
    title_en: str
    issuer_vi: str
    issuer_en: str
    seen: Seen
    url: str
    signed: dt.date | None = None
    in_force_from: dt.date | None = None
    in_force_until: dt.date | None = None
    replaced_by: str = ""  # code of the source that took its place
    presented_on: dt.date | None = None  # drafts only
    dates_known: bool = True  # False: a date here is a cautious reading, the note says of what
    own_regulation: bool = False  # stands for the document an agency itself recorded in the register
    note_vi: str = ""
    note_en: str = ""
    misquoted_as: tuple[str, ...] = ()  # numbers by which other documents cite it, wrongly

    @property
    def draft(self) -> bool:
        """Whether this was only ever proposed."""
        return self.presented_on is not None

    @property
    def begins(self) -> dt.date | None:
        """First day in force; the day of signing where nothing else was seen; None: never, or not known."""
        return None if self.draft else self.in_force_from or self.signed

    def in_force(self, on: dt.date) -> bool:
        """Whether the document applies on a day. A draft never does; nor does what nobody could date."""
        if self.begins is None or on < self.begins:
            return False
        return self.in_force_until is None or on < self.in_force_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One duty of a source, in our own words.

    `label` is the article's number, empty where no number was seen.
    """

    code: str
    source: Source
    force: Force
    duty_vi: str
    duty_en: str
    bound: Bound
    scope: Scope = Scope.IDENTITY
    label: str = ""
    wording: str = ""  # the verb of the text itself, where it was seen ("phải", "nên")
    seen: Seen | None = None  # where this article was seen better or worse than its source

    @property
    def certainty(self) -> Seen:
        """How much of this article's text was seen."""
        return self.seen or self.source.seen

    def force_on(self, on: dt.date) -> Force | None:
        """The force this article has on a day; None where it has none.

        A draft stays what it is, a draft, from the day it was presented: it cannot come into force or
        lapse.
        """
        if self.source.presented_on is not None:
            return Force.DRAFT if on >= self.source.presented_on else None
        if self.source.own_regulation:
            return self.force  # the register holds that document's own dates
        return self.force if self.source.in_force(on) else None

    def citation(self) -> str:
        """How it is cited, in Vietnamese: "Điều 36, 147/2024/NĐ-CP"."""
        return ", ".join(part for part in (self.label, self.source.number or self.source.title_vi) if part)
