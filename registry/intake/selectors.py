"""The reads of imports, each cut to what the asking person may see. Plans are paged by key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Account, AgencyRecord, DeclaredFacts, Entry, Official, OfficialRecord
from accounts.paths import below
from accounts.services import branch_of
from common.holding import held
from registry.intake.columns import column_set
from registry.intake.files import kept
from registry.intake.holding import LOCK
from registry.intake.models import (
    WAITING,
    AccountRow,
    Action,
    Headway,
    Import,
    Kind,
    RefusedCell,
    StaffRow,
    State,
)
from registry.intake.reading import STORED, missing
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import agency_records_for

PAGE: Final = 50  # rows
#: An absence this large, in people and in parts of the staff on record, is asked about before it is applied.
MANY_PEOPLE: Final = 5
MANY_PART: Final = 0.2
_STAFF_FIELDS: Final = (
    "agency_id", "full_name", "category", "position", "work_email", "employed_since", "status",
)  # fmt: skip
_ACCOUNT_FIELDS: Final = (
    "name_shown", "agency_shown", "disclaimer", "photo_id", "photo_problem", "declared_on",
)  # fmt: skip


def imports_for(user: User) -> QuerySet[Import]:
    """The imports of the agencies an HR officer answers for, newest first."""
    agencies = agency_records_for(user, Role.HR_OFFICER).values("agency")
    return (
        Import.objects.filter(agency__in=agencies)
        .select_related("agency", "uploaded_by", "applied_by", "undone_by")
        .order_by("-id")
    )


def import_for(user: User, public_id: UUID) -> Import:
    """One import of an agency the HR officer answers for.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = imports_for(user).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def others_open(user: User, job: Import) -> QuerySet[Import]:
    """Other lists of the same people that the officer may see and that are neither applied nor given up."""
    branch = AgencyRecord.objects.current().get(agency=branch_of(job.agency))
    agencies = AgencyRecord.objects.current().filter(below(branch.path)).values("agency")
    waiting = [*WAITING, State.COLUMNS, State.PLANNED]
    return imports_for(user).filter(agency__in=agencies, state__in=waiting).exclude(pk=job.pk)


def headway_of(job: Import) -> tuple[Headway, bool]:
    """How far a worker has come with an import, and whether one is at it now."""
    return Headway.objects.filter(job=job).first() or Headway(job=job, since=job.created_at), job.pk in held(
        LOCK
    )


def many_left(job: Import) -> bool:
    """Whether so many people on record are missing from the list that it may be the wrong list."""
    absent, on_record = job.counts.get("absent", 0), job.counts.get("on_record", 0)
    return bool(absent > MANY_PEOPLE and absent > MANY_PART * on_record)


def file_size(job: Import) -> int:
    """How large the kept list is, in bytes.

    Raises:
        UnreadableFileError: missing_file, when it was erased.
    """
    return kept(job.file).stat().st_size


def fields_of(job: Import) -> list[str]:
    """What a column of its list may be, in the order in which people think of them."""
    return [column.field for column in column_set(job).columns if column.use == STORED]


def lacking(job: Import, fields: Collection[str]) -> list[str]:
    """What its list would need and lack, if its columns were these fields."""
    columns = column_set(job)
    # Whether group rows stand for the units is known only where the staff codes were recognised.
    recognised = any(column["field"] == columns.key for column in job.sketch["columns"])
    groups = job.sketch["groups"] or not recognised
    return [column.field for column in missing(fields, columns, groups=groups)]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that changes: the field's name, and its value before and after as it is kept.

    Of `agency_id` the values are agencies' names, of everything else the values themselves.
    """

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a plan as a person reads it. `key` names it for the next page."""

    key: int
    row: int
    action: str
    staff_code: str
    full_name: str
    values: dict[str, Any]
    changes: tuple[Change, ...]
    disputed: bool = False
    warning: str = ""  # the photo's problem


