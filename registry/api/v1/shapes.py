"""How rules, documents, articles and profiles look to machines: docs/api.md says it field by field.

Every text is given in both languages, so that an answer depends on its address alone and can be kept.
"""

from datetime import date
from typing import Any

from django.utils.translation import override

from registry.rules.bindings import bindings_of
from registry.rules.coverage import rules_by_article, why_uncovered
from registry.rules.legal import ARTICLES, Article, Source
from registry.rules.profiles import DEFAULT, Binding, Profile, profile_by_number
from registry.rules.rule import Rule

Facts = dict[str, Any]


def rule_facts(rule: Rule) -> Facts:
    """A rule: code, what it judges, version, the state that is in line, and the articles' codes."""
    return {
        "code": rule.code,
        "subject": rule.subject.name.lower(),
        "version": rule.version,
        "title": both(rule.title),
        "basis": list(rule.basis),
    }


def rule_in_full(rule: Rule, on: date) -> Facts:
    """A rule with its explanation, its articles, and whom it binds on a day by what."""
    return rule_facts(rule) | {
        "explanation": rule.explanation,
        "articles": [article_facts(ARTICLES[code]) for code in rule.basis],
        "on": on,
        "binds": [
            {
                "profile": profile.code,
                "article": each.article or None,
                "force": force.value if force else None,
                "severity": each.severity.name.lower(),
                "only_where_a_regulation_obliges": rule.row_says_who and force is None,
            }
            for each in bindings_of(rule, on)
            for profile in [profile_by_number(each.profile)]
            for force in [profile.force_on(each.article, on)]
        ],
    }


def article_facts(article: Article) -> Facts:
    """An article: what it asks of whom in our own words, with what force, how sure we are, and its rules."""
    rules = rules_by_article().get(article.code, ())
    return {
        "code": article.code,
        "source": article.source.code,
        "label": article.label,
        "force": article.force.value,
        "wording": article.wording,
        "duty": {"vi": article.duty_vi, "en": article.duty_en},
        "binds": article.bound.value,
        "scope": article.scope.value,
        "seen": article.certainty.value,
        "rules": [each.code for each in rules],
        "no_rule_because": None if rules else both(why_uncovered(article)),
    }


def article_in_full(article: Article, on: date) -> Facts:
    """An article with its document and its force on a day."""
    force = article.force_on(on)
    return article_facts(article) | {
        "document": source_facts(article.source),
        "on": on,
        "force_on": force.value if force else None,
    }


def source_facts(source: Source) -> Facts:
    """A document: number, issuer, dates in force (half-open), how much of it was seen."""
    return {
        "code": source.code,
        "number": source.number,
        "misquoted_as": list(source.misquoted_as),
        "title": {"vi": source.title_vi, "en": source.title_en},
        "issuer": {"vi": source.issuer_vi, "en": source.issuer_en},
        "signed": source.signed,
        "presented_on": source.presented_on,
        "in_force_from": source.in_force_from,
        "in_force_until": source.in_force_until,
        "dates_known": source.dates_known,
        "replaced_by": source.replaced_by or None,
        "seen": source.seen.value,
        "note": {"vi": source.note_vi, "en": source.note_en},
        "url": source.url,
    }


def source_in_full(source: Source) -> Facts:
    """A document with its articles."""
    articles = [article_facts(each) for each in ARTICLES.values() if each.source.code == source.code]
    return source_facts(source) | {"articles": articles}


def profile_facts(profile: Profile) -> Facts:
    """A profile: what becomes of the employer's name, and its parameters; null: it sets none."""
    return {
        "code": profile.code,
        "number": profile.number,
        "default": profile is DEFAULT,
        "name": {"vi": profile.name_vi, "en": profile.name_en},
        "description": {"vi": profile.description_vi, "en": profile.description_en},
        "agency_shown": profile.agency_shown.value,
        "duty_to_declare": profile.duty_to_declare or None,
        "days_to_declare": profile.days_to_declare,
        "days_between_confirmations": profile.days_between_confirmations,
        "photo_max_age_days": profile.photo_max_age_days,
        "minimum_administrators": profile.minimum_administrators,
        "badge_max_age_days": profile.badge_max_age_days,
    }


def profile_in_full(profile: Profile, on: date) -> Facts:
    """A profile with the articles it binds, each with force, dates and its force on a day."""
    return profile_facts(profile) | {
        "on": on,
        "articles": [_bound(profile, code, binding, on) for code, binding in profile.bindings.items()],
    }


def _bound(profile: Profile, code: str, binding: Binding, on: date) -> Facts:
    force = profile.force_on(code, on)
    return {
        "code": code,
        "force": binding.force.value,
        "from": binding.from_,
        "until": binding.until,
        "force_on": force.value if force else None,
    }


def both(text: object) -> dict[str, str]:
    """A text in both languages."""
    said = {}
    for language in ("vi", "en"):
        with override(language):
            said[language] = str(text)
    return said
