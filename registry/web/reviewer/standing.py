"""How people stand with their duty to declare: for the list from the book, for coverage from the counters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.comparison import Part, parts_of, whole
from accounts.models import GONE, AgencyRecord, Entry, NilReturn, OfficialRecord, Ownership, Standing
from registry.declarations.models import Declaration
from registry.declarations.states import UNDER_REVIEW
from registry.findings.models import Finding, State
from registry.findings.selectors import STANDING
from registry.users.models import Role, User
from registry.users.policies import branches_of
from registry.web.units import CODE

HR = Role.HR_OFFICER
#: Rules that speak when a day has passed: to declare, confirm, renew a photo, see a badge, tell of a loss.
OVERDUE: Final = frozenset({"OFF-01", "ACC-24", "ACC-18", "OFF-06", "OFF-07", "OFF-08", "PAG-07", "PAG-14"})


class Declared(TextChoices):
    """How a person stands; the first that is true counts."""

    DECLARED = "declared", _("Declared")
    NIL = "nil", _("Has no account")
    WAITING = "waiting", _("Waiting for review")
    MISSING = "missing", _("Not declared yet")


class Wanted(TextChoices):
    """What else a list can be asked for: people with something left to do."""

    UNCONFIRMED = "unconfirmed", _("Has unconfirmed accounts")
    OVERDUE = "overdue", _("Overdue")


def with_standing(records: QuerySet[OfficialRecord]) -> QuerySet[OfficialRecord]:
    """Annotate records of officials with `is_declared`, `is_nil` and `is_waiting`."""
    return records.annotate(
        is_declared=_is_declared(), is_nil=Exists(_nil_returns()), is_waiting=Exists(_waiting())
    )


def standing_filter(wanted: str) -> Q:
    """The condition on records of officials that a person stands as wanted; "" wants everybody."""
    if wanted == Wanted.UNCONFIRMED:
        return has_unconfirmed()
    if wanted == Wanted.OVERDUE:
        return has_finding(rules=OVERDUE, states=[State.OPEN])
    if wanted not in Declared.values:
        return Q()
    declared, nil, waiting = Q(_is_declared()), Q(Exists(_nil_returns())), Q(Exists(_waiting()))
    return {
        Declared.DECLARED: declared,
        Declared.NIL: ~declared & nil,
        Declared.WAITING: ~declared & ~nil & waiting,
        Declared.MISSING: ~declared & ~nil & ~waiting,
    }[Declared(wanted)]


def _is_declared() -> Exists:
    held = Ownership.objects.current().filter(official=OuterRef("official"))
    return Exists(held.filter(Exists(Entry.objects.current().filter(account=OuterRef("account")))))


def _nil_returns() -> QuerySet[NilReturn]:
    return NilReturn.objects.current().filter(official=OuterRef("official"))


def _waiting() -> QuerySet[Declaration]:
    return Declaration.objects.filter(official=OuterRef("official"), state__in=UNDER_REVIEW)


def has_unconfirmed() -> Q:
    """The condition on records of officials that an account of theirs waits to be confirmed by them."""
    held = Ownership.objects.current().filter(official=OuterRef("official"))
    unconfirmed = Entry.objects.current().filter(account=OuterRef("account"), standing=Standing.UNCONFIRMED)
    return Q(Exists(held.filter(Exists(unconfirmed))))


def has_finding(*, rules: Collection[str] = (), states: Collection[str] = STANDING) -> Q:
    """The condition on records of officials that a finding stands about them; without rules, of any."""
    found = Finding.objects.filter(official_id=OuterRef("official"), state__in=states)
    return Q(Exists(found.filter(rule__in=rules) if rules else found))


def standing_of(record: OfficialRecord) -> Declared | None:
    """How an annotated record's person stands; None for somebody who is gone and owes nothing."""
    if getattr(record, "is_declared", False):
        return Declared.DECLARED
    if record.status in GONE:
        return None
    if getattr(record, "is_nil", False):
        return Declared.NIL
    return Declared.WAITING if getattr(record, "is_waiting", False) else Declared.MISSING


