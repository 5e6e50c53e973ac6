"""The law, its rules and its profiles for machines: what anybody may know, kept until it changes."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import NotFoundError, RegistryError
from registry.api.v1 import shapes
from registry.rules.catalogue import catalogue
from registry.rules.legal import ARTICLES, SOURCES, cited
from registry.rules.profiles import PROFILES

T = TypeVar("T")


@method_decorator(login_not_required, name="dispatch")
@method_decorator(conditional_page, name="dispatch")
class PublicView(APIView):
    """Open to everybody, read only: no cookie is looked at; every answer carries an ETag."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    http_method_names = ["get", "head", "options"]


def _told(facts: shapes.Facts) -> Response:
    # Anybody may keep it; "no-cache" asks to come back with the ETag before it is used again.
    return Response(facts, headers={"Cache-Control": "public, no-cache", "Content-Language": "vi, en"})


def _on(request: Request) -> date:
    """The day asked for, today in Vietnam where none is.

    Raises:
        RegistryError: `on_unreadable`.
    """
    text = request.query_params.get("on", "")
    if not text:
        return timezone.localdate()
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise RegistryError("on_unreadable", _("Write the day as 2026-06-30."), field="on")
    return day


def _named(things: Mapping[str, T], code: str) -> T:
    """The thing with a code.

    Raises:
        NotFoundError: `no_such_code`.
    """
    if code not in things:
        raise NotFoundError("no_such_code", _("Nothing here has this code."))
    return things[code]


class Rules(PublicView):
    """Every rule of the catalogue."""

    def get(self, request: Request) -> Response:
        """List them by code."""
        del request
        return _told({"rules": [shapes.rule_facts(each) for each in catalogue()]})


class OneRule(PublicView):
    """One rule with the articles it rests on and whom it binds."""

    def get(self, request: Request, code: str) -> Response:
        """Show it on a day; raises NotFoundError, RegistryError."""
        found = _named({each.code: each for each in catalogue()}, code)
        return _told(shapes.rule_in_full(found, _on(request)))


class Sources(PublicView):
    """Every document the rules may rest on, or those `q` cites, with articles."""

    def get(self, request: Request) -> Response:
        """List them; `q` is a number however spelt, or words of a title."""
        sought = request.query_params.get("q", "")
        found = [each.source for each in cited(sought)] if sought else list(SOURCES.values())
        return _told({"sources": [shapes.source_in_full(each) for each in found]})


class OneSource(PublicView):
    """One document with its articles."""

    def get(self, request: Request, code: str) -> Response:
        """Show it; raises NotFoundError."""
        del request
        return _told(shapes.source_in_full(_named(SOURCES, code)))


class Articles(PublicView):
    """Every article, each with its rules or why there is none."""

    def get(self, request: Request) -> Response:
        """List them by code."""
        del request
        return _told({"articles": [shapes.article_facts(ARTICLES[code]) for code in sorted(ARTICLES)]})


class OneArticle(PublicView):
    """One article with its document and its force on a day."""

    def get(self, request: Request, code: str) -> Response:
        """Show it; raises NotFoundError, RegistryError."""
        return _told(shapes.article_in_full(_named(ARTICLES, code), _on(request)))


class Profiles(PublicView):
    """Every profile that ships."""

    def get(self, request: Request) -> Response:
        """List them by number."""
        del request
        return _told({"profiles": [shapes.profile_facts(each) for each in PROFILES.values()]})


class OneProfile(PublicView):
    """One profile with the articles it binds on a day."""

    def get(self, request: Request, code: str) -> Response:
        """Show it; raises NotFoundError, RegistryError."""
        return _told(shapes.profile_in_full(_named(PROFILES, code), _on(request)))
