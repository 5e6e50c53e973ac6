"""Somebody has looked at the badge lately.

Fires on: a badge last looked at longer ago than the profile allows.
Silent on: the last day allowed; a badge nobody recorded, which has its own rule.
Binds: every agency with a page: a page that is renamed can keep its badge, and a badge can be bought. The
number of days is the profile's own; no law gives one.
Repair: look at the page again, then HR declares a change with the new day.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule, Severity, Subject


def too_long_ago(as_of: date) -> Q:
    """Longer ago than the profile allows."""
    late = Q()
    for profile in PROFILES.values():
        last_day = as_of - timedelta(days=profile.badge_max_age_days)
        late |= Q(profile=profile.number, badge_seen_on__lt=last_day)
    return late


RULE = Rule(
    code="PAG-07",
    bit=6,
    subject=Subject.PAGE,
    version=1,
    title=_("The badge of the page was looked at lately"),
    when=too_long_ago,
    own_severity=Severity.LOW,
    evidence=("name_shown", "badge_seen_on"),
)
