"""The staff list of a branch: found without diacritics, filtered by the address, paged by key."""

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import GONE, AgencyRecord, OfficialRecord, Status
from accounts.names import search_key
from accounts.paths import below
from registry.users.models import Role, User
from registry.users.selectors import agency_records_for, official_records_for
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.paging import page_by_key
from registry.web.reviewer.scope import HR, unit_names, unit_of
from registry.web.reviewer.standing import Declared, standing_filter, standing_of, with_standing
from registry.web.reviewer.units import UnitField

LONGEST_QUERY = 100


class StaffFilter(RegistryForm):
    """What of the list is wanted. It lives in the address, so that a list can be kept and sent on."""

    q = forms.CharField(
        label=_("Name or staff code"), required=False, max_length=LONGEST_QUERY, widget=forms.SearchInput
    )
    unit = UnitField(label=_("Unit"), required=False, whole=_("Whole branch"))
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("In post or on leave")), *Status.choices, ("all", _("Everybody on record"))],
    )
    declared = forms.ChoiceField(
        label=_("Accounts"), required=False, choices=[("", _("All")), *Declared.choices]
    )

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        field = self.fields["unit"]
        if isinstance(field, UnitField):
            field.offer(user, sent=data.get("unit", ""))


@for_role(Role.HR_OFFICER)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """The people of the branch who match the filter."""
    user = person(request)
    form = StaffFilter(request.GET, user=user)
    wanted = form.cleaned_data if form.is_valid() else {}
    unit = unit_of(user, wanted.get("unit", ""))
    found = matching(user, wanted, unit) if form.is_valid() else OfficialRecord.objects.none()
    page = page_by_key(found, "sort_key", "official_id", cursor=request.GET.get("after", ""))
    names = unit_names({record.agency_id for record in page.rows})
    return render(
        request,
        "web/reviewer/staff.html",
        {
            "form": form,
            "unit": unit,
            "page": page,
            "rows": [(record, names.get(record.agency_id, ""), standing_of(record)) for record in page.rows],
            "filtered": any(wanted.values()),
            "has_staff": bool(page.rows) or official_records_for(user, HR).exists(),
        },
        status=200 if form.is_valid() else 422,
    )


def matching(
    user: User, wanted: dict[str, str], unit: AgencyRecord | None = None
) -> QuerySet[OfficialRecord]:
    """The records of the branch that match the filter, with how each person stands."""
    found = official_records_for(user, HR).select_related("official")
    if unit is not None:
        inside = agency_records_for(user, HR).filter(below(unit.path))
        found = found.filter(agency__in=inside.values("agency"))
    status = wanted.get("status") or ""
    if status in Status.values:
        found = found.filter(status=status)
    elif status != "all":
        found = found.exclude(status__in=GONE)
    text = (wanted.get("q") or "").strip()
    if text:
        found = found.filter(_named(text))
    return with_standing(found).filter(standing_filter(wanted.get("declared") or ""))


def _named(text: str) -> Q:
    """The beginning of any word of the name, or of the staff code."""
    key = search_key(text)
    named = Q(official__staff_code__istartswith=text)
    if key:
        named |= Q(search_key__startswith=key) | Q(search_key__contains=f" {key}")
    return named
