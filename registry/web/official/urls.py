from django.urls import path

from registry.web.official import home

app_name = "official"
urlpatterns = [
    path("", home.home, name="home"),
]
