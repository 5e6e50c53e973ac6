"""Which columns an import's file has, and what its officer said they are."""

from typing import Final

from registry.intake.models import Import, Kind
from registry.intake.reading import ACCOUNT_COLUMNS, STAFF_COLUMNS, ColumnSet, Correction

_SETS: Final[dict[str, ColumnSet]] = {Kind.STAFF: STAFF_COLUMNS, Kind.ACCOUNTS: ACCOUNT_COLUMNS}


def column_set(job: Import) -> ColumnSet:
    """What may stand in a file of its kind."""
    return _SETS[job.kind]


def correction_of(job: Import) -> Correction:
    """What the officer said of the file's columns; nothing where it was understood."""
    return Correction(**job.choice)
