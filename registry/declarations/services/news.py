"""What declarants are to be written to about, handed to the sender of letters once.

Each must be taken in the transaction that writes the letters down: if that rolls back, it is still untold.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from registry.declarations.models import PageStep, ReportedForThem, Step
from registry.declarations.states import Act, Kind, State


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell one official; several registrations are one piece of news."""

    official_id: int
    step_id: int  # the latest of them: names the letter
    act: Act
    kind: Kind
    state: State
    count: int


@transaction.atomic
def take_news(*, limit: int) -> list[News]:
    """Hand over up to `limit` untold steps, those of one kind to one person together: each once only."""
    steps = list(
        Step.objects.filter(told_at=None)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("declaration")
        .order_by("pk")[:limit]
    )
    Step.objects.filter(pk__in=[step.pk for step in steps]).update(told_at=timezone.now())
    together: dict[tuple[int, str, str, str], list[int]] = {}
    for step in steps:
        key = (step.declaration.official_id, step.act, step.declaration.kind, step.state)
        together.setdefault(key, []).append(step.pk)
    return [
        News(official, max(ids), Act(act), Kind(kind), State(state), len(ids))
        for (official, act, kind, state), ids in together.items()
    ]


@dataclass(frozen=True, slots=True)
class PageNews:
    """One thing to tell two agencies, or one, of a page."""

    step_id: int
    act: Act
    by_id: int
    author_id: int  # who put the declaration forward
    agency_id: int  # whose declaration it is
    declaration: UUID
    against_id: int | None  # the other agency of a dispute
    page: UUID  # the account's public id


@transaction.atomic
def take_page_news(*, limit: int) -> list[PageNews]:
    """Hand over up to `limit` untold steps of pages' declarations: each once only."""
    steps = list(
        PageStep.objects.filter(told_at=None)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("declaration__account")
        .order_by("pk")[:limit]
    )
    PageStep.objects.filter(pk__in=[step.pk for step in steps]).update(told_at=timezone.now())
    return [
        PageNews(
            step.pk, Act(step.act), step.by_id, step.declaration.submitted_by_id, step.declaration.agency_id,
            step.declaration.public_id, step.against_id, step.declaration.account.public_id,
        )
        for step in steps
    ]  # fmt: skip


@transaction.atomic
def take_reported(*, limit: int) -> list[tuple[int, UUID]]:
    """Hand over up to `limit` incidents HR reported for somebody: (official, incident), each once only."""
    rows = list(
        ReportedForThem.objects.filter(told_at=None)
        .select_for_update(skip_locked=True)
        .order_by("pk")[:limit]
    )
    ReportedForThem.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    return [(row.official_id, row.incident) for row in rows]
