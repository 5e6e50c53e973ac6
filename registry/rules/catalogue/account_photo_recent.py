"""The photo is not older than allowed.

Fires on: a photo first declared for this account longer ago than the agency's own regulation allows, or the
profile where no regulation says.
Silent on: the last day allowed; whoever no regulation or profile asks; no photo at all. Only the day of
declaring is known, never when a picture was taken.
Binds: people whose agency, or one above it, has recorded a regulation that says so, or whose profile does; no
law does.
Repair: put up a newer photo on the account and declare it.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule, Subject

_ARTICLE = "OWN.photo-age"


def too_old(as_of: date) -> Q:
    """Older than the regulation on the row allows or, where there is none, the profile."""
    late = Q(
        Q(photo_due_until__isnull=True) | Q(photo_due_until__gt=as_of),
        photo_due_on__lte=as_of,
    )
    for profile in PROFILES.values():
        if profile.photo_max_age_days is not None and profile.force_on(_ARTICLE, as_of):
            last_day = as_of - timedelta(days=profile.photo_max_age_days)
            late |= Q(photo_due_on__isnull=True, profile=profile.number, photo_on__lte=last_day)
    return late


RULE = Rule(
    code="ACC-18",
    bit=17,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The photo is not older than allowed"),
    basis=(_ARTICLE,),
    row_says_who=True,
    when=too_old,
    evidence=("photo_on", "photo_due_on"),
)
