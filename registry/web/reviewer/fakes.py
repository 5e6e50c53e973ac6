"""Pages that pose as the agency: confirmed as fakes, for all to see; taken back where that was wrong."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import AgencyRecord
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import services
from registry.declarations.page_selectors import fakes_for
from registry.users.models import Role
from registry.users.policies import not_found
from registry.web.access import for_role, person
from registry.web.reviewer.page_forms import PageLinkForm
from registry.web.reviewer.scope import own_agencies, unit_of
from registry.web.reviewer.told import account_said


class FakeForm(PageLinkForm):
    """A page that poses as an agency."""

    name_shown = forms.CharField(label=gettext_lazy("Name it shows"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].label = gettext_lazy("As which agency it poses")
        self.fields["link"].label = gettext_lazy("Link to the fake page")


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm that a page poses as an agency of the branch."""
    user = person(request)
    form = FakeForm(request.POST, user=user, own=own_agencies(user))
    if request.method == "POST" and form.is_valid():
        posed_as = unit_of(user, form.cleaned_data["agency"])
        if posed_as is None:
            raise not_found()
        try:
            fake = services.confirm_fake(
                agency=posed_as.agency, link=form.found, by=user, name_shown=form.cleaned_data["name_shown"]
            )
        except (NotFoundError, NotAllowedError):
            raise
        except RegistryError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Confirmed as a fake: %s.") % account_said(fake.account))
            return redirect("reviewer:pages")
    context = {"form": form, "crumbs": [(reverse("reviewer:pages"), _("Our pages"))]}
    return render(request, "web/reviewer/fake.html", context, status=422 if form.is_bound else 200)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, fake: int) -> HttpResponse:
    """Take back that a page poses as the agency, after asking back."""
    user = person(request)
    found = fakes_for(user).filter(pk=fake).first()
    if found is None:
        raise not_found()
    if request.method == "POST":
        services.withdraw_fake(fake=found, by=user)
        messages.success(request, _("Taken back: %s.") % account_said(found.account))
        return redirect("reviewer:pages")
    posed_as = AgencyRecord.objects.current().get(agency=found.agency_id)
    return render(request, "web/reviewer/fake_withdraw.html", {"fake": found, "agency": posed_as})
