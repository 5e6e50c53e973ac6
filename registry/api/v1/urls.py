from django.urls import path

from registry.api.v1 import law, lookup

app_name = "api"
urlpatterns = [
    path("lookup", lookup.Lookup.as_view(), name="lookup"),
    path("rules/", law.Rules.as_view(), name="rules"),
    path("rules/<str:code>/", law.OneRule.as_view(), name="rule"),
    path("law/", law.Sources.as_view(), name="law"),
    path("law/<str:code>/", law.OneSource.as_view(), name="source"),
    path("articles/", law.Articles.as_view(), name="articles"),
    path("articles/<str:code>/", law.OneArticle.as_view(), name="article"),
    path("profiles/", law.Profiles.as_view(), name="profiles"),
    path("profiles/<str:code>/", law.OneProfile.as_view(), name="profile"),
]
