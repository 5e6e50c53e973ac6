from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration: no tables, one command. Only the development and test settings install it."""

    name = "registry.demo"
    label = "demo"
