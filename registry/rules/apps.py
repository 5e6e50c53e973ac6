from django.apps import AppConfig


class RulesConfig(AppConfig):
    """What is asked of whom, and the law it rests on. No tables: law and rules are code with dates."""

    name = "registry.rules"
    label = "rules"
