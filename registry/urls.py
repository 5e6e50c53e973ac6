"""The one table of addresses."""

from django.contrib import admin
from django.urls import include, path

from registry.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler500 = "registry.health.failed"
