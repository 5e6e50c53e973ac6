"""What binds one agency's people on a day: its profile and its numbers, and from whom each comes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import AgencyRecord, Regulation
from accounts.paths import ancestors
from registry.rules.profiles import DEFAULT, Profile, profile_by_number


@dataclass(frozen=True, slots=True)
class Number:
    """One parameter as it stands for an agency.

    Args:
        value: days, or people; None: nobody asks for it.
        regulation: which regulation says so; None: the profile does.
        agency: whose regulation or profile it is; None: the default profile's, which nobody chose.
    """

    value: int | None
    regulation: Regulation | None = None
    agency: AgencyRecord | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """What binds an agency's people on a day."""

    on: date
    profile: Profile
    profile_of: AgencyRecord | None  # who chose it; None: nobody did
    days_to_declare: Number
    days_between_confirmations: Number
    photo_max_age_days: Number
    minimum_administrators: Number
    regulations: tuple[tuple[Regulation, AgencyRecord], ...]  # in force that day, the nearest agency's first


def effective(path: str, on: date, *, at: datetime | None = None) -> Effective:
    """What binds the people of the agency at a path, on a day; by what is recorded now, or was at an instant.

    A regulation goes before the profile. Where several agencies of the path order the same, the nearest
    decides; but whoever is to declare is bound by each of them, so there the shortest time counts. A
    profile's own numbers count only where one of its articles binds that day.
    """
    steps = ancestors(path)
    agencies = AgencyRecord.objects.as_of(at) if at else AgencyRecord.objects.current()
    regulations = Regulation.objects.as_of(at) if at else Regulation.objects.current()
    chain = {each.agency_id: each for each in agencies.filter(agency__in=steps)}
    nearest = [chain[step] for step in reversed(steps) if step in chain]
    chosen = next((each for each in nearest if each.profile is not None), None)
    profile = profile_by_number(chosen.profile) if chosen and chosen.profile is not None else DEFAULT
    recorded = list(regulations.filter(agency__in=steps).order_by("in_force_from", "pk"))

    def by_profile(value: int | None, *, asked: bool = True) -> Number:
        return Number(value, None, chosen) if value and asked else Number(None)

    def binds(article: str) -> bool:
        return profile.force_on(article, on) is not None

    def nearest_order(days_of: Callable[[Regulation], int | None]) -> Number | None:
        for agency in nearest:
            own = [
                each for each in recorded if each.agency_id == agency.agency_id and days_of(each) is not None
            ]
            newest = _begun(own, on)
            if newest is not None and stands(newest, on):
                return Number(days_of(newest), newest, agency)
        return None

    return Effective(
        on,
        profile,
        chosen,
        _shortest(nearest, recorded, on)
        or by_profile(profile.days_to_declare, asked=binds(profile.duty_to_declare)),
        nearest_order(lambda each: each.days_between_confirmations)
        or by_profile(profile.days_between_confirmations, asked=binds("OWN.confirm")),
        nearest_order(lambda each: each.photo_max_age_days)
        or by_profile(profile.photo_max_age_days, asked=binds("OWN.photo-age")),
        nearest_order(lambda each: each.minimum_administrators) or by_profile(profile.minimum_administrators),
        tuple(
            (each, agency)
            for agency in nearest
            for each in recorded
            if each.agency_id == agency.agency_id and stands(each, on)
        ),
    )


def stands(regulation: Regulation, on: date) -> bool:
    """Whether a regulation is in force on a day."""
    ends = regulation.in_force_until
    return regulation.in_force_from <= on and (ends is None or ends > on)


def _begun(own: Sequence[Regulation], on: date) -> Regulation | None:
    """The newest that has begun: it took the place of those before it."""
    return next((each for each in reversed(own) if each.in_force_from <= on), None)


def _shortest(nearest: Sequence[AgencyRecord], recorded: Sequence[Regulation], on: date) -> Number | None:
    """The shortest time any agency of the path gives somebody who enters it on a day."""
    found: list[Number] = []
    for agency in nearest:
        own = [each for each in recorded if each.agency_id == agency.agency_id and each.obliges_declaration]
        newest = _begun(own, on)
        if newest is not None and stands(newest, on):
            found.append(Number(newest.days_to_declare, newest, agency))
    return min(found, key=lambda each: each.value or 0, default=None)
