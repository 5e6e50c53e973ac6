"""People of the agency find a contact in HR.

Fires on: an agency with people in post for which neither it nor a body above it, up to its province or
central body, has an e-mail or telephone of HR on record.
Silent on: an agency without people in post; one that no longer exists; one that may use the contact of a
body above it.
Binds: every agency; the register asks people to declare, and they must know whom to ask.
Repair: HR enters an e-mail or a telephone on the agency's page.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ContactVerdict
from registry.rules.rule import Rule, Severity, Subject


def unreachable(as_of: date) -> Q:
    """Nobody to ask, in an agency that exists."""
    return Q(contact=ContactVerdict.MISSING) & (Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=as_of))


RULE = Rule(
    code="AGE-02",
    bit=1,
    subject=Subject.AGENCY,
    version=1,
    title=_("A contact in HR is recorded"),
    when=unreachable,
    own_severity=Severity.LOW,
    evidence=("agency",),
)
