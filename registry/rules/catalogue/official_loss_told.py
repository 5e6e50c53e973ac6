"""The head of the unit was told in time of an account lost or hijacked.

Fires on: an open report of a lost or hijacked account of which the head of the unit was not told by the day
after it was noticed.
Silent on: a report that is closed, or of which they were told; the day it was noticed; an impersonation,
which has its own rule; whoever left.
Binds: the army, where the military force for information technology or security is told, and the procuracy.
Repair: tell the head of the unit, who tells the force in charge, then say here on which day.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnerStatus
from registry.rules.deadlines import by_days
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="OFF-07",
    bit=6,
    subject=Subject.OFFICIAL,
    version=1,
    title=_("The head of the unit was told in time of a lost or hijacked account"),
    basis=("TT-81-BQP.6-loss", "QD-457.16-1-loss", "TTCP-2022.8"),
    when=lambda as_of: by_days(
        lambda profile: profile.days_to_tell_of_loss,
        lambda days: Q(loss_untold_since__lt=as_of - timedelta(days=days), status=OwnerStatus.IN_POST),
    ),
    evidence=("loss_untold_since",),
)
