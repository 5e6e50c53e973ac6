"""Two days of a large branch: asked for on a page, counted piece by piece by a worker, and kept.

A piece that is counted is kept with the row, so a worker that dies costs one piece.
"""

import json
from dataclasses import astuple
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.bell import ring
from common.holding import at_work, held, ring_for_lost
from registry.findings.between import Between, Compared, Sides, compare_instants, pieces
from registry.findings.models import DaysCompared

WORK: Final = "findings.compare"
LOCK: Final = 7309  # the kind of work, for common.holding
MOST_ATTEMPTS: Final = 3
KEEP: Final = timedelta(days=90)


def comparison_of(sides: Sides) -> DaysCompared | None:
    """The latest comparison of the same two days that was asked for.

    Where the second day is not over, its `now` tells until when it counted.
    """
    return DaysCompared.objects.filter(key=_key(sides)).order_by("-pk").first()


@transaction.atomic
def ask_comparison(sides: Sides) -> DaysCompared:
    """Ask that two days are compared; where somebody asked already and still waits, it is theirs."""
    _size, cuts = pieces(sides)
    found, made = DaysCompared.objects.get_or_create(
        key=_key(sides),
        state=DaysCompared.State.WAITING,
        defaults={
            "branches_then": list(sides.branches_then),
            "branches_now": list(sides.branches_now),
            "split_id": sides.split,
            "then": sides.then,
            "now": sides.now,
            "cuts": cuts,
        },
    )
    if made:
        ring(WORK, found.pk)
    return found


def compare(comparison_id: int) -> None:
    """Count what was asked for; nothing when it is over, or another worker is at it."""
    with at_work(LOCK, comparison_id) as mine:
        waiting = DaysCompared.objects.filter(pk=comparison_id, state=DaysCompared.State.WAITING)
        found = waiting.first() if mine else None
        if found is None:
            return
        if not waiting.filter(attempts__lt=MOST_ATTEMPTS).update(attempts=F("attempts") + 1):
            waiting.update(state=DaysCompared.State.FAILED)
            return
        sides = Sides(found.branches_then, found.branches_now, found.then, found.now, found.split_id)
        counted = compared_of(found)
        ends = list(pairwise(["", *found.cuts, ""]))
        for number, (after, before) in enumerate(ends[found.done :], found.done + 1):
            counted += compare_instants(sides, after=after, before=before)
            waiting.update(done=number, counts=_kept(counted))
        waiting.update(state=DaysCompared.State.MADE)


def compared_of(found: DaysCompared) -> Compared:
    """What was counted so far."""
    kept: dict[str, Any] = found.counts or {"together": [], "rules": {}, "units": {}}
    return Compared(
        Between(*kept["together"]),
        {code: Between(*numbers) for code, numbers in kept["rules"].items()},
        {int(unit): Between(*numbers) for unit, numbers in kept["units"].items()},
    )


def is_being_counted(found: DaysCompared) -> bool:
    """Whether a worker is at it now."""
    return found.pk in held(LOCK)


def resume_comparisons() -> int:
    """Ring again for comparisons whose worker or whose bell was lost; return how many."""
    waiting = DaysCompared.objects.filter(state=DaysCompared.State.WAITING).values_list("pk", flat=True)
    return ring_for_lost(WORK, LOCK, waiting)


def erase_comparisons() -> int:
    """Erase what was asked for long ago; return how many."""
    count, _each = DaysCompared.objects.filter(asked_at__lt=timezone.now() - KEEP).delete()
    return count


def _kept(counted: Compared) -> dict[str, Any]:
    return {
        "together": astuple(counted.together),
        "rules": {code: astuple(numbers) for code, numbers in counted.by_rule.items()},
        "units": {str(unit): astuple(numbers) for unit, numbers in counted.by_unit.items()},
    }


def _key(sides: Sides) -> str:
    """The digest of what is compared; of a day that is not over, the day stands for its instant."""
    today = timezone.localdate()
    second = today.isoformat() if timezone.localdate(sides.now) == today else sides.now.isoformat()
    told = [
        list(sides.branches_then), list(sides.branches_now), sides.then.isoformat(), second, sides.split,
    ]  # fmt: skip
    return sha256(json.dumps(told).encode()).hexdigest()
