from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    """People who log in, what they may do, and where."""

    name = "registry.users"
    label = "users"
    verbose_name = _("Logins and roles")
