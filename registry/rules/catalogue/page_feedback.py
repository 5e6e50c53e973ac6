"""Citizens can send remarks through the page.

Fires on: a page of which it is not recorded where citizens send remarks.
Silent on: an address, or the way in words.
Binds: every agency with a page, by the register's own condition. The draft of 2018 wants a way that
encourages remarks; what people write there is content, and never looked at.
Repair: open such a way, then HR declares a change of the page with it.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Severity, Subject


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
    when=deaf,
    own_severity=Severity.LOW,
    evidence=("name_shown",),
)
