"""What pages say of documents, articles and profiles, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.rules.legal import FORCE_LABELS, SEEN_LABELS, Article, Source
from registry.rules.profiles import Polarity, Profile

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Basis:
    """An article as a page shows it, in the reader's language."""

    code: str
    source: str  # code of the source
    citation: str
    duty: str
    wording: str
    force: "StrPromise"
    certainty: "StrPromise"


def basis_of(article: Article) -> Basis:
    """An article in the reader's language."""
    return Basis(
        article.code,
        article.source.code,
        cited(article),
        article.duty_vi if in_vietnamese() else article.duty_en,
        article.wording,
        FORCE_LABELS[article.force],
        SEEN_LABELS[article.certainty],
    )


def cited(article: Article) -> str:
    """How an article is cited: its own label, then the document."""
    if in_vietnamese():
        return article.citation()
    return ", ".join(
        part for part in (article.label, article.source.number or article.source.title_en) if part
    )


def source_title(source: Source) -> str:
    """What a document is called, with its number."""
    title = source.title_vi if in_vietnamese() else source.title_en
    return f"{source.number} · {title}" if source.number else title


def source_period(source: Source) -> str:
    """From when to when a document applies, in words; a day that was not seen is said to be counted."""
    if source.own_regulation:
        return _("As each agency's regulation says")
    if source.presented_on is not None:
        return _("Draft presented on %(day)s; never in force") % {"day": day_words(source.presented_on)}
    if source.begins is None:
        return _("Not known when it came into force")
    begins = day_words(source.begins)
    if source.in_force_from is None:
        said = _("Counted from its signing on %(begins)s") % {"begins": begins}
        return said if source.in_force_until is None else f"{said}, {_until(source.in_force_until)}"
    if source.in_force_until is None:
        return _("In force from %(begins)s") % {"begins": begins}
    ends = day_words(source.in_force_until)
    return _("In force from %(begins)s, no longer from %(ends)s") % {"begins": begins, "ends": ends}


def _until(day: date) -> str:
    return _("no longer from %(ends)s") % {"ends": day_words(day)}


def profile_name(profile: Profile) -> str:
    """What a profile is called."""
    return profile.name_vi if in_vietnamese() else profile.name_en


def profile_description(profile: Profile) -> str:
    """What a profile is for."""
    return profile.description_vi if in_vietnamese() else profile.description_en


def polarity_words(profile: Profile) -> str:
    """What becomes of the employer's name on a personal account."""
    return {
        Polarity.SHOW: _("A personal account should show the agency."),
        Polarity.HIDE: _("A personal account must not show the unit: the rule is turned round."),
        Polarity.FREE: _("A personal account may show the agency or not."),
    }[profile.agency_shown]


def day_words(day: date) -> str:
    """A day as it is written here."""
    return f"{day:%d/%m/%Y}"


def in_vietnamese() -> bool:
    """Whether the page speaks Vietnamese."""
    return (get_language() or "vi").startswith("vi")
