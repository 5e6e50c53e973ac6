"""The head of the unit was told in time that somebody poses as one of their people.

Fires on: an open report of an impersonation of which the head of the unit was not told by the day after it
was noticed.
Silent on: a report that is closed, or of which they were told; the day it was noticed; a lost or hijacked
account, which has its own rule; whoever left.
Binds: the procuracy. What the army orders speaks of accounts lost or hijacked only.
Repair: tell the head of the unit, then say here on which day.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnerStatus
from registry.rules.deadlines import by_days
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="OFF-08",
    bit=7,
    subject=Subject.OFFICIAL,
    version=1,
    title=_("The head of the unit was told in time of an impersonation"),
    basis=("QD-457.16-1-loss", "TTCP-2022.8"),
    when=lambda as_of: by_days(
        lambda profile: profile.days_to_tell_of_loss,
        lambda days: Q(posing_untold_since__lt=as_of - timedelta(days=days), status=OwnerStatus.IN_POST),
    ),
    evidence=("posing_untold_since",),
)
