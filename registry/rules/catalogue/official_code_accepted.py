"""The person has read and accepted the code of conduct in its current wording.

Fires on: somebody in post who has not accepted the wording in effect within the days the profile gives,
counted from the day it took effect or the day they came, whichever is later.
Silent on: whoever accepted it; the days before the time is over; whoever has left; profiles that ask for no
acceptance.
Binds: people under the profiles of the code of 2026, foreign affairs, the procuracy, and provinces with a
duty to declare: where rules of conduct are in force that people ought to have read. No text seen orders
them to sign, and none gives a number of days; so it weighs low.
Repair: sign in, read the code of conduct and accept it.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.code_of_conduct import current_on
from accounts.models import OwnerStatus
from registry.rules.deadlines import by_days
from registry.rules.rule import Rule, Severity, Subject


def not_accepted(as_of: date, days: int) -> Q:
    """The wording that took effect that many days ago is not accepted, by somebody who was here then."""
    last_start = as_of - timedelta(days=days)
    wanted = current_on(last_start)
    return Q(accepted_code__lt=wanted.number if wanted else 0, since__lte=last_start)


RULE = Rule(
    code="OFF-04",
    bit=3,
    subject=Subject.OFFICIAL,
    version=1,
    title=_("The current code of conduct was read and accepted"),
    when=lambda as_of: (
        by_days(lambda profile: profile.days_to_accept_code, lambda days: not_accepted(as_of, days))
        & Q(status=OwnerStatus.IN_POST)
    ),
    own_severity=Severity.LOW,
    evidence=("accepted_code",),
)
