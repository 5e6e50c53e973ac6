from django.urls import path

from registry.api.v1 import law

app_name = "api"
urlpatterns = [
    path("rules/", law.Rules.as_view(), name="rules"),
    path("rules/<str:code>/", law.OneRule.as_view(), name="rule"),
    path("law/", law.Sources.as_view(), name="law"),
]
