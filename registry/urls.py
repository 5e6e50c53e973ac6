"""The one table of addresses."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from registry.health import health

urlpatterns = [
    path("health/", login_not_required(health), name="health"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("registry.api.v1.urls")),
    path("", include("registry.web.urls")),
]

handler400 = "registry.web.shaping.bad_request"
handler403 = "registry.web.shaping.forbidden"
handler404 = "registry.web.shaping.not_found"
handler500 = "registry.web.shaping.failed"
