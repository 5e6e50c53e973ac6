"""It is recorded which badge the page bears.

Fires on: a page of which nobody recorded whether it bears a badge; a record without its day; a badge of which
it is not recorded how it was got or by what that was seen.
Silent on: “no badge”, with the day somebody looked; a badge with day, origin and evidence.
Binds: agencies that measure themselves by the draft of 2018, which has them register with the provider, or by
the code of 2021, which advised it. A badge proves nothing by itself: some are sold.
Repair: look at the page, then HR declares a change with badge, origin, evidence and day.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import BadgeVerdict
from registry.rules.rule import Rule, Subject


def unrecorded(as_of: date) -> Q:
    """Nobody looked, or not all of it is said; whatever the day."""
    del as_of
    return ~Q(badge=BadgeVerdict.RECORDED)


RULE = Rule(
    code="PAG-06",
    bit=5,
    subject=Subject.PAGE,
    version=1,
    title=_("The badge of the page is recorded"),
    basis=("DRAFT-2018.a1", "QD-874.4-2"),
    when=unrecorded,
    evidence=("name_shown", "badge"),
)
