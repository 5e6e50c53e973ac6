"""Everybody who runs the page is in post.

Fires on: a page one of whose administrators has left, has moved away, or works in another branch now.
Silent on: administrators in post in the agency, in a unit below it or in a body above it.
Binds: every agency with a page: whoever left and still has the key can speak in the agency's name.
Repair: take the person's rights on the platform away, then HR declares a change of the page without them.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Severity, Subject


def run_by_somebody_gone(as_of: date) -> Q:
    """One of those named is not here any more; whatever the day."""
    del as_of
    return Q(administrators_gone__gt=0)


RULE = Rule(
    code="PAG-04",
    bit=3,
    subject=Subject.PAGE,
    version=1,
    title=_("Every administrator of the page is in post"),
    when=run_by_somebody_gone,
    own_severity=Severity.HIGH,
    evidence=("name_shown", "administrators_gone", "names_gone"),
)
