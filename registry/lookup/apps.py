from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LookupConfig(AppConfig):
    """The room of the public look-up."""

    name = "registry.lookup"
    label = "lookup"
    verbose_name = _("Public look-up")
