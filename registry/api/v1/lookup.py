"""The public look-up for machines: is this page really theirs?"""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import RegistryError
from registry.api.v1 import lookup_shapes
from registry.lookup.kept import end_of, kept_answer
from registry.lookup.limits import asking


@method_decorator(login_not_required, name="dispatch")
@method_decorator(conditional_page, name="dispatch")
class Lookup(APIView):
    """Open to everybody and to every site's scripts; read only; no cookie is looked at."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    http_method_names = ["get", "head", "options"]

    def get(self, request: Request) -> Response:
        """Answer `url` (a link, a handle or a name), perhaps on a `platform`, perhaps as of the day `on`.

        Raises:
            RegistryError: nothing asked, a link that leads to no page, a day that cannot be read.
            Throttled: too often.
        """
        wait = asking.wait(request._request)  # noqa: SLF001 - DRF's own way to Django's request
        if wait:
            raise Throttled(wait)
        found, age = kept_answer(
            request.query_params.get("url", ""),
            platform=request.query_params.get("platform", ""),
            as_of=_instant(request.query_params.get("on", "")),
        )
        headers = {"Cache-Control": "public, max-age=60", "Content-Language": "vi, en"}
        if age:
            headers["Age"] = str(age)
        return Response(lookup_shapes.answer_facts(found), headers=headers)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Let scripts of any site read every answer, refusals too."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        finished["Access-Control-Allow-Origin"] = "*"
        finished["Access-Control-Expose-Headers"] = "ETag, Age, Retry-After"
        if request.method == "OPTIONS":
            finished["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            finished["Access-Control-Allow-Headers"] = "If-None-Match"
            finished["Access-Control-Max-Age"] = "86400"
        return finished


def _instant(text: str) -> datetime | None:
    """The end of a past day in Vietnam; None for none, for today, and for a day to come.

    Raises:
        RegistryError: `on_unreadable`.
    """
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise RegistryError("on_unreadable", _("Write the day as 2026-06-30."), field="on")
    return end_of(day)
