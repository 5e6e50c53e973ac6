"""The columns of a list, as recognised and with samples, for the officer to correct before it is read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry.intake import services
from registry.intake.models import Import, Kind, State
from registry.intake.selectors import fields_of, import_for, lacking, others_open
from registry.users.models import Role
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.reviewer import planned
from registry.web.reviewer.scope import unit_names
from registry.web.reviewer.uploading import is_small

CORRECTABLE = (State.COLUMNS, State.PLANNED, State.FAILED)


class ColumnsForm(RegistryForm):
    """Which field each column holds. Those that must not be held are no part of it."""

    def __init__(self, *args: Any, job: Import, **kwargs: Any) -> None:
        self.columns = [column for column in job.sketch["columns"] if column["use"] != "never_stored"]
        self._job = job
        super().__init__(*args, **kwargs)
        choices = [("", _("Leave out")), *((name, planned.field_label(name)) for name in fields_of(job))]
        for column in self.columns:
            self.fields[_name(column)] = forms.ChoiceField(
                choices=choices,
                required=False,
                initial=column["field"],
                label=column["heading"] or _("Column %(place)s, without a heading") % column,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def clean(self) -> dict[str, Any]:
        """Each field in one column at most, and those that are needed in one."""
        said: dict[str, Any] = super().clean() or {}
        for name, trouble in self.troubles(said):
            self.add_error(name, trouble)
        return said

    def troubles(self, said: dict[str, Any]) -> list[tuple[str | None, str]]:
        """What stands in the way of reading the list so: at which column (None: at none), and why."""
        found: list[tuple[str | None, str]] = []
        first: dict[str, str] = {}
        for column in self.columns:
            name = said.get(_name(column), "")
            if name and first.setdefault(name, column["place"]) != column["place"]:
                trouble = _("Column %(first)s is “%(field)s” already. Leave one of the two out.")
                words = {"first": first[name], "field": planned.field_label(name)}
                found.append((_name(column), trouble % words))
        if names := lacking(self._job, first):
            named = ", ".join(f"“{planned.field_label(name)}”" for name in names)
            trouble = _(
                "No column is %(fields)s. Say which one is; if the file has none, add it there and load the"
                " file again."
            )
            found.append((None, trouble % {"fields": named}))
        return found

    def told(self) -> dict[str, str]:
        """What each column is said to be, by its letter."""
        return {column["place"]: self.cleaned_data[_name(column)] for column in self.columns}

    def initially(self) -> list[str]:
        """What stands in the way before anything is corrected."""
        said = {_name(column): column["field"] for column in self.columns}
        return [trouble for _place, trouble in self.troubles(said)]


def _name(column: dict[str, Any]) -> str:
    return f"column-{column['place']}"


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column of the file beside what it is taken for."""

    place: str
    field: BoundField
    samples: str
    known: bool


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What each column is taken for; the officer corrects it, or says where the headings stand."""
    user = person(request)
    job = import_for(user, public_id)
    row = request.POST.get("header_row", "")
    if row.isascii() and row.isdigit() and len(row) < 8:  # noqa: PLR2004 - no sheet has so many rows
        held = services.say_header(job=job, by=user, row=int(row))
        if is_small(held):
            services.look(held)
        return redirect("reviewer:import_columns", public_id=public_id)
    if not job.sketch or job.state not in CORRECTABLE:
        return redirect("reviewer:import", public_id=public_id)
    form = ColumnsForm(request.POST if request.method == "POST" else None, job=job)
    if form.is_valid():
        services.read_by(job=job, by=user, fields=form.told())
        return redirect("reviewer:import", public_id=public_id)
    context = {
        "job": job,
        "unit": unit_names({job.agency_id}).get(job.agency_id, ""),
        "looks": planned.looks(job),
        "form": form,
        "troubles": [] if form.is_bound or not job.sketch["header_row"] else form.initially(),
        "columns": _shown(form),
        "unknown": [column for column in form.columns if column["use"] == "unknown" and not column["field"]],
        "never_stored": [each for each in job.sketch["columns"] if each["use"] == "never_stored"],
        "is_staff_list": job.kind == Kind.STAFF,
        "is_planned": job.state == State.PLANNED,
        "steps": planned.steps(),
        "others": planned.others(others_open(user, job)),
        "crumbs": [(reverse("reviewer:imports"), _("Imports"))],
    }
    return render(request, "web/reviewer/columns.html", context, status=422 if form.is_bound else 200)


def _shown(form: ColumnsForm) -> list[ColumnShown]:
    return [
        ColumnShown(
            column["place"],
            form[_name(column)],
            _hint(column),
            bool(column["field"]) or column["use"] == "known",
        )
        for column in form.columns
    ]


def _hint(column: dict[str, Any]) -> str:
    samples = " · ".join(column["samples"]) or _("empty in the first rows")
    return _("Column %(place)s: %(samples)s") % {"place": column["place"], "samples": samples}
