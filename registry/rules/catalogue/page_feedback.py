"""Citizens can send remarks through the page.

Fires on: a page of which it is not recorded where citizens send remarks.
Silent on: an address, or the way in words.
Binds: agencies that measure themselves by the draft of 2018, which wants a way that encourages remarks.
What people write there is never looked at.
Repair: open such a way, then HR declares a change of the page with it.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Subject


def deaf(as_of: date) -> Q:
    """No way is on record; whatever the day."""
    del as_of
    return Q(feedback=False)


RULE = Rule(
    code="PAG-13",
    bit=12,
    subject=Subject.PAGE,
    version=1,
    title=_("The page has a way for citizens’ remarks"),
    basis=("DRAFT-2018.a6",),
    when=deaf,
    evidence=("name_shown",),
)
