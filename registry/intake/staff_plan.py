"""The plan of a staff list: each row beside the record that stands, and who is no longer listed."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from accounts.agency_names import agency_names
from accounts.models import GONE, Status
from registry.intake.columns import correction_of
from registry.intake.copying import Progress, ScratchTable, Sender, Tell, expect_many, numbers
from registry.intake.files import kept
from registry.intake.models import Action, Import, StaffRow, State
from registry.intake.reading import STAFF_COLUMNS, Table, open_table
from registry.intake.refused import RefusedRows
from registry.intake.scope import Scope, scope_of
from registry.intake.staff_reading import SCRATCH, Read, foreign_person, read_staff
from registry.intake.units import Units

FOREIGN: Final = "foreign"  # for a moment only: these rows become refusals
_TARGET = (
    "import_id, row, action, official_id, known, before_id, agency_id, staff_code, full_name, sort_key,"
    " search_key, category, position, work_email, employed_since, status"
)


@dataclass
class Counts:
    """What a plan comes to: `left` includes the `absent`; without those, the five kinds make up `rows`."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left: int = 0
    absent: int = 0
    refused: int = 0
    on_record: int = 0  # people in post, before this list, in the units it lists


def plan_staff_list(job: Import, *, tell: Tell | None = None) -> None:
    """Read the kept file and write the plan. The register itself is not touched.

    Raises:
        UnreadableFileError: the whole file is refused.
    """
    scope = scope_of(job)
    refused = RefusedRows(job)
    with (
        open_table(
            kept(job.file), columns=STAFF_COLUMNS, said=correction_of(job), meanwhile=agency_names
        ) as table,
        ScratchTable("intake_staff_list", SCRATCH) as scratch,
        Progress(job, total=table.height, tell=tell) as progress,
    ):
        units = Units(scope.path, scope.branches)
        compare, params = _comparison(job, scope, table)
        sender = Sender(scratch, then=compare, params=params)
        read = read_staff(table, sender=sender, units=units, refused=refused, progress=progress)
        with transaction.atomic():
            _analyze()
            expect_many(read.rows)
            _refuse_foreign(job, table, refused)
            _absent(job, scope, read)
            counts = _count(job, read, refused)
            Import.objects.filter(pk=job.pk, state=State.RECEIVED).update(
                state=State.PLANNED,
                planned_at=timezone.now(),
                counts=asdict(counts),
                columns=described(table),
            )


