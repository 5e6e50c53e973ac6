"""The decision that permits the page is recorded.

Fires on: a page without the number and the day of the decision that permits it.
Silent on: both on record.
Binds: every agency with a page: by Decree 42/2022 a page on a network is a channel the agency permits; a
military unit's account is licensed like a website.
Repair: the agency decides, then HR declares a change with number and day of the decision.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Subject


def undecided(as_of: date) -> Q:
    """Number or day are missing; whatever the day."""
    del as_of
    return Q(decision=False)


RULE = Rule(
    code="PAG-11",
    bit=10,
    subject=Subject.PAGE,
    version=1,
    title=_("The decision that permits the page is recorded"),
    basis=("ND-42.5", "TT-81-BQP.unit-page"),
    when=undecided,
    evidence=("name_shown",),
)
