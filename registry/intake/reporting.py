"""An import as one object for machines, and as lines for a person at a terminal."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from registry.intake.models import Import, Kind, State
from registry.intake.refused import refusals_of
from registry.intake.selectors import many_left

COUNTED = ("new", "changed", "unchanged", "left", "refused")


def as_object(job: Import) -> dict[str, Any]:
    """The counts, the refusals by row, and what became of each column."""
    return {
        "import": str(job.public_id),
        "kind": job.kind,
        "agency": job.agency.code,
        "state": str(job.state),
        **{name: job.counts.get(name, 0) for name in COUNTED},
        **{name: count for name, count in job.counts.items() if name not in COUNTED},
        "many_left": many_left(job),
        "columns": job.columns,
        "refusals": [refusal.to_dict() for refusal in refusals_of(job)],
    }


def as_lines(job: Import, *, refusals: int = 40) -> Iterator[str]:
    """What a person reads after a command; at most `refusals` of the refused cells."""
    labels = {
        "rows": _("Rows read"),
        "new": _("New on the register"),
        "changed": _("Facts changed"),
        "unchanged": _("Unchanged"),
        "left": _("Have left"),
        "absent": _("… of whom no longer on the list"),
        "refused": _("Refused"),
        "disputed": _("Under dispute"),
        "photo_problems": _("Photos with a problem"),
    }
    yield f"{job.file_name} · {job.agency.code} · {Kind(job.kind).label}: {State(job.state).label}"
    for name, label in labels.items():
        if name in job.counts:
            yield f"  {label}: {job.counts[name]}"
    for name, label in (
        ("unknown", _("Columns not understood, not stored")),
        ("never_stored", _("Columns the register must not hold, not read")),
        ("not_kept", _("Columns read for checking only, not stored")),
    ):
        if job.columns.get(name):
            yield f"  {label}: " + ", ".join(f"{letter} “{heading}”" for letter, heading in job.columns[name])
    for count, refusal in enumerate(refusals_of(job)):
        if count == refusals:
            yield "  " + _("… and more. --refused PATH writes all of them into a workbook.")
            return
        where = _("row %(row)s") % {"row": refusal.row} + (f", {refusal.column}" if refusal.column else "")
        held = f" “{refusal.value}”" if refusal.value else ""
        advice = f" → {refusal.suggestion}" if refusal.suggestion else ""
        yield f"  ✗ {where}:{held} {refusal.message}{advice}"
