"""Reading the code of conduct, and accepting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.code_of_conduct import current_on
from accounts.models import CodeAcceptance, Official
from common.errors import ConflictError
from registry.declarations import services
from registry.rules.profiles import profile_by_number
from registry.web.access import declarant, for_officials, person


def to_accept(official: Official, profile: int) -> bool:
    """Whether a profile (its number) asks to accept the wording in effect, and the person has not yet."""
    wording = current_on(timezone.localdate())
    if wording is None or profile_by_number(profile).days_to_accept_code is None:
        return False
    accepted = CodeAcceptance.objects.current().filter(official=official, version=wording.number)
    return not accepted.exists()


@for_officials
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The wording in effect, and the person's own word on it."""
    official = declarant(request)
    wording = current_on(timezone.localdate())
    refusal = ""
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            services.accept_code(
                official=official, version=int(version) if version.isdecimal() else 0, by=person(request)
            )
        except ConflictError as error:
            refusal = str(error.message)
        else:
            messages.success(request, _("Thank you. It is recorded that you read and accepted it."))
            return redirect("official:home")
    accepted = CodeAcceptance.objects.current().filter(
        official=official, version=wording.number if wording else 0
    )
    context = {
        "wording": wording,
        "accepted": accepted.first(),
        "refusal": refusal,
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/code.html", context, status=409 if refusal else 200)
