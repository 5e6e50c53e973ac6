from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """Which subjects changed and have not been looked at again."""

    name = "common.changes"
    label = "changes"
