"""The reads of this room, each already cut to what the asking person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Agency
from registry.samples.confidence import LEVEL, Limits, limits
from registry.samples.drawing import Chosen, Wanted, draw
from registry.samples.method import METHOD
from registry.samples.models import Answer, Drawn, Item, Sample, Strata, Verdict
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import agency_records_for

__all__ = [
    "LEVEL",
    "METHOD",
    "Again",
    "Tally",
    "draw_again",
    "item_for",
    "items_of",
    "latest_of",
    "sample_for",
    "samples_for",
    "tallies",
    "verdict_of",
    "verdicts_of",
    "what_it_says",
]


@dataclass(slots=True)
class Tally:
    """How far the items of a stratum have been looked at, and what was found."""

    code: str
    population: int = 0
    drawn: int = 0
    in_line: int = 0
    not_in_line: int = 0
    unchecked: int = 0

    @property
    def waiting(self) -> int:
        """Items nobody has judged yet."""
        return self.drawn - self.in_line - self.not_in_line - self.unchecked


@dataclass(frozen=True, slots=True)
class Again:
    """Whether a sample came out the same when it was drawn again."""

    same_population: bool
    population: int
    missing: int  # stored, and not drawn this time
    added: int  # drawn this time, and not stored

    @property
    def is_same(self) -> bool:
        """The same population, and the same subjects in the same places."""
        return self.same_population and not self.missing and not self.added


def samples_for(user: User) -> QuerySet[Sample, Sample]:
    """Samples of the agencies the person audits, by whomever. Page by (-drawn_at, -id)."""
    mine = agency_records_for(user, Role.AUDITOR).values("agency")
    return Sample.objects.filter(agency__in=mine).select_related("agency", "drawn_by", "earlier")


def sample_for(user: User, public_id: UUID) -> Sample:
    """One sample of an agency the person audits.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = samples_for(user).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def items_of(sample: Sample) -> QuerySet[Item, Item]:
    """What is to be looked at, each with `answer`, "" while nobody has judged it. Page by place."""
    last = Verdict.objects.filter(item=OuterRef("pk")).order_by("-given_at", "-pk")
    found = Item.objects.filter(sample=sample).select_related("official", "account")
    return found.annotate(answer=Subquery(last.values("answer")[:1]), note=Subquery(last.values("note")[:1]))


def item_for(user: User, public_id: UUID, place: int) -> Item:
    """One item of a sample the person may see.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = items_of(sample_for(user, public_id)).select_related("sample__agency").filter(place=place).first()
    if found is None:
        raise not_found()
    return found


def verdicts_of(item: Item) -> QuerySet[Verdict, Verdict]:
    """All that was said of an item, newest first: the first stands."""
    return Verdict.objects.filter(item=item).select_related("given_by").order_by("-given_at", "-pk")


def verdict_of(item: Item) -> Verdict | None:
    """The verdict that stands."""
    return verdicts_of(item).first()


def latest_of(agency: Agency, drawn: Drawn) -> Sample | None:
    """The latest sample of a branch of the same kind: what the next one takes failures over from."""
    return Sample.objects.filter(agency=agency, drawn=drawn).order_by("-drawn_at", "-pk").first()


def tallies(sample: Sample) -> list[Tally]:
    """Counts of what was drawn, by stratum, in their order."""
    found = {row.code: Tally(row.code, row.population) for row in sample.stratum_set.order_by("pk")}
    for item in items_of(sample).filter(is_drawn=True):
        _count(found[item.stratum], item)
    return list(found.values())


def carried(sample: Sample) -> Tally:
    """Counts of what failed last time, drawn again by chance or not."""
    tally = Tally("")
    for item in items_of(sample).filter(is_carried=True):
        _count(tally, item)
    return tally


def what_it_says(sample: Sample, counted: Sequence[Tally]) -> Limits | None:
    """How many of the population are not in line, with confidence `LEVEL`.

    Only where the method allows it: drawn from an undivided population, and everything drawn was judged.
    """
    if sample.strata != Strata.NONE or len(counted) != 1 or counted[0].waiting:
        return None
    tally = counted[0]
    return limits(
        population=tally.population,
        drawn=tally.drawn,
        failed=tally.not_in_line,
        unchecked=tally.unchecked,
    )


def draw_again(sample: Sample) -> Again:
    """Draw a sample again from what the register held, and hold it against what was stored."""
    wanted = Wanted(
        agency=sample.agency,
        as_of=sample.as_of,
        drawn=Drawn(sample.drawn),
        strata=Strata(sample.strata),
        seed=sample.seed,
        size=sample.size,
        rule=sample.rule,
        state=sample.state,
    )
    drawn = draw(wanted, earlier=sample.earlier, at=sample.drawn_at)
    now = set(enumerate(drawn.chosen, start=1))
    stored = {
        (place, Chosen(*values))
        for place, *values in Item.objects.filter(sample=sample).values_list("place", *Chosen._fields)
    }
    return Again(
        drawn.sha256 == sample.population_sha256, drawn.population, len(stored - now), len(now - stored)
    )


def _count(tally: Tally, item: Item) -> None:
    tally.drawn += 1
    answer = getattr(item, "answer", None)
    if answer is not None:
        name = Answer(answer).value
        setattr(tally, name, getattr(tally, name) + 1)


def next_to_look_at(sample: Sample, *, after: int = 0) -> Item | None:
    """The next subject nobody has judged: after a place, else from the beginning; None once all are."""
    waiting = items_of(sample).filter(verdicts=None).order_by("place")
    return waiting.filter(place__gt=after).first() or waiting.first()
