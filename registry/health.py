"""Is the service able to work? For the container's health check."""

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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
