"""The agency shown still exists under that name.

Fires on: an agency that was dissolved or merged into another, from the first day it no longer exists, its
successors being offered; a name an agency bore before.
Silent on: every agency that exists, whether the person's own or not, also in the days before a dissolution
recorded in advance; no agency at all.
Binds: those who measure themselves by the draft of 2018, which asks for the agency. It was never in force, so
this is a recommendation.
Repair: put the successor's name on the account.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyVerdict
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-08",
    bit=7,
    subject=Subject.ACCOUNT,
    version=2,
    title=_("The agency shown has not been dissolved, renamed or merged"),
    basis=("DRAFT-2018.o3",),
    when=lambda as_of: Q(agency_verdict=AgencyVerdict.FORMER) | Q(agency_shown_until__lte=as_of),
    asks_for_agency=True,
    evidence=("agency_shown", "agency_resolved", "agency_on_record", "agency_shown_until", "successors"),
)
