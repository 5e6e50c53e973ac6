"""A plan is applied, or an applied import undone: each in one transaction, wholly or not at all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError
from registry.intake.accounts_apply import apply_accounts_plan, undo_accounts_import
from registry.intake.copying import Progress, expect_many
from registry.intake.models import Import, Kind, State
from registry.intake.scope import Scope, require_officer, scope_of
from registry.intake.services.planning import WORK, wait_for
from registry.intake.services.tidying import not_now
from registry.intake.staff_apply import apply_staff_plan, stale_plan, undo_staff_import
from registry.users.models import User

_BRANCH_LOCK: Final = 7305  # a number nobody else uses; the branch's id goes beside it
_APPLY: Final[dict[str, Callable[..., datetime]]] = {
    Kind.STAFF: apply_staff_plan,
    Kind.ACCOUNTS: apply_accounts_plan,
}
_UNDO: Final[dict[str, Callable[..., None]]] = {
    Kind.STAFF: undo_staff_import,
    Kind.ACCOUNTS: undo_accounts_import,
}


@transaction.atomic
def apply(*, job: Import, by: User | None, accept_left: bool = False) -> Import:
    """Write the good rows of a plan into the register. Applying it again does nothing.

    Args:
        job: a planned import.
        by: the officer; None is the operator of the machine.
        accept_left: the officer has seen that many people are missing from the list, and it is right.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        RegistryError: `many_left`.
        ConflictError: `import_running` on the same branch; `plan_stale`; `not_now`. Nothing was written.
    """
    held = Import.objects.select_for_update().select_related("agency").get(pk=job.pk)
    require_officer(by, held.agency)
    if held.state == State.APPLIED:
        return held
    if held.state not in {State.PLANNED, State.QUEUED}:
        raise not_now(held)
    scope = scope_of(held)
    _require_alone(scope)
    held.accept_left = held.accept_left or accept_left
    expect_many(held.counts.get("rows", 0))
    with Progress(held, total=_to_write(held)) as progress:
        held.applied_at = _guarded(lambda: _APPLY[held.kind](held, scope=scope, by=by, progress=progress))
        progress.step("closing", _to_write(held))
    held.applied_by, held.state = by, State.APPLIED
    held.error_code = held.error_message = ""
    held.sketch = {}
    held.save()
    _record("import.applied", held, by, scope)
    return held


@transaction.atomic
def start_apply(*, job: Import, by: User | None, accept_left: bool = False) -> Import:
    """Let a worker apply it. Asking twice is asking once.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        ConflictError: `not_now`.
    """
    held = Import.objects.select_for_update().select_related("agency").get(pk=job.pk)
    require_officer(by, held.agency)
    if held.state in {State.QUEUED, State.APPLIED}:
        return held
    if held.state != State.PLANNED:
        raise not_now(held)
    held.state, held.queued_by = State.QUEUED, by
    held.accept_left = accept_left
    return _wait(held)


@transaction.atomic
def undo(*, job: Import, by: User | None) -> Import:
    """Take an applied import back while nothing has been built on it. What stood before stands again.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        ConflictError: `built_upon` (extra: how much of what); `too_late` once its rows are erased;
            `import_running`; `not_now`. Nothing was written.
    """
    held = Import.objects.select_for_update().select_related("agency").get(pk=job.pk)
    require_officer(by, held.agency)
    if held.state == State.UNDONE:
        return held
    if held.state not in {State.APPLIED, State.UNDOING}:
        raise not_now(held)
    if held.purged_at is not None:
        raise _too_late()
    scope = scope_of(held)
    _require_alone(scope)
    expect_many(held.counts.get("rows", 0))
    _guarded(lambda: _UNDO[held.kind](held, by=by))
    held.state, held.undone_at, held.undone_by = State.UNDONE, timezone.now(), by
    held.error_code = held.error_message = ""
    held.save()
    _record("import.undone", held, by, scope)
    return held


@transaction.atomic
def start_undo(*, job: Import, by: User | None) -> Import:
    """Let a worker take it back. Asking twice is asking once; a refusal is told on the import.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        ConflictError: `too_late`; `not_now`.
    """
    held = Import.objects.select_for_update().select_related("agency").get(pk=job.pk)
    require_officer(by, held.agency)
    if held.state in {State.UNDOING, State.UNDONE}:
        return held
    if held.state != State.APPLIED:
        raise not_now(held)
    if held.purged_at is not None:
        raise _too_late()
    held.state, held.queued_by = State.UNDOING, by
    return _wait(held)


def _wait(held: Import) -> Import:
    held.error_code = held.error_message = ""
    held.save()
    wait_for(held)
    ring(WORK, held.pk)
    return held


def _too_late() -> ConflictError:
    return ConflictError("too_late", _("This import is too old to be undone."))


def _to_write(job: Import) -> int:
    """How many rows of the plan change the register."""
    return sum(job.counts.get(name, 0) for name in ("new", "changed", "left"))


def _require_alone(scope: Scope) -> None:
    """One import of a branch at a time: two lists of the same people would not see each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_BRANCH_LOCK, scope.branch.pk])
        if not cursor.fetchone()[0]:
            raise ConflictError(
                "import_running",
                _("Another list of this branch is being applied just now. Try again in a moment."),
            )


def _guarded(write: Callable[[], Any]) -> Any:
    """Do it in a savepoint; whoever was first at one of the rows makes the plan stale."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        raise stale_plan() from error
    except ConflictError as error:
        if error.code != "stale":
            raise
        raise stale_plan() from error


def _record(act: str, job: Import, by: User | None, scope: Scope) -> None:
    audit.record(
        act=act,
        by=by,
        subject_kind="import",
        subject_id=job.pk,
        agency_path=scope.path,
        payload={"kind": job.kind, "sha256": job.sha256, "counts": job.counts},
    )
