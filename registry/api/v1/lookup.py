"""The public look-up for machines: is this page really theirs?"""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import RegistryError
from registry.api.v1 import lookup_shapes
from registry.api.v1.shapes import Facts
from registry.lookup.kept import end_of, kept_answer
from registry.lookup.limits import asking


@method_decorator(login_not_required, name="dispatch")
class Lookup(APIView):
    """Open to everybody and to every site's scripts; read only; no cookie is looked at."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    http_method_names = ["get", "head", "options"]

    def get(self, request: Request) -> HttpResponseBase:
        """Answer `url` (a link, a handle or a name), perhaps on a `platform`, perhaps as of the day `on`.

        Raises:
            RegistryError: nothing asked, a link that leads to no page, a day that cannot be read.
            Throttled: too often.
        """
        wait = asking.wait(request._request)  # noqa: SLF001 - DRF's own way to Django's request
        if wait:
            raise _too_often(wait)
        found, age = kept_answer(
            request.query_params.get("url", ""),
            platform=request.query_params.get("platform", ""),
            as_of=_instant(request.query_params.get("on", "")),
        )
        headers = {"Cache-Control": "public, max-age=60", "Content-Language": "vi, en"}
        if age:
            headers["Age"] = str(age)
        facts = lookup_shapes.answer_facts(found)
        response = Response(facts, headers=headers | {"ETag": _tag(facts)})
        same = get_conditional_response(request._request, etag=response["ETag"], response=response)  # noqa: SLF001 - as above
        return response if same is None else same

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Let scripts of any site read every answer, refusals too, and what has not changed."""
        finished = super().finalize_response(request, response, *args, **kwargs)
        finished["Access-Control-Allow-Origin"] = "*"
        finished["Access-Control-Expose-Headers"] = "ETag, Age, Retry-After"
        if request.method == "OPTIONS":
            finished["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            finished["Access-Control-Allow-Headers"] = "If-None-Match"
            finished["Access-Control-Max-Age"] = "86400"
        return finished


def _tag(facts: Facts) -> str:
    """The same for as long as the register says the same, whichever process reads it and when."""
    said = {name: value for name, value in facts.items() if name != "answered_at"}
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _too_often(wait: int) -> Throttled:
    error = Throttled(wait)  # its own words come in English alone
    error.detail = ngettext(  # type: ignore[assignment]  # a text, as everywhere
        "Too many questions came from your connection. Ask again in %(number)s second.",
        "Too many questions came from your connection. Ask again in %(number)s seconds.",
        wait,
    ) % {"number": wait}
    return error


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
