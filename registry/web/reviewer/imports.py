"""Imports: what came, the plan of each, its progress, its result, and the way back."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.audit import services as audit
from registry.intake import services
from registry.intake.models import WAITING, Action, Import, Kind, State
from registry.intake.selectors import (
    import_for,
    imports_for,
    others_open,
    plan_rows,
    refused_cells,
)
from registry.users.models import Role
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.paging import page_by_key
from registry.web.reviewer import planned
from registry.web.reviewer.columns import CORRECTABLE
from registry.web.reviewer.headway import progress_of
from registry.web.reviewer.scope import unit_names

SIZE = 50
_SALT = "registry.web.reviewer.imports"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = ("refused", "new", "changed", "left", "unchanged")


class ApplyForm(RegistryForm):
    """What the officer has seen before the register changes."""

    accept_left = forms.BooleanField(
        label=gettext_lazy("I have checked it: the list is complete, and these people have left"),
        required=False,
    )


@for_role(Role.HR_OFFICER)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Past imports of the branch, newest first."""
    user = person(request)
    page = page_by_key(imports_for(user), "-id", cursor=request.GET.get("after", ""), size=25)
    names = unit_names({job.agency_id for job in page.rows})
    rows = [(job, names.get(job.agency_id, ""), planned.looks(job)) for job in page.rows]
    return render(request, "web/reviewer/imports.html", {"page": page, "rows": rows})


@for_role(Role.HR_OFFICER)
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One import, as far as it has come: its columns, being read, its plan, being applied, its result."""
    job = import_for(person(request), public_id)
    if job.state == State.COLUMNS:
        return redirect("reviewer:import_columns", public_id=public_id)
    return _page(request, job)


@for_role(Role.HR_OFFICER)
@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it has come, as a piece of the page; once it is done, the whole page is asked for again."""
    job = import_for(person(request), public_id)
    response = render(request, "web/_progress.html", {"progress": progress_of(job)})
    if job.state not in WAITING:
        response["HX-Refresh"] = "true"
    return response


@for_role(Role.HR_OFFICER)
@require_POST
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a worker write the good rows into the register."""
    user = person(request)
    job = import_for(user, public_id)
    form = ApplyForm(request.POST)
    accepted = form.is_valid() and form.cleaned_data["accept_left"]
    if planned.many_left(job) and not accepted and job.state == State.PLANNED:
        form.add_error(
            "accept_left", _("So many people are missing that it may be the wrong list. Check first.")
        )
        return _page(request, job, status=422, form=form)
    services.start_apply(job=job, by=user, accept_left=accepted)
    return redirect("reviewer:import", public_id=public_id)


@for_role(Role.HR_OFFICER)
@require_POST
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a plan up."""
    user = person(request)
    services.discard(job=import_for(user, public_id), by=user)
    messages.success(request, _("The import has been given up. The register has not changed."))
    return redirect("reviewer:imports")


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a worker take an applied import back, after asking once more."""
    user = person(request)
    job = import_for(user, public_id)
    if request.method != "POST":
        context = {"job": job, "crumbs": _crumbs(job), "can": job.state == State.APPLIED}
        return render(request, "web/reviewer/undo.html", context)
    services.start_undo(job=job, by=user)
    return redirect("reviewer:import", public_id=public_id)


@for_role(Role.HR_OFFICER)
@require_safe
def refused(request: HttpRequest, public_id: UUID) -> FileResponse:
    """The refused rows as a workbook, to correct and send again."""
    user = person(request)
    job = import_for(user, public_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "refused.xlsx"
        services.refused_workbook(job=job, path=path)
        file = path.open("rb")  # the open file outlives its name
    audit.record(act="import.refused_taken", by=user, subject_kind="import", subject_id=job.pk)
    return FileResponse(file, as_attachment=True, filename=f"{_stem(job)}-can-sua.xlsx", content_type=_XLSX)


def _stem(job: Import) -> str:
    return Path(job.file_name).stem or "danh-sach"


def _crumbs(job: Import) -> list[tuple[str, str]]:
    return [
        (reverse("reviewer:imports"), _("Imports")),
        (reverse("reviewer:import", args=[job.public_id]), job.file_name),
    ]


def _page(
    request: HttpRequest, job: Import, *, status: int = 200, form: ApplyForm | None = None
) -> HttpResponse:
    tab = request.GET.get("show", "")
    counts = job.counts
    if tab not in TABS:
        tab = next((name for name in TABS if counts.get(name)), "new")
    after = _read(request.GET.get("after", ""))
    rows: list[Any] = []
    if job.counts and job.purged_at is None:
        rows = (
            refused_cells(job, after=after, limit=SIZE + 1)
            if tab == "refused"
            else plan_rows(job, action=Action(tab), after=after, limit=SIZE + 1)
        )
    more, rows = len(rows) > SIZE, rows[:SIZE]
    key = (rows[-1].pk if tab == "refused" else rows[-1].key) if rows else 0
    waiting = job.state in WAITING
    context = {
        "job": job,
        "unit": unit_names({job.agency_id}).get(job.agency_id, ""),
        "looks": planned.looks(job),
        "is_staff_list": job.kind == Kind.STAFF,
        "is_waiting": waiting,
        "progress": progress_of(job) if waiting else None,
        "others": planned.others(others_open(person(request), job)) if job.applied_at is None else [],
        "can_correct": bool(job.sketch) and job.state in CORRECTABLE,
        "is_plan": job.state in {State.PLANNED, State.QUEUED},
        "is_planned": job.state == State.PLANNED,
        "counted": planned.counted(job),
        "columns": planned.columns(job),
        "tab": tab,
        "tabs": [(name, planned.TAB_LABELS[name], counts.get(name, 0)) for name in TABS],
        "rows": planned.told(rows) if tab != "refused" else rows,
        "next": signing.dumps(key, salt=_SALT) if more else "",
        "is_first": not after,
        "nothing_to_do": not any(counts.get(name) for name in ("new", "changed", "left")),
        "many_left": planned.many_left(job),
        "form": form or ApplyForm(),
        "can_undo": job.state == State.APPLIED and job.purged_at is None,
        "can_take_refused": bool(counts.get("refused")) and bool(job.file),
        "counts": counts,
        "steps": planned.steps(),
        "step": planned.step(job),
        "crumbs": [(reverse("reviewer:imports"), _("Imports"))],
    }
    return render(request, "web/reviewer/import.html", context, status=status)


def _read(cursor: str) -> int:
    """Where the page before ended; a broken cursor is the start."""
    if not cursor:
        return 0
    try:
        return int(signing.loads(cursor, salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return 0
