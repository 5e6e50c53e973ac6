"""How people stand with their duty to declare, read from the book: for the list and for the coverage."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import GONE, AgencyRecord, Entry, NilReturn, OfficialRecord, Ownership
from accounts.paths import below
from registry.declarations.models import Declaration
from registry.declarations.states import UNDER_REVIEW
from registry.users.models import Role, User
from registry.users.policies import branches_of, in_branches
from registry.users.selectors import official_records_for

HR = Role.HR_OFFICER


class Declared(TextChoices):
    """How a person stands; the first that is true counts."""

    DECLARED = "declared", _("Declared")
    NIL = "nil", _("Has no account")
    WAITING = "waiting", _("Waiting for review")
    MISSING = "missing", _("Not declared yet")


def with_standing(records: QuerySet[OfficialRecord]) -> QuerySet[OfficialRecord]:
    """Annotate records of officials with `is_declared`, `is_nil` and `is_waiting`."""
    held = Ownership.objects.current().filter(official=OuterRef("official"))
    live = Entry.objects.current().filter(account=OuterRef("account"))
    return records.annotate(
        is_declared=Exists(held.filter(Exists(live))),
        is_nil=Exists(NilReturn.objects.current().filter(official=OuterRef("official"))),
        is_waiting=Exists(Declaration.objects.filter(official=OuterRef("official"), state__in=UNDER_REVIEW)),
    )


def standing_filter(wanted: str) -> Q:
    """The condition on annotated records that a person stands as wanted; "" wants everybody."""
    return (
        {
            Declared.DECLARED: Q(is_declared=True),
            Declared.NIL: Q(is_declared=False, is_nil=True),
            Declared.WAITING: Q(is_declared=False, is_nil=False, is_waiting=True),
            Declared.MISSING: Q(is_declared=False, is_nil=False, is_waiting=False),
        }.get(Declared(wanted) if wanted in Declared.values else Declared.DECLARED, Q())
        if wanted
        else Q()
    )


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


@dataclass(slots=True)
class Unit:
    """An agency on the page of coverage, with all below it (or, where `itself`, only its own people)."""

    record: AgencyRecord
    tally: Tally = field(default_factory=Tally)
    itself: bool = False
    opens: bool = False  # it has units below it to look into


def coverage(user: User, top: AgencyRecord | None) -> list[Unit]:
    """How the units of a branch stand: those right below `top`, or the officer's branches themselves.

    Units that exist no more are left out unless somebody is still on record there.
    """
    agencies = AgencyRecord.objects.current().filter(in_branches(branches_of(user, HR)))
    agencies = agencies.select_related("agency")
    if top is not None:
        agencies = agencies.filter(below(top.path))
    records = {record.agency_id: record for record in agencies}
    heads = _heads(records.values(), top)
    units = {path: Unit(record) for path, record in heads.items()}
    own = Unit(top, itself=True) if top is not None else None
    tallies = _tallies(official_records_for(user, HR).filter(agency__in=agencies.values("agency")))
    for agency_id, record in records.items():
        head = _head_of(record.path, units, top)
        tally = tallies.get(agency_id, Tally())
        if head is not None:
            head.tally += tally
            head.opens |= record.path != head.record.path
        elif own is not None:
            own.tally += tally
    shown = [unit for unit in units.values() if unit.tally.staff or unit.record.dissolved_on is None]
    shown.sort(key=lambda unit: (unit.record.kind, unit.record.name))
    itself = [own] if own is not None and (own.tally.staff or not shown) else []
    return [*itself, *shown]


def _heads(records: Iterable[AgencyRecord], top: AgencyRecord | None) -> dict[str, AgencyRecord]:
    if top is not None:
        return {record.path: record for record in records if record.parent_id == top.agency_id}
    found: dict[str, AgencyRecord] = {}
    for record in sorted(records, key=lambda each: each.path):
        if not any(record.path.startswith(path) for path in found):
            found[record.path] = record
    return found


def _head_of(path: str, units: dict[str, Unit], top: AgencyRecord | None) -> Unit | None:
    if top is not None:
        step = path.removeprefix(top.path).split("/", 1)[0]
        return units.get(f"{top.path}{step}/") if step else None
    return next((unit for head, unit in units.items() if path.startswith(head)), None)


def _tallies(records: QuerySet[OfficialRecord]) -> dict[int, Tally]:
    rows = (
        with_standing(records.exclude(status__in=GONE))
        .values("agency_id")
        .annotate(
            staff=Count("pk"),
            declared=Count("pk", filter=standing_filter(Declared.DECLARED)),
            nil=Count("pk", filter=standing_filter(Declared.NIL)),
            waiting=Count("pk", filter=standing_filter(Declared.WAITING)),
        )
        .order_by()
    )
    return {
        row["agency_id"]: Tally(row["staff"], row["declared"], row["nil"], row["waiting"]) for row in rows
    }
