from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """A person's own data: shown, given out, asked about."""

    name = "registry.privacy"
    label = "privacy"
