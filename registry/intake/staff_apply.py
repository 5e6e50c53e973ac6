"""A staff plan becomes records, or is taken back, each in one transaction of the caller's."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    NilReturn,
    Official,
    OfficialRecord,
    Ownership,
)
from accounts.services import bulk
from common.errors import ConflictError, RegistryError
from registry.declarations.models import Declaration
from registry.declarations.states import OPEN
from registry.declarations.states import State as Declared
from registry.intake.copying import Progress, numbers
from registry.intake.models import Action, Import, StaffRow
from registry.intake.scope import Scope
from registry.intake.selectors import many_left
from registry.users.models import Invitation, User

_WRITTEN = (Action.NEW, Action.CHANGED, Action.LEFT, Action.ABSENT)


def apply_staff_plan(job: Import, *, scope: Scope, by: User | None, progress: Progress) -> Any:
    """Write the plan's records; return the instant they begin.

    Raises:
        RegistryError: `many_left`.
        ConflictError: `plan_stale`.
    """
    if many_left(job) and not job.accept_left:
        raise RegistryError(
            "many_left",
            _(
                "%(absent)d of %(on_record)d people on record are not on this list and would be recorded as"
                " having left. Nothing was written. Check that the list is complete; if it is, confirm it."
            )
            % {"absent": job.counts["absent"], "on_record": job.counts["on_record"]},
            {"absent": job.counts["absent"], "on_record": job.counts["on_record"]},
        )
    progress.step("checking", 0)
    _require_fresh(job, scope)
    rows = StaffRow.objects.filter(import_id=job.pk, action__in=_WRITTEN)
    values = bulk.OFFICIAL_COLUMNS
    ending = rows.filter(before_id__isnull=False)
    at = bulk.instant_after(OfficialRecord.objects.filter(pk__in=ending.values("before_id")))
    progress.step("new", 0)
    first = rows.filter(before_id=None).values(*values)
    progress.step("changed", bulk.record_officials(rows=first, branch=scope.branch, by=by, at=at))
    if ending.exists():
        bulk.succeed_officials(rows=ending.values(*values), by=by, at=at)
    return at


def _require_fresh(job: Import, scope: Scope) -> None:
    within, paths = scope.covers("a.path")
    found = numbers(
        f"""
        SELECT EXISTS (
            SELECT FROM intake_staffrow s LEFT JOIN accounts_officialrecord r
                ON r.id = s.before_id AND r.recorded_until IS NULL
            WHERE s.import_id = %s AND s.before_id IS NOT NULL AND r.id IS NULL
        ) OR EXISTS (
            SELECT FROM intake_staffrow s
            JOIN accounts_official o ON o.branch_id = %s AND o.staff_code = s.staff_code
            JOIN accounts_officialrecord r ON r.official_id = o.id AND r.recorded_until IS NULL
            WHERE s.import_id = %s AND s.before_id IS NULL AND s.action IN ('new', 'left')
        ) OR EXISTS (
            SELECT FROM (
                SELECT DISTINCT agency_id FROM intake_staffrow WHERE import_id = %s AND action <> 'absent'
                    AND (action <> 'unchanged' OR before_id IS NOT NULL)
            ) s LEFT JOIN accounts_agencyrecord a ON a.agency_id = s.agency_id AND a.recorded_until IS NULL
            WHERE a.id IS NULL OR NOT {within} OR a.dissolved_on <= current_date
        )
        """,  # noqa: S608 - the condition is made of our own words
        [job.pk, scope.branch.pk, job.pk, job.pk, *paths],
    )
    if found[0][0]:
        raise stale_plan()


def stale_plan() -> ConflictError:
    """The refusal of a plan made of what no longer stands."""
    return ConflictError(
        "plan_stale",
        _("The register changed after this list was read, so nothing was written. Load the list again."),
    )


def undo_staff_import(job: Import, *, by: User | None) -> None:
    """End the records the import made and let what stood before stand again.

    Raises:
        ConflictError: `built_upon`, with what.
    """
    rows = StaffRow.objects.filter(import_id=job.pk, action__in=_WRITTEN)
    made = OfficialRecord.objects.filter(
        official__in=rows.values("official_id"), recorded_from=job.applied_at
    )
    changed = rows.count() - made.current().count()
    first = rows.filter(before_id=None).values("official_id")
    built = {
        "records": changed,
        "accounts": _of(Ownership.objects.current(), first),
        "statements": _of(NilReturn.objects.current(), first),
        "declarations": _of(Declaration.objects.filter(state__in=[*OPEN, Declared.APPROVED]), first),
        "logins": _of(Invitation.objects.filter(used_at=None, withdrawn_at=None), first)
        + Official.objects.filter(pk__in=first, login__isnull=False).count(),
    }
    if any(built.values()):
        raise built_upon(built)
    before = OfficialRecord.objects.filter(
        pk__in=rows.filter(before_id__isnull=False).annotate(was=F("before_id")).values("was")
    )
    bulk.restore(made=made.current(), before=before, by=by)


def _of(rows: QuerySet[Any], officials: QuerySet[Any, Any]) -> int:
    return rows.filter(official__in=officials).count()


def built_upon(built: dict[str, int]) -> ConflictError:
    """The refusal to undo what other acts already stand on."""
    labels = {
        "records": _("records changed since"),
        "accounts": _("accounts"),
        "statements": _("statements"),
        "declarations": _("declarations"),
        "logins": _("logins or invitations"),
        "entries": _("entries confirmed or changed since"),
    }
    what = {name: count for name, count in built.items() if count}
    said = ", ".join(f"{labels[name]}: {count}" for name, count in what.items())
    return ConflictError(
        "built_upon",
        _("This import can no longer be undone, because others have gone on from it (%(what)s).")
        % {"what": said},
        what,
    )
