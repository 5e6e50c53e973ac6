"""The person has confirmed the account within the time given.

Fires on: an account last confirmed longer ago than the agency's own regulation allows, or the profile where
no regulation says.
Silent on: the last day allowed; whoever no regulation or profile asks; an account never confirmed, which has
its own rule.
Binds: people whose agency, or one above it, has recorded a regulation that says so, or whose profile does; no
law does.
Repair: sign in, look at the account, and confirm it or say what is wrong.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule, Subject

_ARTICLE = "OWN.confirm"


def overdue(as_of: date) -> Q:
    """The time is over, by the regulation on the row or, where there is none, by the profile."""
    late = Q(
        Q(confirm_due_until__isnull=True) | Q(confirm_due_until__gt=as_of),
        confirm_due_on__lte=as_of,
    )
    for profile in PROFILES.values():
        # Profiles carry a number of days as a default; only where an article binds does it ask anything.
        if profile.days_between_confirmations is not None and profile.force_on(_ARTICLE, as_of):
            last_day = as_of - timedelta(days=profile.days_between_confirmations)
            late |= Q(confirm_due_on__isnull=True, profile=profile.number, confirmed_on__lte=last_day)
    return late


RULE = Rule(
    code="ACC-24",
    bit=23,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The account was confirmed within the time given"),
    basis=(_ARTICLE,),
    row_says_who=True,
    when=overdue,
    evidence=("confirmed_on", "confirm_due_on"),
)
