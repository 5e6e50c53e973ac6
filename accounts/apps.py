from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The book: agencies, officials and their declared social accounts."""

    name = "accounts"
    verbose_name = _("The book")
