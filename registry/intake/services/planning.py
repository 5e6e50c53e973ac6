"""A file arrives and is read into a plan. Nothing of the register is touched."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import get_language, override

from accounts.models import Agency
from common.bell import ring
from common.holding import at_work
from registry.intake import files
from registry.intake.accounts_plan import plan_accounts_list
from registry.intake.copying import Tell
from registry.intake.holding import LOCK
from registry.intake.models import Headway, Import, Kind, State
from registry.intake.reading.text import shown
from registry.intake.scope import require_officer
from registry.intake.services.tidying import erase_rows, forget_if_possible
from registry.intake.staff_plan import plan_staff_list
from registry.users.models import User

WORK: Final = "intake.work"  # the task that goes on with an import
_PLANS: Final[dict[str, Callable[..., None]]] = {
    Kind.STAFF: plan_staff_list,
    Kind.ACCOUNTS: plan_accounts_list,
}
_LONGEST_NAME: Final = 255


def receive(
    *,
    kind: Kind,
    source: files.Source,
    agency: Agency,
    by: User | None,
    file_name: str = "",
    photos: files.Source | None = None,
    photos_name: str = "",
    look_first: bool = False,
) -> Import:
    """Keep a file that arrived. Refusals will be worded in the language active now.

    Args:
        kind: what sort of list it is said to be.
        source: the file, or what was uploaded.
        agency: whose list it is.
        by: the officer; None is the operator of the machine.
        file_name: as the officer's machine calls it.
        photos: a ZIP of photos, with an accounts list.
        photos_name: as `file_name`.
        look_first: its officer is shown its columns before it is read.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        UnreadableFileError: missing_file, too_big.
    """
    require_officer(by, agency)
    lists = files.keep(source)
    pictures: files.Kept | None = None
    try:
        pictures = files.keep(photos) if photos is not None else None
        return Import.objects.create(
            kind=kind,
            agency=agency,
            file=lists.name,
            file_name=shown(file_name, _LONGEST_NAME),
            sha256=lists.sha256,
            photos=pictures.name if pictures else "",
            photos_name=shown(photos_name, _LONGEST_NAME),
            language=get_language() or "",
            uploaded_by=by,
            state=State.ARRIVED if look_first else State.RECEIVED,
        )
    except BaseException:
        files.erase(lists.name, pictures.name if pictures else "")
        raise


def start(job: Import) -> None:
    """Let a worker go on with it."""
    wait_for(job)
    ring(WORK, job.pk)


def wait_for(job: Import) -> None:
    """Note that from now on a worker is waited for."""
    Headway.objects.update_or_create(
        job=job, defaults={"step": "", "done": 0, "total": 0, "attempts": 0, "since": Now()}
    )


def plan(job: Import, *, tell: Tell | None = None) -> Import:
    """Read the file of a received import and write its plan.

    Args:
        job: the import.
        tell: told (rows done, rows in all or 0) about twice a second.

    Raises:
        UnreadableFileError, PhotoError: the whole file is refused; no row of a plan remains.
    """
    erase_rows(job)  # of a worker that died over it
    try:
        with override(job.language or settings.LANGUAGE_CODE):
            _PLANS[job.kind](job, tell=tell)
    except BaseException:
        if not connection.needs_rollback and connection.is_usable():
            erase_rows(job)
        raise
    job.refresh_from_db()
    if job.state != State.PLANNED:  # given up while it was read
        erase_rows(job)
    return job


def plan_staff(
    *, source: files.Source, agency: Agency, by: User | None, file_name: str = "", tell: Tell | None = None
) -> Import:
    """Receive a staff list and plan it here and now. When the file is refused, nothing of it remains.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        UnreadableFileError: the whole file is refused.
    """
    return _plan_now(tell, kind=Kind.STAFF, source=source, agency=agency, by=by, file_name=file_name)


def plan_accounts(
    *,
    source: files.Source,
    photos: files.Source | None,
    agency: Agency,
    by: User | None,
    file_name: str = "",
    photos_name: str = "",
    tell: Tell | None = None,
) -> Import:
    """Receive an accounts list with its photos and plan it here and now, as `plan_staff` does.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        UnreadableFileError, PhotoError: the list, or the archive of photos, is refused.
    """
    return _plan_now(
        tell,
        kind=Kind.ACCOUNTS,
        source=source,
        agency=agency,
        by=by,
        file_name=file_name,
        photos=photos,
        photos_name=photos_name,
    )


def _plan_now(tell: Tell | None, **facts: Any) -> Import:
    with ExitStack() as work:
        with transaction.atomic():  # no worker sees it before it is held
            job = receive(**facts)
            work.enter_context(at_work(LOCK, job.pk))
        try:
            return plan(job, tell=tell)
        except BaseException:
            forget_if_possible(job)
            raise
