from django.apps import AppConfig


class UsersConfig(AppConfig):
    """People who log in, what they may do, and where."""

    name = "registry.users"
    label = "users"
