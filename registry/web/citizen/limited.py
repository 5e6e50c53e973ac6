"""Pages anybody may open, and nobody too often."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from registry.lookup import limits

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def _guarding(limit: limits.Limit) -> Callable[[V], V]:
    """Give who asks too often a page that says when to come back."""

    def guard(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            wait = limit.wait(request)
            if wait:
                response = render(request, "web/citizen/slow.html", {"seconds": wait}, status=429)
                response["Retry-After"] = str(wait)
                return response
            return view(request, *args, **kwargs)

        return cast("V", guarded)

    return guard


asking = _guarding(limits.asking)
reporting = _guarding(limits.reporting)
