"""What becomes of an import's own rows and files: handed back, discarded, erased in time."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Photo
from accounts.services import drop_unused_photos
from common.audit import services as audit
from common.errors import ConflictError
from registry.intake import files
from registry.intake.columns import column_set, correction_of
from registry.intake.models import AccountRow, Import, RefusedCell, StaffRow, State
from registry.intake.reading import open_table, write_refused
from registry.intake.refused import refusals_of
from registry.intake.scope import require_officer
from registry.users.models import User

KEEP_PLANS = timedelta(days=30)
KEEP_APPLIED = timedelta(days=90)
_UNDECIDED = (State.ARRIVED, State.COLUMNS, State.RECEIVED, State.FAILED, State.PLANNED)


def erase_rows(job: Import) -> None:
    """Erase a plan: its rows, its refusals, and the photos nothing else came to need."""
    named = AccountRow.objects.filter(import_id=job.pk).values_list("photo_id", flat=True)
    photos = {pk for pk in named.distinct() if pk is not None}
    AccountRow.objects.filter(import_id=job.pk).delete()
    StaffRow.objects.filter(import_id=job.pk).delete()
    RefusedCell.objects.filter(import_id=job.pk).delete()
    if photos:
        needed = AccountRow.objects.filter(photo_id__in=photos).values_list("photo_id", flat=True)
        photos.difference_update(pk for pk in needed if pk is not None)
        drop_unused_photos(photos=Photo.objects.filter(pk__in=photos))


def forget(job: Import) -> None:
    """Erase an import that was never applied, as if it had not come: its file was refused."""
    if job.applied_at is not None:
        raise ValueError("an applied import is part of the register's history")
    with transaction.atomic():
        held = Import.objects.select_for_update().filter(pk=job.pk, applied_at=None).first()
        if held is None:  # forgotten already; or applied after all, where the answer to that was lost
            return
        erase_rows(held)
        held.delete()
    files.erase(job.file, job.photos)


def forget_if_possible(job: Import) -> None:
    """Forget it although something has just gone wrong: on a new connection, where the old one was lost."""
    if connection.needs_rollback:
        return  # the caller's transaction takes all of it back
    if not connection.in_atomic_block and not connection.is_usable():
        connection.close()
    with suppress(OperationalError, InterfaceError):  # a database that is gone for longer: a worker will look
        forget(job)


@transaction.atomic
def discard(*, job: Import, by: User | None) -> Import:
    """Give up a plan. Its rows and its file are erased; that it came and was given up stays.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        ConflictError: `not_now`, when it is applied, or being applied.
    """
    held = Import.objects.select_for_update().select_related("agency").get(pk=job.pk)
    require_officer(by, held.agency)
    if held.state == State.DISCARDED:
        return held
    if held.state not in _UNDECIDED:
        raise not_now(held)
    _erase(held)
    held.state = State.DISCARDED
    held.save()
    audit.record(act="import.discarded", by=by, subject_kind="import", subject_id=held.pk)
    return held


def not_now(job: Import) -> ConflictError:
    """The refusal of an act that does not fit where the import stands."""
    return ConflictError(
        "not_now",
        _("This cannot be done now: the import is “%(state)s”.") % {"state": State(job.state).label},
        {"state": job.state},
    )


def _erase(held: Import) -> None:
    erase_rows(held)
    names = (held.file, held.photos)
    held.file = held.photos = ""
    held.purged_at = timezone.now()
    held.sketch = {}
    transaction.on_commit(lambda: files.erase(*names))


def purge() -> int:
    """Erase the rows and files of imports long over; return how many. Plans nobody applied are discarded.

    An import whose rows are erased can no longer be undone.
    """
    now, count = timezone.now(), 0
    waiting = Import.objects.filter(state__in=_UNDECIDED, created_at__lt=now - KEEP_PLANS)
    for job in waiting:
        discard(job=job, by=None)
        count += 1
    over = Import.objects.filter(
        state__in=[State.APPLIED, State.UNDONE], applied_at__lt=now - KEEP_APPLIED, purged_at=None
    )
    for pk in over.values_list("pk", flat=True):
        with transaction.atomic():
            held = Import.objects.select_for_update().get(pk=pk)
            _erase(held)
            held.save()
            count += 1
    return count


def refused_workbook(*, job: Import, path: Path) -> int:
    """Write the refused rows as a workbook to correct and send again; return how many.

    Raises:
        UnreadableFileError: missing_file, when the import was purged.
    """
    with open_table(files.kept(job.file), columns=column_set(job), said=correction_of(job)) as table:
        return write_refused(path, table=table, refusals=refusals_of(job))
