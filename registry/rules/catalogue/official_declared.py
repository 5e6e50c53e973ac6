"""The person has declared their accounts, or that they have none.

Fires on: nothing declared, nothing awaiting review and no "I have none" after the last day to declare, which
the agency's own regulation gives, or else a profile that orders it.
Silent on: anybody whom no regulation or profile in force obliges to declare; the last day itself; whoever has
left.
Binds: people whose agency, or one above it, has recorded a regulation that orders it, or whose profile does;
no law does.
Repair: sign in and declare the accounts, or state that there are none.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnerStatus
from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule, Subject


def overdue(as_of: date) -> Q:
    """The time to declare is over, by the regulation on the row or, where there is none, by the profile."""
    late = Q(Q(declare_until__isnull=True) | Q(declare_until__gt=as_of), declare_due_on__lte=as_of)
    for profile in PROFILES.values():
        if profile.days_to_declare is not None and profile.obliges_declaration_on(as_of):
            last_start = as_of - timedelta(days=profile.days_to_declare)
            late |= Q(declare_due_on__isnull=True, profile=profile.number, since__lte=last_start)
    return late


RULE = Rule(
    code="OFF-01",
    bit=0,
    subject=Subject.OFFICIAL,
    version=1,
    title=_("Accounts are declared, or declared to be none"),
    basis=("OWN.declare", "CT-17-BP.declare"),
    row_says_who=True,
    when=lambda as_of: overdue(as_of) & Q(accounts=0, proposed=0, nil=False, status=OwnerStatus.IN_POST),
    evidence=("declare_due_on",),
)
