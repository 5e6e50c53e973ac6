"""Deadlines that differ from profile to profile, as one condition."""

from collections.abc import Callable

from django.db.models import Q

from registry.rules.profiles import PROFILES, Profile


def by_days(days_of: Callable[[Profile], int | None], late: Callable[[int], Q]) -> Q:
    """Join `late(days)` over the profiles; those of the same number of days are asked together.

    Args:
        days_of: the days a profile gives; None: it asks nothing. At least one profile must ask.
        late: the condition for that many days.
    """
    groups: dict[int, list[int]] = {}
    for profile in PROFILES.values():
        days = days_of(profile)
        if days is not None:
            groups.setdefault(days, []).append(profile.number)
    if len(groups) == 1 and len(PROFILES) == sum(map(len, groups.values())):
        return late(next(iter(groups)))
    joined = Q()
    for days, numbers in groups.items():
        joined |= late(days) & Q(profile__in=numbers)
    return joined
