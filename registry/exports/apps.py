from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Lists, their manifests and signatures."""

    name = "registry.exports"
    label = "exports"
