from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """What is not in line, since when, and the runs that found it."""

    name = "registry.findings"
    label = "findings"
