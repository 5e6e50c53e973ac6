"""The agency has confirmed the page within the time given.

Fires on: a page last confirmed longer ago than the agency's own regulation allows; where no regulation says,
longer ago than the profile does.
Silent on: the last day allowed; whoever no regulation or profile asks.
Binds: every agency with a page; the number of days is the regulation's or the profile's, no law gives one.
What the register says of a page to citizens is only as good as the day somebody last looked.
Repair: an HR officer looks at the page and confirms it, or declares what changed.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule, Severity, Subject


def overdue(as_of: date) -> Q:
    """The time is over, by the regulation on the row or, where there is none, by the profile."""
    late = Q(Q(confirm_due_until__isnull=True) | Q(confirm_due_until__gt=as_of), confirm_due_on__lte=as_of)
    for profile in PROFILES.values():
        if profile.days_between_confirmations is not None:
            last_day = as_of - timedelta(days=profile.days_between_confirmations)
            late |= Q(confirm_due_on__isnull=True, profile=profile.number, confirmed_on__lte=last_day)
    return late


RULE = Rule(
    code="PAG-14",
    bit=13,
    subject=Subject.PAGE,
    version=1,
    title=_("The page was confirmed within the time given"),
    when=overdue,
    own_severity=Severity.LOW,
    evidence=("name_shown", "confirmed_on", "confirm_due_on"),
)
