"""What binds each branch: its rule profile and its own regulation, inherited down the tree."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from django.db import connection

from accounts.models import AgencyRecord, Regulation
from accounts.paths import ancestors

DEFAULT_PROFILE: Final = 1  # the register's default rule profile; what it means is in registry.rules.profiles


@dataclass(frozen=True, slots=True)
class Duty:
    """One regulation, as far as dates follow from it."""

    in_force_from: date
    in_force_until: date | None
    days_to_declare: int | None
    days_between_confirmations: int | None


class Duties:
    """Profiles and regulations by agency, looked up along a path."""

    def __init__(self, profiles: dict[int, int], regulations: dict[int, list[Duty]]) -> None:
        self._profiles = profiles
        self._regulations = regulations
        self.profile = lru_cache(maxsize=60_000)(self._profile)
        self.declaring = lru_cache(maxsize=60_000)(self._declaring)
        self.confirming = lru_cache(maxsize=60_000)(self._confirming)

    def _profile(self, path: str) -> int:
        for agency_id in reversed(ancestors(path)):
            if agency_id in self._profiles:
                return self._profiles[agency_id]
        return DEFAULT_PROFILE

    def _declaring(self, path: str) -> list[Duty]:
        """What obliges this branch to declare, from any agency of the path, by the day it begins."""
        found = []
        for agency_id in ancestors(path):
            own = [each for each in self._regulations.get(agency_id, ()) if each.days_to_declare is not None]
            for each, newer in zip_longest(own, own[1:]):
                ends = [day for day in (each.in_force_until, newer and newer.in_force_from) if day]
                found.append(replace(each, in_force_until=min(ends, default=None)))
        return sorted(found, key=lambda each: each.in_force_from)

    def _confirming(self, path: str) -> int | None:
        for agency_id in reversed(ancestors(path)):
            for each in reversed(self._regulations.get(agency_id, ())):
                if each.days_between_confirmations is not None:
                    return each.days_between_confirmations
        return None

    def confirm_due(self, path: str, confirmed_on: date | None) -> date | None:
        """The first day a confirmation is overdue; None when nothing orders one, or nothing is confirmed."""
        days = self.confirming(path)
        return None if days is None or confirmed_on is None else confirmed_on + timedelta(days=days)

    def declare_due(self, path: str, since: date) -> tuple[date | None, date | None]:
        """The first day a declaration is overdue, and the first day nothing orders it any more.

        An agency's newer regulation takes the place of its older one from the day it is in force, and not
        before; what an agency above orders binds as well. Regulations that follow one another without a gap
        are one duty; of several duties with gaps between them, the latest.
        """
        due: date | None = None
        until: date | None = None
        for duty in self.declaring(path):
            begins, ends = max(duty.in_force_from, since), duty.in_force_until
            if duty.days_to_declare is None or (ends is not None and ends <= begins):
                continue
            own_due = begins + timedelta(days=duty.days_to_declare)
            if due is None or (until is not None and until < begins):
                due, until = own_due, ends
            else:
                due = min(due, own_due)
                until = None if until is None or ends is None else max(until, ends)
        return due, until


_loaded: tuple[tuple[int, int, int], Duties] | None = None


def duties() -> Duties:
    """What binds now, read again only when an agency or a regulation was recorded or ended since."""
    global _loaded  # noqa: PLW0603 - one copy a process, replaced as a whole
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT max(id) FROM accounts_agencyrecord), 0),"
            " coalesce((SELECT max(id) FROM accounts_regulation), 0),"
            " (SELECT count(*) FROM accounts_regulation WHERE recorded_until IS NULL)"
        )
        version: tuple[int, int, int] = cursor.fetchone()
    if _loaded is None or _loaded[0] != version:
        profiles = AgencyRecord.objects.current().filter(profile__isnull=False)
        regulations = Regulation.objects.current().order_by("in_force_from", "id")
        by_agency: dict[int, list[Duty]] = {}
        for row in regulations:
            by_agency.setdefault(row.agency_id, []).append(
                Duty(
                    row.in_force_from,
                    row.in_force_until,
                    row.days_to_declare if row.obliges_declaration else None,
                    row.days_between_confirmations,
                )
            )
        own = {row.agency_id: row.profile for row in profiles if row.profile is not None}
        _loaded = (version, Duties(own, by_agency))
    return _loaded[1]
