"""Is the service able to work? For the container's health check, and for a person whose page just failed."""

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

RETRY_SECONDS = 10


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, 503 when it does not. The broker is only a bell: not asked."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return JsonResponse({"database": "lost"}, status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return JsonResponse({"database": "ok"})


def failed(request: HttpRequest) -> HttpResponse:
    """Turn a lost database into 503 with a retry; any other failure stays a 500. Never a trace."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return server_error(request)
    sentence = _("The register cannot be reached for a moment. This page tries again by itself.")
    return HttpResponse(
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="{RETRY_SECONDS}">'
        f"<title>503</title><p>{sentence}</p>",
        status=503,
        headers={"Retry-After": str(RETRY_SECONDS)},
    )
