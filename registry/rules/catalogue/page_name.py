"""The page bears the agency's name.

Fires on: a page whose name is neither the agency's nor one of its other names; a page without a name.
Silent on: the name, the short name, an alias on record; a name it bore before, which has its own rule.
Binds: agencies that measure themselves by the draft of 2018, which has the name verified, or by the code of
2021, which advised an organisation to use its true name.
Repair: rename the page and declare the change; or record the name the page bears as an alias of the agency.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyVerdict
from registry.rules.rule import Rule, Subject


def misnamed(as_of: date) -> Q:
    """By no name of the agency's, new or old; whatever the day."""
    del as_of
    own = (AgencyVerdict.CURRENT, AgencyVerdict.ALIAS, AgencyVerdict.FORMER)
    return ~Q(name_verdict__in=own)


RULE = Rule(
    code="PAG-09",
    bit=8,
    subject=Subject.PAGE,
    version=1,
    title=_("The page bears the name of the agency"),
    basis=("DRAFT-2018.a1", "QD-874.4-2"),
    when=misnamed,
    evidence=("name_shown", "agency_on_record"),
)
