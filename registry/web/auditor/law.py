"""The catalogue of rules and the law they rest on, to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.rules.catalogue import catalogue
from registry.rules.legal import ARTICLES, FORCE_LABELS, SEEN_LABELS, SOURCES, Article, Bound, Scope, Source
from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule, severity_of
from registry.users.policies import not_found
from registry.web.access import for_role
from registry.web.auditor.scope import AUDITOR
from registry.web.auditor.wording import Basis, basis_of, in_vietnamese, source_period, source_title

_HEADS = ("Fires on:", "Silent on:", "Could not be checked:", "Repair:")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a rule's explanation; in English where nobody translated it yet."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its rules, or why none covers it."""

    basis: Basis
    rules: Sequence[Rule]
    reason: str


@for_role(AUDITOR)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule."""
    return render(request, "web/auditor/rules.html", {"rules": catalogue()})


@for_role(AUDITOR)
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it says, what it rests on, whom it binds today."""
    found = next((each for each in catalogue() if each.code == code), None)
    if found is None:
        raise not_found()
    context = {
        "rule": found,
        "explanation": [_paragraph(text) for text in paragraphs(found.explanation)],
        "bases": [
            (basis_of(ARTICLES[article]), severity_of(ARTICLES[article].force).label)
            for article in found.basis
        ],
        "profiles": _profiles(found),
    }
    return render(request, "web/auditor/rule.html", context)


@for_role(AUDITOR)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every document, and the articles no rule covers."""
    today = timezone.localdate()
    covered = _rules_by_article()
    context = {
        "sources": [
            (each, source_title(each), source_period(each), each.in_force(today)) for each in SOURCES.values()
        ],
        "uncovered": [_told(each, covered) for each in ARTICLES.values() if each.code not in covered],
    }
    return render(request, "web/auditor/sources.html", context)


@for_role(AUDITOR)
@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """One document and its articles, each with the rules that rest on it."""
    found = SOURCES.get(code)
    if found is None:
        raise not_found()
    covered = _rules_by_article()
    context = {
        "source": found,
        "title": source_title(found),
        "issuer": found.issuer_vi if in_vietnamese() else found.issuer_en,
        "note": found.note_vi if in_vietnamese() else found.note_en,
        "period": source_period(found),
        "in_force": found.in_force(timezone.localdate()),
        "seen": SEEN_LABELS[found.seen],
        "successor": _successor(found),
        "articles": [_told(each, covered) for each in ARTICLES.values() if each.source.code == code],
    }
    return render(request, "web/auditor/source.html", context)


def paragraphs(explanation: str) -> list[str]:
    """A rule's docstring as sentences to translate: what stands first, then each of its heads."""
    found: list[list[str]] = [[]]
    for line in explanation.splitlines():
        if line.startswith(_HEADS):
            found.append([])
        if line.strip():
            found[-1].append(line.strip())
    return [" ".join(lines) for lines in found if lines]


def _paragraph(text: str) -> Paragraph:
    said = _(text)
    return Paragraph(said, "en" if said == text else get_language() or "vi")


def _rules_by_article() -> Mapping[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for each in catalogue():
        for code in each.basis:
            found.setdefault(code, []).append(each)
    return found


def _told(article: Article, covered: Mapping[str, list[Rule]]) -> Told:
    found = covered.get(article.code, [])
    return Told(basis_of(article), found, "" if found else _reason(article))


def _reason(article: Article) -> str:
    if article.scope is Scope.CONTENT:
        return _("About content; the register checks identity only.")
    if article.scope is Scope.REGISTER:
        return _("A duty of the register itself, kept by how it is built.")
    if article.bound is Bound.PROVIDER:
        return _("Addressed to platform providers.")
    if article.bound is Bound.AGENCY:
        return _("About agencies' own pages, which have no rules here yet.")
    return _("No rule yet.")


def _profiles(found: Rule) -> list[tuple[str, str, str]]:
    """Under which profiles the rule may speak: name, article cited, force."""
    if not found.basis:
        return []
    told = []
    for profile in PROFILES.values():
        for article in found.basis:
            if article in profile.bindings:
                name = profile.name_vi if in_vietnamese() else profile.name_en
                told.append(
                    (name, ARTICLES[article].citation(), str(FORCE_LABELS[profile.bindings[article].force]))
                )
    return told


def _successor(found: Source) -> tuple[str, str] | None:
    after = SOURCES.get(found.replaced_by)
    return (after.code, source_title(after)) if after else None
