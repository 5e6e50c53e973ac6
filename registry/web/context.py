"""What every page shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from registry.web.areas import Area, areas_of
from registry.web.help.topics import TOPICS
from registry.web.theme import THEMES, chosen_theme


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The areas the person may enter, asked for only when a page draws them."""
    match = request.resolver_match
    return {
        "csp_nonce": getattr(request, "csp_nonce", ""),  # under the name django-htmx looks for
        "theme": chosen_theme(request),
        "themes": THEMES,
        "areas": SimpleLazyObject(lambda: _areas(request)),
        "current_area": match.namespace if match else "",
        "help": TOPICS.get(match.view_name) if match else None,
    }


def _areas(request: HttpRequest) -> list[tuple[Area, str]]:
    user = getattr(request, "user", None)
    return [(area, reverse(area.home)) for area in areas_of(user)] if user is not None else []