@dataclass(slots=True)
class Tally:
    """People in post, by how they stand."""

    staff: int = 0
    declared: int = 0
    nil: int = 0
    waiting: int = 0

    @property
    def missing(self) -> int:
        """Those who have neither declared nor said that they have none."""
        return self.staff - self.declared - self.nil - self.waiting

    @property
    def done(self) -> int:
        """Those who have declared, or said that they have none."""
        return self.declared + self.nil

    @property
    def answered(self) -> int:
        """How many in a hundred have answered; 99 while a single one has not. 0 without a staff list."""
        if not self.staff:
            return 0
        return 100 if self.done == self.staff else min(99, 100 * self.done // self.staff)

    @property
    def parts(self) -> list[tuple[str, float, float]]:
        """The bar: colour, where it begins and how wide it is, in per cent."""
        found, at = [], 0.0
        for colour, number in (("ok", self.declared), ("neutral", self.nil), ("wait", self.waiting)):
            if number:
                width = round(100 * number / self.staff, 2)
                found.append((colour, round(at, 2), width))
                at += width
        return found

    def __iadd__(self, other: Self) -> Self:
        self.staff += other.staff
        self.declared += other.declared
        self.nil += other.nil
        self.waiting += other.waiting
        return self


@dataclass(frozen=True, slots=True)
class Unit:
    """An agency on the page of coverage, with all below it (or, where `itself`, only its own people)."""

    code: str
    name: str
    dissolved_on: date | None
    part: Part
    itself: bool = False

    @property
    def tally(self) -> Tally:
        """Its people in post."""
        return Tally(self.part.staff, self.part.declared, self.part.nil, self.part.proposed)

    @property
    def opens(self) -> bool:
        """Whether it has units below it to look into."""
        return not self.itself and self.part.units > 1

    @property
    def known(self) -> float:
        """How much of the bar is known: less than all of it while units have no staff list, in per cent."""
        agencies = max(1, self.part.agencies)
        return round(100 * (agencies - self.unknown) / agencies, 2)

    @property
    def bars(self) -> list[tuple[str, float, float]]:
        """The bar: colour, where it begins and how wide it is, in per cent; the rest of it is not known."""
        share = self.known / 100
        missing = ("attention", 0.0, self.known)
        parts = [
            (colour, round(at * share, 2), round(width * share, 2)) for colour, at, width in self.tally.parts
        ]
        return [missing, *parts] if self.part.staff else []

    @property
    def unknown(self) -> int:
        """Units of it nobody knows the people of, while those of others are known."""
        return self.part.unlisted if self.opens and self.part.staff else 0


def coverage(user: User, top: AgencyRecord | None) -> list[Unit]:
    """How the units of a branch stand: those right below `top`, or the officer's branches themselves.

    Three queries, whatever the size. Units that exist no more are left out unless somebody is still on
    record there.
    """
    branches = [top.path] if top is not None else branches_of(user, HR)
    parts = parts_of(branches)
    records = AgencyRecord.objects.current()
    if top is None:
        records = records.filter(path__in=branches)
        found = {path: whole(below_it) for path, below_it in parts.items()}
    else:
        records = records.filter(parent=top.agency_id)
        found = {f"{top.path}{step}/": part for step, part in parts[top.path].items()}
    rows = records.values_list("kind", "name", CODE, "dissolved_on", "path")
    units = [
        Unit(code, name, dissolved_on, found.get(path, Part()))
        for _kind, name, code, dissolved_on, path in sorted(rows, key=lambda row: row[:2])
    ]
    shown = [unit for unit in units if unit.part.staff or unit.dissolved_on is None]
    if top is None:
        return shown
    own = Unit(top.agency.code, top.name, top.dissolved_on, parts[top.path].get("", Part()), itself=True)
    return [own, *shown] if own.part.staff or not shown else shown
