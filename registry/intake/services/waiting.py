"""Workers go on with imports that wait, one worker an import: one that dies costs only time."""

from typing import Final

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from common.bell import ring
from common.errors import RegistryError
from common.holding import at_work, held
from registry.intake.holding import LOCK
from registry.intake.models import WAITING, Headway, Import, State
from registry.intake.services.applying import apply, undo
from registry.intake.services.columns import MENDABLE, look
from registry.intake.services.planning import WORK, plan

#: A list over which so many workers died is not given to another.
MOST_ATTEMPTS: Final = 3


def work(import_id: int) -> None:
    """Do what an import waits for; nothing when it waits for nothing, or another worker has it."""
    with at_work(LOCK, import_id) as mine:
        if not mine:
            return
        waiting = Import.objects.select_related("agency", "queued_by")
        job = waiting.filter(pk=import_id, state__in=WAITING).first()
        if job is None:
            return
        Headway.objects.get_or_create(job=job)
        begun = Headway.objects.filter(job=job, attempts__lt=MOST_ATTEMPTS).update(attempts=F("attempts") + 1)
        try:
            if not begun:
                raise _broke_off()
            _go_on(job)
        except RegistryError as refusal:
            _put_back(job, refusal)


def _go_on(job: Import) -> None:
    match job.state:
        case State.ARRIVED:
            look(job)
        case State.RECEIVED:
            plan(job)
        case State.QUEUED:
            apply(job=job, by=job.queued_by)
        case State.UNDOING:
            undo(job=job, by=job.queued_by)


def _put_back(job: Import, refusal: RegistryError) -> None:
    """Tell why not, where the officer can do something about it."""
    after = {State.QUEUED: State.PLANNED, State.UNDOING: State.APPLIED}.get(State(job.state), State.FAILED)
    if job.sketch and refusal.code in MENDABLE:
        after = State.COLUMNS
    with override(job.language or settings.LANGUAGE_CODE):
        said = str(refusal)
    Import.objects.filter(pk=job.pk, state=job.state).update(
        state=after, error_code=refusal.code, error_message=said
    )


def _broke_off() -> RegistryError:
    return RegistryError(
        "broke_off",
        _(
            "The work on this list broke off %(times)d times before its end, so it was given up. Nothing was"
            " written. Tell your administrator, or try a smaller list."
        )
        % {"times": MOST_ATTEMPTS},
    )


def resume_waiting() -> int:
    """Ring again for imports whose worker or whose bell was lost; return how many."""
    waiting = Import.objects.filter(state__in=WAITING).order_by("pk").values_list("pk", flat=True)
    lost = sorted(set(waiting) - held(LOCK))
    for pk in lost:
        ring(WORK, pk)
    return len(lost)
