from django.apps import AppConfig


class SamplesConfig(AppConfig):
    """Samples auditors draw from the register, and what they found when they looked."""

    name = "registry.samples"
    label = "samples"
