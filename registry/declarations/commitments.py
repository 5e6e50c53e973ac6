"""What a declarant promises, in versions: a changed wording is a new version, the old stays readable."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = "2026-1"

WORDINGS: dict[str, dict[str, str | Promise]] = {
    "2026-1": {
        "truthful": _("What I declare here is true, and the account is mine."),
        "personal": _("On this account I speak for myself; I neither represent nor act for my agency."),
        "keep_current": _("I will report when the account changes, is closed, or is lost to somebody else."),
    },
}

CURRENT = WORDINGS[VERSION]
