"""What binds each branch: its rule profile and its own regulation, inherited down the tree."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from django.db import connection

from accounts.models import AgencyRecord, Regulation
from accounts.paths import ancestors

DEFAULT_PROFILE: Final = 1  # the register's default rule profile; what it means is in registry.rules.profiles


@dataclass(frozen=True, slots=True)
class Duty:
    """One agency's regulation, as far as dates follow from it."""

    in_force_from: date
    in_force_until: date | None
    days_to_declare: int | None
    days_between_confirmations: int | None


class Duties:
    """Profiles and regulations by agency, looked up along a path."""

    def __init__(self, profiles: dict[int, int], regulations: dict[int, Duty]) -> None:
        self._profiles = profiles
        self._regulations = regulations
        self.profile = lru_cache(maxsize=60_000)(self._profile)
        self.duty = lru_cache(maxsize=60_000)(self._duty)

    def _profile(self, path: str) -> int:
        for agency_id in reversed(ancestors(path)):
            if agency_id in self._profiles:
                return self._profiles[agency_id]
        return DEFAULT_PROFILE

    def _duty(self, path: str) -> Duty | None:
        for agency_id in reversed(ancestors(path)):
            if agency_id in self._regulations:
                return self._regulations[agency_id]
        return None

    def confirm_due(self, path: str, confirmed_on: date | None) -> date | None:
        """The first day a confirmation is overdue; None when nothing orders one, or nothing is confirmed."""
        duty = self.duty(path)
        if duty is None or duty.days_between_confirmations is None or confirmed_on is None:
            return None
        return confirmed_on + timedelta(days=duty.days_between_confirmations)

    def declare_due(self, path: str, since: date) -> tuple[date | None, date | None]:
        """The first day a declaration is overdue, and the first day nothing orders it any more."""
        duty = self.duty(path)
        if duty is None or duty.days_to_declare is None:
            return None, None
        return max(duty.in_force_from, since) + timedelta(days=duty.days_to_declare), duty.in_force_until


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
        # the newest regulation of an agency is the one that binds it
        regulations = Regulation.objects.current().order_by("in_force_from", "id")
        _loaded = (
            version,
            Duties(
                {row.agency_id: row.profile for row in profiles if row.profile is not None},
                {
                    row.agency_id: Duty(
                        row.in_force_from,
                        row.in_force_until,
                        row.days_to_declare if row.obliges_declaration else None,
                        row.days_between_confirmations,
                    )
                    for row in regulations
                },
            ),
        )
    return _loaded[1]
