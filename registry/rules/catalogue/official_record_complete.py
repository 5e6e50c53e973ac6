"""The staff record says what the other rules need.

Fires on: a person in post whose record lacks the position, the work e-mail or the day they came, or says
"other" or nothing for the category.
Silent on: a record that has all four; whoever has left or moved.
Binds: every agency's HR; it is no fault of the person. The category says which rules apply, the day they
came when their time to declare began, and the e-mail how to reach them.
Repair: HR completes the record, by hand or with the next staff list.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnerStatus
from registry.rules.rule import Rule, Severity, Subject

RULE = Rule(
    code="OFF-05",
    bit=4,
    subject=Subject.OFFICIAL,
    version=1,
    title=_("The staff record is complete"),
    when=lambda _as_of: Q(gaps__gt=0, status=OwnerStatus.IN_POST),
    own_severity=Severity.LOW,
    evidence=("gaps",),
)
