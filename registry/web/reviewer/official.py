"""One official's page, as HR sees it, and the HR facts, which HR alone keeps."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services as book
from accounts.models import Agency, AgencyRecord, Category, Incident, Official, OfficialRecord, Status
from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.declarations.selectors import declarations_for, entries_of, nil_of
from registry.findings.selectors import findings_of_official
from registry.privacy.services import note_look
from registry.rules.rule import Subject
from registry.users.models import Role, User
from registry.users.selectors import agency_for, official_for, open_invitation_of
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.incidents import WITH_PEOPLE, shown
from registry.web.reviewer.scope import HR
from registry.web.reviewer.told import tell
from registry.web.reviewer.units import UnitField

FACTS = ("full_name", "category", "position", "unit", "work_email", "employed_since", "status")
_LATEST = 30  # declarations and reports shown


@for_role(Role.HR_OFFICER)
@require_safe
def official(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything HR may see of one person. Looking at it is written down, for the person to read."""
    user = person(request)
    found = official_for(user, public_id, HR)
    record = OfficialRecord.objects.current().select_related("agency").get(official=found)
    agency = AgencyRecord.objects.current().get(agency=record.agency_id)
    entries = list(entries_of(found))
    accounts = {entry.account_id: entry.account for entry in entries}
    declarations = list(
        declarations_for(user, HR)
        .filter(official=found)
        .prefetch_related("account__identifiers")
        .order_by("-submitted_at", "-id")[:_LATEST]
    )
    audit.record(
        act="official.viewed", by=user, subject_kind="official", subject_id=found.pk, agency_path=agency.path
    )
    invitation = open_invitation_of(found)
    is_self = user.official_id == found.pk
    reports = Incident.objects.current().filter(official=found).select_related(*WITH_PEOPLE)
    return render(
        request,
        "web/reviewer/official.html",
        {
            "official": found,
            "record": record,
            "unit": agency,
            "category": label_of(Category, record.category),
            "status": label_of(Status, record.status),
            "entries": entries,
            "nil": nil_of(found),
            "findings": [
                tell(
                    finding,
                    account=accounts.get(finding.subject_id)
                    if finding.subject_kind == Subject.ACCOUNT
                    else None,
                )
                for finding in findings_of_official(found.pk)
            ],
            "declarations": declarations,
            "login": User.objects.filter(official=found).first(),
            "invitation": invitation,
            "invitation_expired": invitation is not None and invitation.expires_at <= timezone.now(),
            "is_self": is_self,
            "incidents": shown(reports.order_by("-reported_at")[:_LATEST], reader=user),
            "crumbs": [(reverse("reviewer:staff"), _("Staff"))],
        },
    )


class OfficialForm(RegistryForm):
    """The HR facts of one person. `record` is what they were read from."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    unit = UnitField(label=gettext_lazy("Unit"))
    position = forms.CharField(label=gettext_lazy("Position"), required=False, max_length=300)
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=Category.choices)
    work_email = forms.EmailField(label=gettext_lazy("Work e-mail"), required=False)
    employed_since = forms.DateField(
        label=gettext_lazy("Here since"),
        required=False,
        help_text=gettext_lazy("Day/month/year, for example 01/09/2020."),
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices)
    record = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, unit: AgencyRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            field.offer(user, sent=unit.agency.code)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the HR facts; when somebody else did so meanwhile, say who and what, and change nothing."""
    user = person(request)
    found = official_for(user, public_id, HR)
    record = OfficialRecord.objects.current().select_related("agency", "recorded_by").get(official=found)
    unit = AgencyRecord.objects.current().select_related("agency").get(agency=record.agency_id)
    status: int = 200
    overtaken: list[tuple[str, str, str]] | None = None
    if request.method == "POST":
        form = OfficialForm(request.POST, user=user, unit=unit)
        if form.is_valid():
            try:
                _amend(user, found, form.cleaned_data)
            except ConflictError:
                status, overtaken = 409, _overtaken(found, form.cleaned_data)
                record = OfficialRecord.objects.current().select_related("recorded_by").get(official=found)
                again = request.POST.copy()
                again["record"] = str(record.pk)  # sending it again is then on purpose
                form.data = again
            except RegistryError as error:
                if error.status != RegistryError.status:
                    raise
                form.refuse(error)
            else:
                messages.success(request, _("The staff record has been changed."))
                return redirect("reviewer:official", public_id=public_id)
        status = 422 if form.errors else status
    else:
        note_look(official=found, page="edit", by=user)
        form = OfficialForm(user=user, unit=unit, initial=_initial(record, unit.agency))
    context = {
        "form": form,
        "official": found,
        "record": record,
        "overtaken": overtaken,
        "crumbs": [
            (reverse("reviewer:staff"), _("Staff")),
            (reverse("reviewer:official", args=[public_id]), record.full_name),
        ],
    }
    return render(request, "web/reviewer/edit.html", context, status=status)


def _initial(record: OfficialRecord, agency: Agency) -> dict[str, Any]:
    return {name: getattr(record, name) for name in FACTS if name != "unit"} | {
        "unit": agency.code,
        "record": record.pk,
    }


@transaction.atomic
def _amend(user: User, official: Official, wanted: dict[str, Any]) -> None:
    """Change what was read from one record, if that record still stands.

    Raises:
        ConflictError: `stale`, when another one stands.
        NotFoundError: the unit is not in the officer's branches.
    """
    # none, where a colleague's change was waited for
    held = OfficialRecord.objects.current().select_for_update().filter(official=official).first()
    if held is None or held.pk != wanted["record"]:
        raise ConflictError("stale", _("Somebody else changed this record first. Look at it again."))
    official_for(user, official.public_id, HR)  # under the lock: the person may have moved meanwhile
    unit = agency_for(user, wanted["unit"], HR)
    facts = {name: wanted[name] for name in FACTS if name != "unit"}
    book.amend_official(official=official, by=user, agency=unit, **facts)


def _overtaken(official: Official, wanted: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Where the form and what stands now differ: (fact, as it stands, as the form has it)."""
    record = OfficialRecord.objects.current().select_related("agency").get(official=official)
    labels = OfficialForm.base_fields
    found = []
    for name in FACTS:
        stands = record.agency.code if name == "unit" else getattr(record, name)
        if stands != wanted[name]:
            found.append((str(labels[name].label), _shown(name, stands), _shown(name, wanted[name])))
    return found


def _shown(name: str, value: Any) -> str:
    if value in {None, ""}:
        return "—"
    if name == "unit":
        return AgencyRecord.objects.current().get(agency__code=value).name
    if name == "category":
        return label_of(Category, value)
    if name == "status":
        return label_of(Status, value)
    return formats.date_format(value, "SHORT_DATE_FORMAT") if name == "employed_since" else str(value)


def label_of(choices: Any, value: str) -> str:
    """The words of a code; a code this version does not know stands for itself."""
    return str(cast("Any", choices(value)).label) if value in choices.values else value
