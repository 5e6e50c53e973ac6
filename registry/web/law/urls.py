from django.urls import path

from registry.web.law import profiles, rules, sources

app_name = "law"
urlpatterns = [
    path("", sources.sources, name="sources"),
    path("documents/<str:code>/", sources.source, name="source"),
    path("articles/<str:code>/", sources.article, name="article"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:code>/", rules.rule, name="rule"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/<str:code>/", profiles.profile, name="profile"),
]
