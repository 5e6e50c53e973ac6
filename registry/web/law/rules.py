"""The catalogue of rules, to read: what each says, what it rests on, whom it binds on a day."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.rules.bindings import bindings_of
from registry.rules.catalogue import catalogue
from registry.rules.legal import ARTICLES, FORCE_LABELS
from registry.rules.profiles import Profile, profile_by_number
from registry.rules.rule import HEADS, Rule, Severity, severity_of
from registry.users.policies import not_found
from registry.web.law import wording
from registry.web.law.day import asked

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a rule's explanation; in English where nobody translated it yet."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A profile under which a rule speaks on a day, and by what."""

    code: str
    name: str
    article: str  # code, "" for a condition of the register's own
    citation: str
    force: "StrPromise | str"
    severity: "StrPromise | str"
    by_regulation: bool  # only where a regulation of the agency's own, in force that day, says so


@login_not_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule."""
    return render(request, "web/law/rules.html", {"rules": catalogue()})


@login_not_required
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it says, what it rests on, whom it binds on a day and by what."""
    found = next((each for each in catalogue() if each.code == code), None)
    if found is None:
        raise not_found()
    day = asked(request)
    context = {
        "rule": found,
        "explanation": [_paragraph(text) for text in paragraphs(found.explanation)],
        "bases": [
            (wording.basis_of(ARTICLES[article]), severity_of(ARTICLES[article].force).label)
            for article in found.basis
        ],
        "bound": bound_by(found, day.on),
        "on": day.on,
        "form": day.form,
    }
    return render(request, "web/law/rule.html", context, status=day.status)


def bound_by(found: Rule, on: date) -> list[Bound]:
    """Under which profiles a rule speaks on a day, by which article, with which force and weight."""
    return [
        _bound(found, profile_by_number(each.profile), each.article, each.severity, on)
        for each in bindings_of(found, on)
    ]


def _bound(found: Rule, profile: Profile, code: str, severity: Severity, on: date) -> Bound:
    article = ARTICLES.get(code)
    force = profile.force_on(code, on)
    return Bound(
        profile.code,
        wording.profile_name(profile),
        code,
        wording.cited(article) if article else "",
        FORCE_LABELS[force] if force else "",
        severity.label,
        found.row_says_who and force is None,
    )


def paragraphs(explanation: str) -> list[str]:
    """A rule's docstring as sentences to translate: what stands first, then each of its heads."""
    found: list[list[str]] = [[]]
    for line in explanation.splitlines():
        if line.startswith(HEADS):
            found.append([])
        if line.strip():
            found[-1].append(line.strip())
    return [" ".join(lines) for lines in found if lines]


def _paragraph(text: str) -> Paragraph:
    said = _(text)
    return Paragraph(said, "en" if said == text else get_language() or "vi")
