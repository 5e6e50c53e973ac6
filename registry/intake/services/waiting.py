"""Workers go on with imports that wait. Each is claimed by a lease: a worker that dies costs only time."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from common.bell import ring
from common.errors import RegistryError
from registry.intake.copying import LEASE
from registry.intake.models import WAITING, Import, State
from registry.intake.services.applying import apply
from registry.intake.services.planning import WORK, plan

_FREE = Q(working_until__isnull=True)


def work(import_id: int) -> None:
    """Plan or apply one import, whichever waits; nothing when neither does or another worker has it."""
    now = timezone.now()
    free = _FREE | Q(working_until__lt=now)
    if not Import.objects.filter(free, pk=import_id, state__in=WAITING).update(working_until=now + LEASE):
        return
    job = Import.objects.select_related("agency", "queued_by").get(pk=import_id)
    try:
        if job.state == State.RECEIVED:
            plan(job)
        else:
            apply(job=job, by=job.queued_by)
    except RegistryError as refusal:
        after = State.FAILED if job.state == State.RECEIVED else State.PLANNED
        with override(job.language or settings.LANGUAGE_CODE):
            said = str(refusal)
        Import.objects.filter(pk=import_id).update(
            state=after, error_code=refusal.code, error_message=said, working_until=None
        )


def resume_waiting() -> int:
    """Ring again for imports whose worker or whose bell was lost; return how many."""
    free = _FREE | Q(working_until__lt=timezone.now())
    waiting = list(Import.objects.filter(free, state__in=WAITING).order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        ring(WORK, pk)
    return len(waiting)
