"""What binds each branch: its rule profile and its own regulation, inherited down the tree."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from django.db import connection

from accounts.as_of import Kept
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
    photo_max_age_days: int | None = None
    minimum_administrators: int | None = None


#: From which day on, how many (days something may be old, people a page needs); each until the next.
Terms = tuple[tuple[date, int | None], ...]
#: The first day something is overdue, and the first day nothing orders it any more.
Overdue = tuple[date | None, date | None]


class Duties:
    """Profiles and regulations by agency, looked up along a path."""

    def __init__(self, profiles: dict[int, int], regulations: dict[int, list[Duty]]) -> None:
        self._profiles = profiles
        self._regulations = regulations
        self._speaking = lru_cache(maxsize=60_000)(self._speaking_over)
        self._profile = lru_cache(maxsize=60_000)(self._profile_of)
        self._profile_step = lru_cache(maxsize=60_000)(self._profile_step_of)
        self._declaring = lru_cache(maxsize=60_000)(self._declaring_of)
        self._confirming = lru_cache(maxsize=60_000)(self._confirming_of)
        self._renewing_photos = lru_cache(maxsize=60_000)(self._renewing_photos_of)
        self._minimum = lru_cache(maxsize=60_000)(self._minimum_of)
        self._all = lru_cache(maxsize=60_000)(self._all_of)

    def profile(self, path: str) -> int:
        """The number of the rule profile that binds an agency."""
        return self._profile(self._speaking(path))

    def profile_step(self, path: str) -> int | None:
        """Which step of a path its rule profile is attached to, counted from the root; None: to none."""
        return self._profile_step(self._speaking(path))

    def declaring(self, path: str) -> list[Duty]:
        """What obliges a branch to declare, from any agency of the path, by the day it begins."""
        return self._declaring(self._speaking(path))

    def confirming(self, path: str) -> Terms:
        """How old a confirmation may be."""
        return self._confirming(self._speaking(path))

    def renewing_photos(self, path: str) -> Terms:
        """How old a photo may be."""
        return self._renewing_photos(self._speaking(path))

    def minimum(self, path: str) -> tuple[int | None, date | None, date | None]:
        """How many administrators a page needs by regulation, from which day, until (and without) which.

        Of orders that follow one another, the latest; None where none says.
        """
        return self._minimum(self._speaking(path))

    def all_at(self, path: str) -> str:
        """Everything that binds an agency, and from how far up its profile comes, written down."""
        return self._all(self._speaking(path))

    def _all_of(self, path: str) -> str:
        return repr(
            (
                self.profile(path),
                self.profile_step(path),
                self.declaring(path),
                self.confirming(path),
                self.renewing_photos(path),
            )
        )

    def _speaking_over(self, path: str) -> str:
        """The path of the nearest agency, itself or above, with a profile or a regulation: most have none."""
        steps = ancestors(path)
        if len(steps) < 2 or steps[-1] in self._profiles or steps[-1] in self._regulations:  # noqa: PLR2004 - a root
            return path
        return self._speaking(path[: -len(f"{steps[-1]}/")])

    def _profile_of(self, path: str) -> int:
        for agency_id in reversed(ancestors(path)):
            if agency_id in self._profiles:
                return self._profiles[agency_id]
        return DEFAULT_PROFILE

    def _declaring_of(self, path: str) -> list[Duty]:
        found = []
        for agency_id in ancestors(path):
            own = [each for each in self._regulations.get(agency_id, ()) if each.days_to_declare is not None]
            for each, newer in zip_longest(own, own[1:]):
                ends = [day for day in (each.in_force_until, newer and newer.in_force_from) if day]
                found.append(replace(each, in_force_until=min(ends, default=None)))
        return sorted(found, key=lambda each: each.in_force_from)

    def _profile_step_of(self, path: str) -> int | None:
        steps = ancestors(path)
        return next((at for at in range(len(steps) - 1, -1, -1) if steps[at] in self._profiles), None)

    def _confirming_of(self, path: str) -> Terms:
        return self._terms(path, lambda each: each.days_between_confirmations)

    def _renewing_photos_of(self, path: str) -> Terms:
        return self._terms(path, lambda each: each.photo_max_age_days)

    def _minimum_of(self, path: str) -> tuple[int | None, date | None, date | None]:
        terms = self._terms(path, lambda each: each.minimum_administrators)
        for at in range(len(terms) - 1, -1, -1):
            begins, number = terms[at]
            if number is not None:
                return number, begins, terms[at + 1][0] if at + 1 < len(terms) else None
        return None, None, None

    def _terms(self, path: str, days_of: Callable[[Duty], int | None]) -> Terms:
        """How many something may be, from which day on: the nearest agency in force decides.

        Each row lasts until the next begins; None: nothing orders it then.
        """
        chains = [
            [each for each in self._regulations.get(agency_id, ()) if days_of(each) is not None]
            for agency_id in reversed(ancestors(path))
        ]
        dates = [day for own in chains for each in own for day in (each.in_force_from, each.in_force_until)]
        return tuple((day, _days_on(day, chains, days_of)) for day in sorted({day for day in dates if day}))

    def confirm_due(self, path: str, confirmed_on: date | None) -> Overdue:
        """When a confirmation is overdue: see `overdue`. None, None where nothing is confirmed."""
        return overdue(self.confirming(path), confirmed_on)

    def photo_due(self, path: str, photo_on: date | None) -> Overdue:
        """When a photo is older than a regulation allows: see `overdue`."""
        return overdue(self.renewing_photos(path), photo_on)

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


def _days_on(day: date, chains: list[list[Duty]], days_of: Callable[[Duty], int | None]) -> int | None:
    """What is ordered on a day: by the nearest agency that orders anything then, in its newest regulation."""
    for own in chains:  # an agency's regulations, by the day they begin
        begun = [each for each in own if each.in_force_from <= day]
        if begun and (begun[-1].in_force_until is None or day < begun[-1].in_force_until):
            return days_of(begun[-1])
    return None


def overdue(terms: Terms, since: date | None) -> Overdue:
    """When what was last done on `since` is overdue: from the first day, until (and without) the second.

    On the day an order begins, it asks what it says of everybody. Where orders follow one another with days
    between on which nothing is overdue, the latest counts.
    """
    due: date | None = None
    until: date | None = None
    for at, (begins, days) in enumerate(terms):
        if days is None or since is None:
            continue
        ends = terms[at + 1][0] if at + 1 < len(terms) else None
        late = max(begins, since + timedelta(days=days))
        if ends is not None and ends <= late:
            continue
        if due is None or until != late:
            due = late
        until = ends
    return due, until


def _load() -> Duties:
    """Read from the book what binds."""
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
                row.photo_max_age_days,
                row.minimum_administrators,
            )
        )
    own = {row.agency_id: row.profile for row in profiles if row.profile is not None}
    return Duties(own, by_agency)


_kept = Kept(_load)


def duties() -> Duties:
    """What binds now, read again only when an agency or a regulation was recorded or ended since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT max(id) FROM accounts_agencyrecord), 0),"
            " coalesce((SELECT max(id) FROM accounts_regulation), 0),"
            " (SELECT count(*) FROM accounts_regulation WHERE recorded_until IS NULL)"
        )
        version: tuple[int, int, int] = cursor.fetchone()
    return _kept.get(version)
