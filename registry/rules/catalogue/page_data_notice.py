"""Citizens are told what becomes of their data on the page.

Fires on: a page without a notice on citizens' data on record.
Silent on: a notice, by its text or its address.
Binds: every agency with a page, by the register's own condition: no text seen orders the notice. The draft of
2018 wants citizens' information protected; whether it is cannot be seen from here, the notice can.
Repair: write the notice on the page, then HR declares a change with its text or address.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Severity, Subject


def untold(as_of: date) -> Q:
    """No notice is on record; whatever the day."""
    del as_of
    return Q(data_notice=False)


RULE = Rule(
    code="PAG-12",
    bit=11,
    subject=Subject.PAGE,
    version=1,
    title=_("The page has a notice on citizens’ data"),
    when=untold,
    own_severity=Severity.LOW,
    evidence=("name_shown",),
)
