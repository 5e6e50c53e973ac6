"""The refused cells of a plan: gathered while the file is read, kept in the language of who sent it."""

from collections.abc import Iterable, Iterator

from registry.intake.copying import copy_in, line
from registry.intake.models import Import, RefusedCell
from registry.intake.reading import Refusal

_COLUMNS = ("import_id", "row", "column", "code", "value", "message", "suggestion")


class RefusedRows:
    """Takes refusals and writes them down a batch at a time; counts rows, not cells."""

    def __init__(self, job: Import) -> None:
        self._job = job
        self._lines: list[str] = []
        self._rows: set[int] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Take what is wrong with a row."""
        for one in refusals:
            self._rows.add(one.row)
            said = (one.value, str(one.message), str(one.suggestion))
            self._lines.append(line((self._job.pk, one.row, one.column, one.code, *said)))

    def flush(self) -> None:
        """Write down what was taken since the last time."""
        copy_in("intake_refusedcell", _COLUMNS, self._lines)
        self._lines = []


def refusals_of(job: Import) -> Iterator[Refusal]:
    """Every refusal of a plan, by row."""
    cells = RefusedCell.objects.filter(import_id=job.pk).order_by("row", "id")
    for cell in cells.iterator():
        yield Refusal(cell.row, cell.column, cell.code, cell.value, cell.message, cell.suggestion)
