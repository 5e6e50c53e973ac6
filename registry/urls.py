"""The one table of addresses."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from registry.health import health

# The administrator's pages are Django's own; they begin there, so "View site" leads to the public look-up.
admin.site.site_header = admin.site.site_title = _("Chính Danh: administration")
admin.site.index_title = _("Logins, roles and agencies")
admin.site.site_url = "/lookup/"

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
