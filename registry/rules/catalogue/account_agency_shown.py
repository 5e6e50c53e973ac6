"""The account shows the agency the person works for.

Fires on: an account that names no agency.
Silent on: any agency named; and everywhere under a profile that forbids or frees showing it (army, police,
procuracy).
Binds: those who measure themselves by the draft of 2018, which asks for the agency. It was never in force, so
this is a recommendation.
Repair: show the agency on the account and declare it as it stands there.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyVerdict
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-06",
    bit=5,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The account shows the agency"),
    basis=("DRAFT-2018.o3",),
    when=lambda _as_of: Q(agency_verdict=AgencyVerdict.MISSING),
    asks_for_agency=True,
)
