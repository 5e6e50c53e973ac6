"""Somebody in post answers for the page.

Fires on: a page for which nobody is named as responsible; one whose responsible person has left, has moved
away, or works in another branch now.
Silent on: somebody in post in the agency, in a unit below it or in a body above it.
Binds: every agency with a page: Decree 09/2017 says who speaks for an agency, and the draft of 2018 has its
head, or whom the head authorises to speak, answer for the page.
Repair: HR declares a change of the page and names who answers for it now.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ResponsibleVerdict
from registry.rules.rule import Rule, Subject


def unanswered(as_of: date) -> Q:
    """Nobody is named, or nobody who still could; whatever the day."""
    del as_of
    return ~Q(responsible=ResponsibleVerdict.IN_POST)


RULE = Rule(
    code="PAG-01",
    bit=0,
    subject=Subject.PAGE,
    version=1,
    title=_("Somebody in post answers for the page"),
    basis=("ND-09.spokesperson", "DRAFT-2018.a2", "TT-81-BQP.unit-page"),
    when=unanswered,
    evidence=("name_shown", "responsible_name", "responsible"),
)
