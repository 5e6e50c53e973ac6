"""From the link in the letter to a login: see whose it is, choose a password."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.models import AgencyRecord, Official, OfficialRecord
from common.errors import RegistryError
from registry.users import services
from registry.web.access import Context
from registry.web.forms import RegistryForm, posted
from registry.web.signin import sign_in_as


class ActivationForm(RegistryForm):
    """A login name and a password, typed twice."""

    username = forms.CharField(
        label=gettext_lazy("Login name"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """The two must agree."""
        again = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords differ. Type the same one twice."))
        return again


@login_not_required
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """Step 1 shows whose invitation it is; step 2 asks for a password; then the person is signed in."""
    try:
        invitation = services.open_invitation(token)
    except RegistryError as error:
        context = {"message": str(error.message), "code": error.code}
        return render(request, "web/signin/invitation_refused.html", context, status=error.status)
    context = _who(invitation.official) | {"token": token, "email": invitation.email}
    if request.method == "GET" and request.GET.get("step") != "2":
        return render(request, "web/signin/invitation.html", context)
    suggested = services.suggest_login(invitation.official)
    form = ActivationForm(**posted(request), initial={"username": suggested})
    if request.method == "POST" and form.is_valid():
        try:
            user = services.activate(
                token=token,
                password=form.cleaned_data["password"],
                username=form.cleaned_data["username"],
                language=get_language() or "",
            )
        except RegistryError as error:
            form.refuse(error)
        else:
            sign_in_as(request, user)
            return redirect("home")
    status = 422 if form.is_bound else 200
    return render(request, "web/signin/invitation_password.html", context | {"form": form}, status=status)


def _who(official: Official) -> Context:
    record = OfficialRecord.objects.current().filter(official=official).first()
    agency = AgencyRecord.objects.current().filter(agency=record.agency_id).first() if record else None
    return {"record": record, "agency": agency}
