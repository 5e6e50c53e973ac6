"""The agency has a regulation about its people's accounts in force.

Fires on: an agency with people in post for which no regulation is in force, neither its own nor one of an
agency above it.
Silent on: an agency without people in post; one that no longer exists; an agency under a regulation of one
above it; from the day a regulation comes into force until the day it no longer does.
Binds: nobody by law: no text seen orders every agency to have one. But only such a regulation can oblige
people to declare, so that without one the register can ask and never demand; it weighs low.
Repair: the agency issues a regulation and HR records its number and dates; or HR records the one it has.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Severity, Subject


def without(as_of: date) -> Q:
    """None is recorded, or none has begun, or all have ended; and the agency exists."""
    none = Q(regulation_from__isnull=True) | Q(regulation_from__gt=as_of) | Q(regulation_until__lte=as_of)
    return none & (Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=as_of))


RULE = Rule(
    code="AGE-01",
    bit=0,
    subject=Subject.AGENCY,
    version=1,
    title=_("A regulation about staff accounts is recorded"),
    when=without,
    own_severity=Severity.LOW,
    evidence=("agency", "regulation_from", "regulation_until"),
)