def plan_rows(job: Import, *, action: str = "", after: int = 0, limit: int = PAGE) -> list[PlannedRow]:
    """Rows of a plan from the one after the key `after` on.

    Args:
        job: an import of either kind, got from `import_for`.
        action: only these; "left" brings those absent from the list as well.
        after: the `key` of the last row seen; 0 begins.
        limit: how many rows.
    """
    rows: QuerySet[Any] = (StaffRow if job.kind == Kind.STAFF else AccountRow).objects.filter(
        import_id=job.pk, id__gt=after
    )
    if action:
        rows = rows.filter(action__in=[Action.LEFT, Action.ABSENT] if action == Action.LEFT else [action])
    page = list(rows.order_by("id")[:limit])
    return _staff(page) if job.kind == Kind.STAFF else _accounts(page)


def _staff(page: Sequence[StaffRow]) -> list[PlannedRow]:
    before = OfficialRecord.objects.in_bulk([row.before_id for row in page if row.before_id])
    agencies = {row.agency_id for row in page} | {record.agency_id for record in before.values()}
    names = _names(agencies)
    shown = []
    for row in page:
        stood = before.get(row.before_id) if row.before_id else None
        changes = []
        # Of somebody who comes from another agency, what that agency held is not shown.
        if stood is not None and row.action != Action.NEW:
            for field in _STAFF_FIELDS:
                old, new = getattr(stood, field), getattr(row, field)
                if old != new:
                    named = field == "agency_id"
                    changes.append(
                        Change(
                            field, names.get(old, "") if named else old, names.get(new, "") if named else new
                        )
                    )
        values = {field: getattr(row, field) for field in _STAFF_FIELDS[1:]}
        values["unit"] = names.get(row.agency_id, "")
        shown.append(
            PlannedRow(row.pk, row.row, row.action, row.staff_code, row.full_name, values, tuple(changes))
        )
    return shown


def _names(agencies: set[int]) -> dict[int, str]:
    records = AgencyRecord.objects.current().filter(agency__in=agencies)
    return {record.agency_id: record.short_name or record.name for record in records}


def _accounts(page: Sequence[AccountRow]) -> list[PlannedRow]:
    entries = (
        Entry.objects.filter(pk__in=[row.before_id for row in page if row.before_id])
        .select_related("facts")
        .in_bulk()
    )
    people = {row.official_id for row in page}
    codes = dict(Official.objects.filter(pk__in=people).values_list("pk", "staff_code"))
    records = OfficialRecord.objects.current().filter(official__in=people)
    names = dict(records.values_list("official", "full_name"))
    shown = []
    for row in page:
        entry = entries.get(row.before_id) if row.before_id else None
        changes = tuple(_facts_changed(entry.facts, row)) if entry else ()
        identifier = row.identifiers[0][2] if row.identifiers else ""
        values = {field: getattr(row, field) for field in (*_ACCOUNT_FIELDS, "platform", "url", "photo_name")}
        values["identifier"] = identifier
        shown.append(
            PlannedRow(
                row.pk,
                row.row,
                row.action,
                codes.get(row.official_id, ""),
                names.get(row.official_id, ""),
                values,
                changes,
                disputed=row.disputed,
                warning=row.photo_problem,
            )
        )
    return shown


def _facts_changed(stood: DeclaredFacts, row: AccountRow) -> list[Change]:
    return [
        Change(field, getattr(stood, field), getattr(row, field))
        for field in _ACCOUNT_FIELDS
        if getattr(stood, field) != getattr(row, field)
    ]


def refused_cells(job: Import, *, after: int = 0, limit: int = PAGE) -> list[RefusedCell]:
    """What is wrong with the refused rows, from the one after the id `after` on."""
    return list(RefusedCell.objects.filter(import_id=job.pk, id__gt=after).order_by("id")[:limit])


def accounts_made(job: Import) -> QuerySet[Account]:
    """The accounts an applied import registered: whose owners are to confirm them."""
    rows = AccountRow.objects.filter(
        import_id=job.pk, action__in=[Action.NEW, Action.CHANGED], disputed=False
    )
    return Account.objects.filter(pk__in=rows.values("account_id"))
