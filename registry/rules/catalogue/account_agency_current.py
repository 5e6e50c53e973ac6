"""The agency shown is the one the person works for now.

Fires on: another agency of the register that is neither the person's own nor above it.
Silent on: the agency itself, another name of it, an agency above it; no agency at all; an agency that no
longer exists, which has its own rule.
Binds: those who measure themselves by the draft of 2018, which asks for the agency. It was never in force, so
this is a recommendation.
Could not be checked: a text in which no agency of the register was recognised.
Repair: change the agency shown on the account, or correct the HR record where the person has moved.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyVerdict
from registry.rules.rule import Cause, Rule, Subject

RULE = Rule(
    code="ACC-07",
    bit=6,
    subject=Subject.ACCOUNT,
    version=2,
    title=_("The agency shown is the current employer"),
    basis=("DRAFT-2018.o3",),
    when=lambda as_of: Q(agency_verdict=AgencyVerdict.OTHER) & ~Q(agency_shown_until__lte=as_of),
    unchecked=lambda _as_of: Q(agency_verdict=AgencyVerdict.UNKNOWN),
    cause=Cause.UNKNOWN_AGENCY,
    asks_for_agency=True,
    evidence=("agency_shown", "agency_resolved", "agency_on_record"),
)
