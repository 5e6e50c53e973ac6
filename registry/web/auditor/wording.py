"""What the area's pages say of findings, articles and runs, in words and looks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.exports.selectors import IN_LINE, state_words
from registry.findings.models import Run, State
from registry.rules.legal import ARTICLES, FORCE_LABELS, SEEN_LABELS, Article, Source

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

AS_OF = gettext_lazy("As of the end of")
RUN_LOOKS = {
    Run.State.RUNNING: "wait",
    Run.State.DONE: "ok",
    Run.State.INCOMPLETE: "bad",
    Run.State.INTERRUPTED: "attention",
}


@dataclass(frozen=True, slots=True)
class Status:
    """A state in words, and how it looks; colour is never alone."""

    text: str
    kind: str


def status_of(state: str, cause: str = "", article: str = "") -> Status:
    """How a line or a finding stands."""
    known = ARTICLES.get(article)
    violation = known is not None and known.source.own_regulation
    kinds = {
        State.OPEN.value: "bad" if violation else "attention",
        State.UNCHECKED.value: "neutral",
        State.RESOLVED.value: "ok",
        IN_LINE: "ok",
    }
    return Status(state_words(state, cause, article), kinds.get(state, "wait"))


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
        article.citation() if in_vietnamese() else cited_in_english(article),
        article.duty_vi if in_vietnamese() else article.duty_en,
        article.wording,
        FORCE_LABELS[article.force],
        SEEN_LABELS[article.certainty],
    )


def source_title(source: Source) -> str:
    """What a document is called, with its number."""
    title = source.title_vi if in_vietnamese() else source.title_en
    return f"{source.number} · {title}" if source.number else title


def source_period(source: Source) -> str:
    """From when to when a document applies, in words."""
    if source.own_regulation:
        return _("As each agency's regulation says")
    if source.presented_on is not None:
        return _("Draft presented on %(day)s; never in force") % {"day": f"{source.presented_on:%d/%m/%Y}"}
    if source.begins is None:
        return _("Not known when it came into force")
    begins = f"{source.begins:%d/%m/%Y}"
    if source.in_force_until is None:
        return _("In force from %(begins)s") % {"begins": begins}
    ends = f"{source.in_force_until:%d/%m/%Y}"
    return _("In force from %(begins)s, no longer from %(ends)s") % {"begins": begins, "ends": ends}


def cited_in_english(article: Article) -> str:
    """How an article is cited on an English page: its own label, then the document."""
    return ", ".join(
        part for part in (article.label, article.source.number or article.source.title_en) if part
    )


def in_vietnamese() -> bool:
    """Whether the page speaks Vietnamese."""
    return (get_language() or "vi").startswith("vi")
