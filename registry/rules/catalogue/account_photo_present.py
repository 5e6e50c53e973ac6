"""The account shows a photo.

Fires on: an account for which no photo has been handed in.
Silent on: any photo, also one that cannot be used: that is the next rule's.
Binds: those who measure themselves by the draft of 2018, which asks for a real photo. It was never in force,
so this is a recommendation.
Repair: save the account's profile picture and hand it in with the declaration.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import PhotoVerdict
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-03",
    bit=2,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The account shows a photo"),
    basis=("DRAFT-2018.o2",),
    when=lambda _as_of: Q(photo_verdict=PhotoVerdict.MISSING),
)
