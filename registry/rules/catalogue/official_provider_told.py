"""The platform was told in time of an account lost, hijacked or posed as.

Fires on: an open report of which the platform was not told by the day after it was noticed; where a text
only says "quickly", by the fourth day.
Silent on: a report that is closed, or of which the platform was told; the day it was noticed; whoever left.
Binds: the procuracy, whose own rules order it at once. The code of 2021 advised it quickly to everybody,
until it was replaced; three days are this register's reading of that word.
Repair: report it to the platform, then say here on which day.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnerStatus
from registry.rules.deadlines import by_days
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="OFF-06",
    bit=5,
    subject=Subject.OFFICIAL,
    version=1,
    title=_("The platform was told in time of a lost or impersonated account"),
    basis=("QD-457.16-1-loss", "QD-874.4-3", "TTCP-2022.8"),
    when=lambda as_of: by_days(
        lambda profile: profile.days_to_tell_of_loss,
        lambda days: Q(provider_untold_since__lt=as_of - timedelta(days=days), status=OwnerStatus.IN_POST),
    ),
    evidence=("provider_untold_since",),
)
