"""The page has enough administrators in post.

Fires on: fewer administrators in post than the regulation of the agency, or of one above it, asks for; where
no regulation says, fewer than the profile does.
Silent on: as many or more; whoever no regulation or profile asks.
Binds: agencies whose own regulation or profile says how many; the draft of 2018 has an agency say who runs
its page, and no text says how many they are. With one alone, a lost telephone is a lost page.
Repair: HR declares a change of the page and names another administrator from the staff list.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule, Severity, Subject


def too_few(as_of: date) -> Q:
    """Fewer than the regulation on the row asks on that day or, where none does, the profile."""
    ordered = Q(minimum_from__lte=as_of) & (Q(minimum_until__isnull=True) | Q(minimum_until__gt=as_of))
    by_profile = Q()
    for profile in PROFILES.values():
        by_profile |= Q(profile=profile.number, administrators__lt=profile.minimum_administrators)
    none_orders = Q(minimum_from__isnull=True) | Q(minimum_from__gt=as_of) | Q(minimum_until__lte=as_of)
    return (ordered & Q(enough=False)) | (none_orders & by_profile)


RULE = Rule(
    code="PAG-03",
    bit=2,
    subject=Subject.PAGE,
    version=1,
    title=_("The page has enough administrators"),
    when=too_few,
    own_severity=Severity.MEDIUM,
    evidence=("name_shown", "administrators", "minimum"),
)
