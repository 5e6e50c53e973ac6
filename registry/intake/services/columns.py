"""The columns of a file: looked at first, corrected by the officer, then read by what they said."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from common.bell import ring
from registry.intake.columns import column_set, correction_of
from registry.intake.files import kept
from registry.intake.models import Import, State
from registry.intake.reading import Correction, sketch
from registry.intake.scope import require_officer
from registry.intake.services.planning import WORK, wait_for
from registry.intake.services.tidying import not_now
from registry.users.models import User

#: Refusals of a file that an officer mends by saying which column is what.
MENDABLE: Final = frozenset({"no_header", "missing_columns", "duplicate_columns"})
_OPEN: Final = (State.COLUMNS, State.PLANNED, State.FAILED)


def look(job: Import) -> Import:
    """Look at the first rows of the kept file, so that its officer can say whether we understand it.

    Raises:
        UnreadableFileError: it cannot be read as a list, whatever is said of its columns.
    """
    with override(job.language or settings.LANGUAGE_CODE):
        seen = sketch(kept(job.file), columns=column_set(job), said=correction_of(job)).to_dict()
    Import.objects.filter(pk=job.pk, state=State.ARRIVED).update(
        state=State.COLUMNS, sketch=seen, error_code="", error_message=""
    )
    job.refresh_from_db()
    return job


@transaction.atomic
def say_header(*, job: Import, by: User | None, row: int) -> Import:
    """The headings begin in this row of the sheet that was looked at. The file waits to be looked at again.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        ConflictError: `not_now`.
    """
    held = _held(job, by)
    held.choice = asdict(Correction(sheet=held.sketch["sheet"], header_row=row))
    return _wait(held, State.ARRIVED)


@transaction.atomic
def read_by(*, job: Import, by: User | None, fields: Mapping[str, str]) -> Import:
    """Have the file read into a plan, by its headings and by what is said here; also once more.

    Args:
        job: an import that was looked at.
        by: the officer.
        fields: by the letter of a column the field it holds, or "" where it is to be left out.

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
        ConflictError: `not_now`.
    """
    held = _held(job, by)
    taken = {column["place"]: column["field"] for column in held.sketch["columns"]}
    said = {place: name for place, name in fields.items() if taken.get(place, "") != name}
    earlier = correction_of(held)
    # A sketch made after a correction shows what was said then; it is kept beside what is said now.
    held.choice = asdict(
        Correction(sheet=earlier.sheet, header_row=earlier.header_row, fields={**earlier.fields, **said})
    )
    for column in held.sketch["columns"]:
        column["field"] = fields.get(column["place"], column["field"])
    held.counts, held.columns, held.planned_at = {}, {}, None
    return _wait(held, State.RECEIVED)


def _held(job: Import, by: User | None) -> Import:
    held = Import.objects.select_for_update().select_related("agency").get(pk=job.pk)
    require_officer(by, held.agency)
    if held.state not in _OPEN or not held.sketch:
        raise not_now(held)
    return held


def _wait(held: Import, state: State) -> Import:
    held.state = state
    held.error_code = held.error_message = ""
    held.save()
    wait_for(held)
    ring(WORK, held.pk)
    return held
