"""The page follows when its agency is renamed, merged or dissolved.

Fires on: a page of an agency that no longer exists; a page that bears a name the agency no longer bears.
Silent on: the last day the agency exists; a page that was renamed, given to the successor or closed.
Binds: every agency with a page: people trust a page under a name nobody bears any more, and whoever takes it
over speaks with that trust.
Repair: rename the page, or HR of the successor declares its transfer, or HR closes it; then declare it.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyVerdict
from registry.rules.rule import Rule, Severity, Subject


def left_behind(as_of: date) -> Q:
    """Its agency is gone on that day, or the name is a former one."""
    return Q(dissolved_on__lte=as_of) | Q(name_verdict=AgencyVerdict.FORMER)


RULE = Rule(
    code="PAG-10",
    bit=9,
    subject=Subject.PAGE,
    version=1,
    title=_("The page follows its agency"),
    when=left_behind,
    own_severity=Severity.HIGH,
    evidence=("name_shown", "agency_on_record", "dissolved_on", "successors"),
)
