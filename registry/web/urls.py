"""The addresses of the pages."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from registry.web import invitation, signin, start, style, theme
from registry.web.areas import AREAS
from registry.web.help.glossary import glossary

PREFIXES = {"official": "me/", "reviewer": "hr/", "auditor": "audit/"}

urlpatterns = [
    path("", start.home, name="home"),
    path("login/", signin.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("invitation/<str:token>/", invitation.activate, name="activate"),
    path("password/", signin.password_change, name="password_change"),
    path("language/", signin.set_language, name="set_language"),
    path("theme/", theme.set_theme, name="set_theme"),
    path("style/", style.style, name="style"),
    path("glossary/", glossary, name="glossary"),
    path("", include("registry.web.citizen.urls")),
    path("law/", include("registry.web.law.urls")),
    path("photos/<uuid:public_id>", start.photo, name="photo"),
    *(path(PREFIXES[area.code], include(f"registry.web.{area.code}.urls")) for area in AREAS),
]
