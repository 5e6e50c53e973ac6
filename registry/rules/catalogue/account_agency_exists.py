"""The agency shown still exists under that name.

Fires on: an agency that was dissolved, renamed or merged into another; its successors are offered.
Silent on: every agency that exists, whether the person's own or not; no agency at all.
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
    version=1,
    title=_("The agency shown has not been dissolved, renamed or merged"),
    basis=("DRAFT-2018.o3",),
    when=lambda _as_of: Q(agency_verdict=AgencyVerdict.FORMER),
    asks_for_agency=True,
    evidence=("agency_shown", "agency_resolved", "agency_on_record", "successors"),
)
