from django.apps import AppConfig


class BulkConfig(AppConfig):
    """Acts on many, done by a worker."""

    name = "registry.bulk"
    label = "bulk"
