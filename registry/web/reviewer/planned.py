"""A plan as the officer reads it: counts, columns, and each row with what it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Category, Status
from accounts.platforms import PLATFORMS
from registry.intake.models import Import, State
from registry.intake.selectors import Change, PlannedRow, many_left
from registry.web.reviewer.official import label_of

__all__ = [
    "TAB_LABELS",
    "columns",
    "counted",
    "field_label",
    "looks",
    "many_left",
    "others",
    "step",
    "steps",
    "told",
]

TAB_LABELS = {
    "refused": gettext_lazy("Refused"),
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "left": gettext_lazy("Left"),
    "unchanged": gettext_lazy("Unchanged"),
}
_FIELDS = {
    "full_name": gettext_lazy("Full name"),
    "unit": gettext_lazy("Unit"),
    "agency_id": gettext_lazy("Unit"),
    "category": gettext_lazy("Category"),
    "position": gettext_lazy("Position"),
    "work_email": gettext_lazy("Work e-mail"),
    "employed_since": gettext_lazy("Here since"),
    "status": gettext_lazy("Status"),
    "name_shown": gettext_lazy("Name shown"),
    "agency_shown": gettext_lazy("Agency shown"),
    "disclaimer": gettext_lazy("Notice"),
    "photo_id": gettext_lazy("Photo"),
    "photo_problem": gettext_lazy("Trouble with the photo"),
    "declared_on": gettext_lazy("Declared on"),
}
_COLUMN_FIELDS = _FIELDS | {
    "staff_code": gettext_lazy("Staff code"),
    "family_name": gettext_lazy("Family name"),
    "middle_name": gettext_lazy("Middle name"),
    "given_name": gettext_lazy("Given name"),
    "since": gettext_lazy("Here since"),
    "platform": gettext_lazy("Platform"),
    "link": gettext_lazy("Link"),
    "photo": gettext_lazy("Photo"),
    "permanent_id": gettext_lazy("Account number"),
    "note": gettext_lazy("Note"),
}
_OTHERS = 5
_LOOKS = {
    State.ARRIVED: "wait",
    State.COLUMNS: "attention",
    State.UNDOING: "wait",
    State.RECEIVED: "wait",
    State.FAILED: "bad",
    State.PLANNED: "attention",
    State.QUEUED: "wait",
    State.APPLIED: "ok",
    State.DISCARDED: "neutral",
    State.UNDONE: "neutral",
}


_STEPS = {
    State.ARRIVED: 2,
    State.COLUMNS: 2,
    State.FAILED: 2,
    State.RECEIVED: 3,
    State.PLANNED: 3,
    State.QUEUED: 4,
    State.APPLIED: 5,
    State.UNDOING: 5,
    State.UNDONE: 5,
}


@dataclass(frozen=True, slots=True)
class Looks:
    """How an import stands, in words and colour."""

    kind: str
    text: str


def looks(job: Import) -> Looks:
    """How an import stands."""
    state = State(job.state)
    return Looks(_LOOKS[state], str(state.label))


def steps() -> list[str]:
    """The way of an import."""
    return [_("Choose the file"), _("Check the columns"), _("Check the plan"), _("Apply"), _("Result")]


def step(job: Import) -> int:
    """How far an import has come on that way."""
    return _STEPS.get(State(job.state), 1)


@dataclass(frozen=True, slots=True)
class Other:
    """Another list of the same people that is under way."""

    job: Import
    who: str
    looks: Looks


def others(found: Iterable[Import]) -> list[Other]:
    """Other lists under way, in words; the newest few are enough to be warned by."""
    return [
        Other(job, job.uploaded_by.get_full_name() if job.uploaded_by else _("The system"), looks(job))
        for job in islice(found, _OTHERS)
    ]


def counted(job: Import) -> list[tuple[str, int]]:
    """The counts of a plan, in words."""
    labels = {
        "rows": _("Rows read"),
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "left": _("Left"),
        "refused": _("Refused"),
        "disputed": _("Disputed: somebody else holds the account"),
        "photo_problems": _("Photos with a problem"),
    }
    return [(label, job.counts[name]) for name, label in labels.items() if name in job.counts]


@dataclass(frozen=True, slots=True)
class Columns:
    """What became of each column of the file; none is dropped silently."""

    recognised: list[tuple[str, str, str]]  # where, its heading, what it is taken for
    unknown: list[tuple[str, str]]
    never_stored: list[tuple[str, str]]
    ignored: list[tuple[str, str]]


def columns(job: Import) -> Columns | None:
    """The columns of the file; None before it was read."""
    found = job.columns
    if not found:
        return None
    recognised = [(*_place(place), field_label(name)) for name, place in found.get("recognised", {}).items()]
    return Columns(
        recognised,
        [_place(place) for place in found.get("unknown", [])],
        [_place(place) for place in found.get("never_stored", [])],
        [_place(place) for place in [*found.get("ignored", []), *found.get("not_kept", [])]],
    )


def field_label(name: str) -> str:
    """What a column is taken for, in words."""
    return str(_COLUMN_FIELDS.get(name, name))


def _place(place: list[Any]) -> tuple[str, str]:
    return str(place[0]), str(place[1])


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One row of a plan in words."""

    row: PlannedRow
    about: str
    changes: list[tuple[str, str, str]]  # which fact, before, after


def told(rows: list[PlannedRow]) -> list[ToldRow]:
    """Rows of a plan in words."""
    return [ToldRow(row, _about(row.values), [_change(change) for change in row.changes]) for row in rows]


def _about(values: dict[str, Any]) -> str:
    if "platform" in values:
        known = PLATFORMS.get(values["platform"])
        platform = str(known.name) if known else values["platform"]
        return " · ".join(part for part in (platform, values["identifier"], values["name_shown"]) if part)
    return " · ".join(part for part in (values.get("position", ""), values.get("unit", "")) if part)


def _change(change: Change) -> tuple[str, str, str]:
    label = str(_FIELDS.get(change.field, change.field))
    if change.field == "photo_id":
        return label, _("a photo") if change.before else "—", _("another photo") if change.after else "—"
    return label, _value(change.field, change.before), _value(change.field, change.after)


def _value(field: str, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if field == "category":
        return label_of(Category, value)
    if field == "status":
        return label_of(Status, value)
    return str(value)
