"""The law as data with dates: the only place of the register that cites it.

Texts are paraphrased in our own words, in Vietnamese and English. `Seen` says how much of a text was before
us: a text known only from the press binds nobody here (`must` needs at least a summary by article), and an
article has no number where none was seen. Before a duty is put to people as law, check it against the
official gazette.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from registry.rules.legal import codes, national, personal_data, provinces, sectors
from registry.rules.legal.citing import Cited, find_cited
from registry.rules.legal.shape import Article, Bound, Force, Scope, Seen, Source

__all__ = [
    "ARTICLES",
    "FORCE_LABELS",
    "SEEN_LABELS",
    "SOURCES",
    "Article",
    "Bound",
    "Cited",
    "Force",
    "Scope",
    "Seen",
    "Source",
    "article",
    "cited",
    "in_force",
]

_PARTS = (codes, sectors, provinces, national, personal_data)

SOURCES: Mapping[str, Source] = MappingProxyType(
    {source.code: source for part in _PARTS for source in part.SOURCES}
)
ARTICLES: Mapping[str, Article] = MappingProxyType(
    {each.code: each for part in _PARTS for each in part.ARTICLES}
)

FORCE_LABELS = MappingProxyType(
    {
        Force.MUST: _("ordered"),
        Force.MUST_NOT: _("forbidden"),
        Force.SHOULD: _("advised"),
        Force.ENCOURAGED: _("encouraged"),
        Force.DRAFT: _("only proposed in a draft"),
    }
)
SEEN_LABELS = MappingProxyType(
    {
        Seen.FULL: _("full text seen"),
        Seen.SUMMARY: _("summary seen"),
        Seen.PRESS: _("known from the press"),
    }
)


def article(code: str) -> Article:
    """The article with this code.

    Raises:
        KeyError: there is none; codes are written by programmers, never by people.
    """
    return ARTICLES[code]


def in_force(source: str, on: dt.date) -> bool:
    """Whether the source with this code applies on a day; a draft never does.

    Raises:
        KeyError: there is no such source.
    """
    return SOURCES[source].in_force(on)


def cited(text: str) -> Sequence[Cited]:
    """The documents a citation or a few words may mean, those by number first; see `find_cited`."""
    return find_cited(text, SOURCES.values())
