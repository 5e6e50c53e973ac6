from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages of the register."""

    name = "registry.web"
