"""Whoever speaks for the agency on the page has a document that says so.

Fires on: a spokesperson named as responsible without the number and day of the document that authorises them.
Silent on: the head of the agency, who needs none; a page nobody answers for, which has its own rule.
Binds: every agency with a page: by Decree 09/2017 a spokesperson is appointed or authorised.
Repair: HR declares a change of the page with the number and day of the document.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ResponsibleVerdict
from registry.rules.rule import Rule, Subject


def unauthorised(as_of: date) -> Q:
    """Somebody is named, not as head, and no document says why; whatever the day."""
    del as_of
    return Q(authorised=False) & ~Q(responsible=ResponsibleVerdict.MISSING)


RULE = Rule(
    code="PAG-02",
    bit=1,
    subject=Subject.PAGE,
    version=1,
    title=_("The spokesperson of the page is authorised by a document"),
    basis=("ND-09.spokesperson",),
    when=unauthorised,
    evidence=("name_shown", "responsible_name"),
)
