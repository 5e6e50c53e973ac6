"""What people are to be written to about, handed to the sender of letters once: HR answered their contest."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from registry.findings.models import Contest

LETTERS: Final = "notifications.send_waiting"


@dataclass(frozen=True, slots=True)
class Answered:
    """What one person contested and was answered; several answers given together are one piece of news."""

    contested_by_id: int
    key: str  # of the latest answer: names the letter, and another one where HR answers anew
    findings: tuple[UUID, ...]  # about themselves
    of_agency: tuple[UUID, ...]  # about their agency's own page


@transaction.atomic
def take_answers(*, limit: int) -> list[Answered]:
    """Hand over up to `limit` answers nobody was told of, those to one person together: each once only.

    Must run in the transaction that writes the letters down: if that rolls back, they are still untold.
    """
    rows = list(
        Contest.objects.filter(told_at=None, answered_at__isnull=False)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("finding")
        .order_by("answered_at", "pk")[:limit]
    )
    Contest.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    together: dict[int, list[Contest]] = {}
    for row in rows:
        together.setdefault(row.contested_by_id, []).append(row)
    return [
        Answered(
            person,
            f"{each[-1].pk}:{each[-1].answered_at:%Y%m%d%H%M%S%f}",
            tuple(row.finding.public_id for row in each if row.finding.official_id is not None),
            tuple(row.finding.public_id for row in each if row.finding.official_id is None),
        )
        for person, each in together.items()
    ]
