from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """The evidence room."""

    name = "registry.evidence"
    label = "evidence"
    verbose_name = _("Pages looked at")
