"""The photo handed in can be used.

Fires on: a photo that cannot be read, is too small, or was refused for another reason; the reason is said.
Silent on: a usable photo, and no photo at all.
Binds: those who measure themselves by the draft of 2018, which asks for a real photo. It was never in force,
so this is a recommendation.
Repair: save the picture again from the account, at its full size, and hand it in.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import PhotoVerdict
from registry.rules.rule import Rule, Subject

_UNUSABLE = (PhotoVerdict.TOO_SMALL, PhotoVerdict.UNREADABLE, PhotoVerdict.REFUSED)

RULE = Rule(
    code="ACC-04",
    bit=3,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The photo can be used"),
    basis=("DRAFT-2018.o2",),
    when=lambda _as_of: Q(photo_verdict__in=_UNUSABLE),
    evidence=("photo_problem",),
)
