"""What declarants are to be written to about, handed to the sender of letters once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from registry.declarations.models import Step
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
    """Hand over up to `limit` untold steps, those of one kind to one person together: each once only.

    Must run in the transaction that writes the letters down: if that rolls back, they are still untold.
    """
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
