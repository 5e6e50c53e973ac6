"""Whoever left or moved has no account left in this register after the time given.

Fires on: an account still registered when the days the profile gives have passed since the record first
said that its owner left or moved.
Silent on: anybody in post; whoever left with nothing registered; the days before the time is over, in which
each account already counts as one whose owner is not in post.
Binds: every agency. No law gives a number of days: 30 is this register's working default, in the profile.
What the law on personal data does say is that what is kept of somebody who has left is kept only as long as
its purpose lasts; that clock runs from the day shown.
Repair: close the accounts in the register; the new agency of somebody who moved has them declared there.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.deadlines import by_days
from registry.rules.rule import Rule, Severity, Subject

RULE = Rule(
    code="OFF-03",
    bit=2,
    subject=Subject.OFFICIAL,
    version=1,
    title=_("Accounts of whoever left or moved were closed or declared anew"),
    when=lambda as_of: by_days(
        lambda profile: profile.days_to_close_accounts,
        lambda days: Q(accounts__gt=0, gone_on__lte=as_of - timedelta(days=days)),
    ),
    own_severity=Severity.MEDIUM,
    evidence=("status", "gone_on", "accounts"),
)
