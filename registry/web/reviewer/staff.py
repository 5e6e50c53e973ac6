"""The staff list of a branch: found without diacritics, filtered by the address, kept, acted upon."""

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import RegistryError
from registry.bulk.services import MOST
from registry.users.models import Role, SavedList
from registry.users.selectors import official_records_for, saved_list, saved_lists
from registry.users.services import delete_list, save_list
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.reviewer.choosing import NOBODY, StaffFilter, in_memory, page_of_people
from registry.web.reviewer.scope import HR, unit_names, unit_of
from registry.web.reviewer.standing import standing_of


class SaveForm(RegistryForm):
    """The name under which the present filter is kept."""

    name = forms.CharField(label=gettext_lazy("Name of the list"), max_length=80, required=False)


@for_role(Role.HR_OFFICER)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """The people of the branch who match the filter."""
    return _page(request, StaffFilter(request.GET, user=person(request)), SaveForm())


def _page(request: HttpRequest, form: StaffFilter, save: SaveForm) -> HttpResponse:
    user = person(request)
    valid = form.is_valid()
    wanted = form.cleaned_data if valid else {}
    listed = NOBODY
    if valid:
        with in_memory():
            listed = page_of_people(
                user, wanted, cursor=request.GET.get("after", ""), before=request.GET.get("before", "")
            )
    page = listed.page
    names = unit_names({record.agency_id for record in page.rows})
    return render(
        request,
        "web/reviewer/staff.html",
        {
            "form": form,
            "save": save,
            "saved": [(each, each.query == form.query) for each in saved_lists(user)] if valid else [],
            "unit": unit_of(user, wanted.get("unit", "")),
            "page": page,
            "rows": [(record, names.get(record.agency_id, ""), standing_of(record)) for record in page.rows],
            "count": listed.count,
            "more": listed.more,
            "most": MOST,
            "said": form.said if valid else [],
            "query": form.query if valid else "",
            "wider": _wider(form) if valid and not page.rows else "",
            "has_staff": bool(page.rows) or official_records_for(user, HR).exists(),
        },
        status=200 if valid and not save.errors else 422,
    )


def _wider(form: StaffFilter) -> str:
    """The same words, looked for among everybody of the branch on record; "" where that is what was asked."""
    query = [("q", form.cleaned_data["q"]), ("status", "all")]
    return urlencode(query) if form.cleaned_data["q"] and form.said != query else ""


@for_role(Role.HR_OFFICER)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter that was shown under a name; a refusal is told on the list itself."""
    user = person(request)
    asked = QueryDict(request.POST.get("query", ""))
    form, called = StaffFilter(asked, user=user), SaveForm(request.POST)
    if form.is_valid() and called.is_valid():
        try:
            kept = save_list(name=called.cleaned_data["name"], query=form.query, by=user)
        except RegistryError as error:
            called.refuse(error)
        else:
            messages.success(request, _("The list “%(name)s” is kept.") % {"name": kept.name})
            return redirect(_address(kept.query))
    return _page(request, form, called)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Delete a saved list, after asking. Nobody on it is touched."""
    user = person(request)
    kept: SavedList = saved_list(user, public_id)
    if request.method == "POST":
        name = delete_list(public_id=public_id, by=user)
        messages.success(request, _("The list “%(name)s” is deleted.") % {"name": name})
        return redirect(_address(kept.query))
    context = {
        "kept": kept,
        "back": _address(kept.query),
        "crumbs": [(reverse("reviewer:staff"), _("Staff"))],
    }
    return render(request, "web/reviewer/list_forget.html", context)


def _address(query: str) -> str:
    return f"{reverse('reviewer:staff')}?{query}" if query else reverse("reviewer:staff")