def _analyze() -> None:
    """Tell the planner what it asks about: here and when the plan is applied."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL default_statistics_target = 10")  # 3,000 rows tell enough
        cursor.execute("ANALYZE intake_staffrow (import_id, action, official_id, before_id, agency_id)")


def described(table: Table) -> dict[str, Any]:
    """Which columns were understood and which not, for the officer to see: none is dropped silently."""
    return {
        "sheet": table.sheet,
        "ignored_sheets": table.ignored_sheets,
        "header_row": table.header_row,
        "recognised": {name: list(place) for name, place in table.recognised.items()},
        "unknown": [list(place) for place in table.unknown_columns],
        "never_stored": [list(place) for place in table.never_stored],
        "ignored": [list(place) for place in table.ignored_columns],
    }


def _comparison(job: Import, scope: Scope, table: Table) -> tuple[str, dict[str, Any]]:
    """The statement that writes each row beside the record that stands, and its parameters.

    A column the list lacks leaves what is on record.
    """
    within, paths = scope.covers("a.path")
    gone = [str(status) for status in GONE]
    present = (
        "coalesce(nullif(CASE WHEN r.status = ANY(%(gone)s) THEN '' ELSE r.status END, ''), %(in_post)s)"
    )
    email = "t.work_email" if "work_email" in table.recognised else "coalesce(r.work_email, '')"
    position = "t.position" if "position" in table.recognised else "coalesce(r.position, '')"
    since = "t.employed_since" if "since" in table.recognised else "r.employed_since"
    status = "t.status" if "status" in table.recognised else present
    named = {f"path_{place}": edge for place, edge in enumerate(paths)}
    for place in range(len(paths)):
        within = within.replace("%s", f"%(path_{place})s", 1)
    sql = f"""
    INSERT INTO intake_staffrow ({_TARGET})
    SELECT %(job)s, row, CASE
        WHEN record_id IS NOT NULL AND NOT near AND status = ANY(%(gone)s) THEN 'unchanged'
        WHEN record_id IS NOT NULL AND NOT near AND NOT released THEN '{FOREIGN}'
        WHEN record_id IS NULL OR NOT near
            THEN CASE WHEN status = ANY(%(gone)s) THEN 'left' ELSE 'new' END
        WHEN same THEN 'unchanged'
        WHEN status = ANY(%(gone)s) AND NOT released THEN 'left'
        ELSE 'changed' END,
        coalesce(official_id, nextval(%(ids)s::regclass)),
        official_id IS NOT NULL,
        CASE WHEN record_id IS NOT NULL AND NOT near AND status = ANY(%(gone)s) THEN NULL
            ELSE record_id END,
        agency_id, staff_code, full_name, sort_key, search_key, category, position, work_email,
        employed_since, status
    FROM (
        SELECT t.row, o.id AS official_id, r.id AS record_id, t.agency_id, t.staff_code, t.full_name,
            t.sort_key, t.search_key, t.category, {position} AS position, {email} AS work_email,
            {since} AS employed_since, {status} AS status,
            r.status = ANY(%(gone)s) AS released, {within} AS near,
            (t.agency_id, t.full_name, t.category, {position}, {email}, {since}, {status})
            IS NOT DISTINCT FROM
            (r.agency_id, r.full_name, r.category, r.position, r.work_email, r.employed_since,
             r.status) AS same
        FROM intake_staff_list t
        LEFT JOIN accounts_official o ON o.branch_id = %(branch)s AND o.staff_code = t.staff_code
        LEFT JOIN accounts_officialrecord r ON r.official_id = o.id AND r.recorded_until IS NULL
        LEFT JOIN accounts_agencyrecord a ON a.agency_id = r.agency_id AND a.recorded_until IS NULL
    ) AS beside ORDER BY row
    """  # noqa: S608 - every piece put together is ours
    return sql, {
        "job": job.pk,
        "ids": numbers("SELECT pg_get_serial_sequence('accounts_official', 'id')")[0][0],
        "branch": scope.branch.pk,
        "gone": gone,
        "in_post": Status.IN_POST.value,
        **named,
    }


def _refuse_foreign(job: Import, table: Table, refused: RefusedRows) -> None:
    foreign = StaffRow.objects.filter(import_id=job.pk, action=FOREIGN)
    for row, code in foreign.order_by("id").values_list("row", "staff_code").iterator():
        refused.add([foreign_person(table, row, code)])
    foreign.delete()
    refused.flush()


def _absent(job: Import, scope: Scope, read: Read) -> None:
    """Those in post in a listed unit whom the list does not name, not even in a row that was refused.

    Where a row lacks its code, nobody of that name is taken for absent.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO intake_staffrow ({_TARGET})
            SELECT %s, 0, %s, r.official_id, true, r.id, r.agency_id, o.staff_code, r.full_name, r.sort_key,
                r.search_key, r.category, r.position, r.work_email, r.employed_since, %s
            FROM accounts_officialrecord r JOIN accounts_official o ON o.id = r.official_id
            WHERE r.recorded_until IS NULL AND r.agency_id = ANY(%s) AND NOT r.status = ANY(%s)
                AND o.branch_id = %s
                AND NOT EXISTS (
                    SELECT FROM intake_staffrow s WHERE s.import_id = %s AND s.official_id = r.official_id)
                AND NOT o.staff_code = ANY(%s::text[])
                AND NOT r.search_key = ANY(%s::text[])
            ORDER BY r.agency_id, r.sort_key
            """,  # noqa: S608 - the columns are ours
            [
                job.pk, Action.ABSENT, Status.LEFT, sorted(read.units), [str(status) for status in GONE],
                scope.branch.pk, job.pk, sorted(read.refused), sorted(read.nameless),
            ],
        )  # fmt: skip


def _count(job: Import, read: Read, refused: RefusedRows) -> Counts:
    by_action = dict(
        numbers("SELECT action, count(*) FROM intake_staffrow WHERE import_id = %s GROUP BY action", [job.pk])
    )
    on_record = numbers(
        "SELECT count(*) FROM accounts_officialrecord WHERE recorded_until IS NULL AND agency_id = ANY(%s)"
        " AND NOT status = ANY(%s)",
        [sorted(read.units), [str(status) for status in GONE]],
    )
    absent = by_action.get(Action.ABSENT, 0)
    return Counts(
        rows=read.rows,
        new=by_action.get(Action.NEW, 0),
        changed=by_action.get(Action.CHANGED, 0),
        unchanged=by_action.get(Action.UNCHANGED, 0),
        left=by_action.get(Action.LEFT, 0) + absent,
        absent=absent,
        refused=len(refused),
        on_record=on_record[0][0],
    )
