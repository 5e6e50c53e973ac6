"""Documents and their articles, to read: open to everybody, signed in or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.rules.coverage import rules_by_article, uncovered, why_uncovered
from registry.rules.legal import ARTICLES, FORCE_LABELS, SEEN_LABELS, SOURCES, Article, Bound, Cited, cited
from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule
from registry.users.policies import not_found
from registry.web.law import wording
from registry.web.law.day import asked

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_LONGEST = 80  # characters of a search; no number or title needs more
_BOUND = {
    Bound.EVERYONE: _("everybody"),
    Bound.OFFICIAL: _("officials and staff"),
    Bound.AGENCY: _("public bodies"),
    Bound.PROVIDER: _("platform providers"),
    Bound.ORGANISATION: _("other organisations"),
    Bound.REGISTER: _("whoever runs this register"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its rules, or why none covers it."""

    basis: wording.Basis
    rules: Sequence[Rule]
    reason: "StrPromise | str"


def told(article: Article) -> Told:
    """An article with its rules, or why none covers it."""
    found = rules_by_article().get(article.code, ())
    return Told(wording.basis_of(article), found, "" if found else why_uncovered(article))


@login_not_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every document, or those a number or some words mean; and the articles no rule covers."""
    today = timezone.localdate()
    sought = request.GET.get("q", "")[:_LONGEST].strip()
    found = cited(sought) if sought else [Cited(each) for each in SOURCES.values()]
    context = {
        "q": sought,
        "slips": [each for each in found if each.slip],
        "sources": [
            (
                each.source,
                wording.source_title(each.source),
                wording.source_period(each.source),
                each.source.in_force(today),
                SEEN_LABELS[each.source.seen],
            )
            for each in found
        ],
        "uncovered": [] if sought else [told(each.article) for each in uncovered()],
    }
    return render(request, "web/law/sources.html", context)


@login_not_required
@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """One document and its articles, each with the rules that rest on it."""
    found = SOURCES.get(code)
    if found is None:
        raise not_found()
    successor = SOURCES.get(found.replaced_by)
    context = {
        "source": found,
        "title": wording.source_title(found),
        "issuer": found.issuer_vi if wording.in_vietnamese() else found.issuer_en,
        "note": found.note_vi if wording.in_vietnamese() else found.note_en,
        "period": wording.source_period(found),
        "in_force": found.in_force(timezone.localdate()),
        "seen": SEEN_LABELS[found.seen],
        "successor": (successor.code, wording.source_title(successor)) if successor else None,
        "predecessors": [
            (each.code, wording.source_title(each)) for each in SOURCES.values() if each.replaced_by == code
        ],
        "articles": [told(each) for each in ARTICLES.values() if each.source.code == code],
    }
    return render(request, "web/law/source.html", context)


@login_not_required
@require_safe
def article(request: HttpRequest, code: str) -> HttpResponse:
    """One article: what it asks of whom, the rules that rest on it, the profiles that bind it on a day."""
    found = ARTICLES.get(code)
    if found is None:
        raise not_found()
    day = asked(request)
    force = found.force_on(day.on)
    context = {
        "told": told(found),
        "title": wording.cited(found),
        "source_title": wording.source_title(found.source),
        "period": wording.source_period(found.source),
        "bound": _BOUND[found.bound],
        "on": day.on,
        "form": day.form,
        "force_then": FORCE_LABELS[force] if force else "",
        "profiles": [
            (each.code, wording.profile_name(each), FORCE_LABELS[bound] if bound else "")
            for each in PROFILES.values()
            if code in each.bindings
            for bound in [each.force_on(code, day.on)]
        ],
    }
    return render(request, "web/law/article.html", context, status=day.status)
