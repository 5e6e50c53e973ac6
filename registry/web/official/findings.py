"""One finding about me: what was compared, what happened, and my word against it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.findings import services
from registry.findings.models import Contest, Outcome, State
from registry.findings.selectors import own_finding
from registry.findings.wording import told_to_the_person
from registry.web.access import for_officials, person
from registry.web.finding import about
from registry.web.forms import RegistryForm, posted
from registry.web.official.wording import status_of


class ContestForm(RegistryForm):
    """What is wrong with the finding."""

    text = forms.CharField(
        label=gettext_lazy("What is not right about it?"),
        help_text=gettext_lazy(
            "For example: the name is a pen name your agency knows, or your HR record is wrong."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what is not right. HR answers it.")},
    )


@for_officials
@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read one finding about oneself; a POST contests it."""
    user = person(request)
    found = own_finding(user, public_id)
    form = ContestForm(**posted(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.contest(finding=found, text=form.cleaned_data["text"], by=user)
            except (NotFoundError, NotAllowedError):
                raise
            except ConflictError as error:
                messages.error(request, str(error.message))
                return redirect("official:finding", public_id)
            except RegistryError as error:
                form.refuse(error)
            else:
                messages.success(
                    request,
                    _("Sent. Your HR officer answers it; you hear by e-mail and read the answer here."),
                )
                return redirect("official:finding", public_id)
    state, kind = status_of(found)
    answered = Contest.objects.filter(finding=found).exclude(answer="").order_by("-answered_at").first()
    context = {
        **about(found, say=told_to_the_person),
        "state": state,
        "kind": kind,
        "form": form,
        "answered": answered,
        "answered_words": Outcome(answered.answer).label if answered else "",
        "can_contest": found.state in {State.OPEN, State.UNCHECKED},
        "crumbs": [(reverse("official:home"), _("My accounts"))],
    }
    return render(request, "web/official/finding.html", context, status=status)
