"""The register's own addresses, and the bare view they are measured beside."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from accounts.models import AccountIdentifier


@login_not_required
def bare(request: HttpRequest) -> JsonResponse:
    """One SELECT by an index, and its row as JSON: the least a view of Django's can do."""
    row = (
        AccountIdentifier.objects.filter(
            platform="facebook", kind="vanity", key=request.GET["key"], recorded_until__isnull=True
        )
        .values("account_id", "shown", "url")
        .first()
    )
    return JsonResponse(row or {})


urlpatterns = [path("bare", bare), path("", include("registry.urls"))]
