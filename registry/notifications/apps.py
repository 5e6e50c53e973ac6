from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """The letters room."""

    name = "registry.notifications"
    label = "notifications"
    verbose_name = _("Letters")
