"""The rules and the law they rest on, for machines: what anybody may know, in the language asked for."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import NotFoundError
from registry.rules.catalogue import catalogue
from registry.rules.legal import ARTICLES, SOURCES, Article, Source
from registry.rules.rule import Rule


@method_decorator(login_not_required, name="dispatch")
class PublicView(APIView):
    """Open to everybody, read only: no cookie is looked at."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    http_method_names = ["get", "head", "options"]


class Rules(PublicView):
    """Every rule of the catalogue."""

    def get(self, request: Request) -> Response:
        """List them by code."""
        del request
        return Response({"rules": [rule_facts(each) for each in catalogue()]})


class OneRule(PublicView):
    """One rule with the articles it rests on."""

    def get(self, request: Request, code: str) -> Response:
        """Show it.

        Raises:
            NotFoundError: no rule has the code.
        """
        del request
        found = next((each for each in catalogue() if each.code == code), None)
        if found is None:
            raise NotFoundError("no_such_rule", _("No rule has this code."))
        articles = [article_facts(ARTICLES[each]) for each in found.basis]
        return Response(rule_facts(found) | {"explanation": found.explanation, "articles": articles})


class Sources(PublicView):
    """Every document the rules may rest on, with its articles."""

    def get(self, request: Request) -> Response:
        """List them, each with its articles."""
        del request
        return Response({"sources": [source_facts(each) for each in SOURCES.values()]})


def rule_facts(rule: Rule) -> dict[str, Any]:
    """A rule's facts: code, subject, version, the state that complies, and the articles' codes."""
    return {
        "code": rule.code,
        "subject": rule.subject.name.lower(),
        "version": rule.version,
        "title": str(rule.title),
        "basis": list(rule.basis),
    }


def article_facts(article: Article) -> dict[str, Any]:
    """An article: what it asks in our own words, with what force, and how sure we are."""
    vietnamese = get_language() == "vi"
    return {
        "code": article.code,
        "source": article.source.code,
        "label": article.label,
        "force": article.force.value,
        "duty": article.duty_vi if vietnamese else article.duty_en,
        "scope": article.scope.value,
    }


def source_facts(source: Source) -> dict[str, Any]:
    """A document: number, issuer, dates in force (half-open), how much of it was seen, and its articles."""
    vietnamese = get_language() == "vi"
    return {
        "code": source.code,
        "number": source.number,
        "title": source.title_vi if vietnamese else source.title_en,
        "issuer": source.issuer_vi if vietnamese else source.issuer_en,
        "signed": source.signed,
        "in_force_from": source.in_force_from,
        "in_force_until": source.in_force_until,
        "replaced_by": source.replaced_by,
        "seen": source.seen.value,
        "articles": [article_facts(each) for each in ARTICLES.values() if each.source.code == source.code],
    }
