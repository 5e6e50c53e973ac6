"""Whence a page was opened: Cancel and the end of an act lead back there, with its filters and its page."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

_LONGEST: Final = 4000  # an address


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The address `back` names, if it is one of HR's own pages; else the other one."""
    asked = request.POST if request.method == "POST" else request.GET
    back = asked.get("back", "")
    own = back.startswith(reverse("reviewer:home")) and len(back) <= _LONGEST
    return back if own and url_has_allowed_host_and_scheme(back, None) else otherwise


def with_back(address: str, back: str) -> str:
    """An address that knows whence it was opened."""
    return f"{address}?{urlencode({'back': back})}"
