"""What people of the branch ask about their data: the oldest deadline first, acknowledged, answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.privacy import services
from registry.privacy.models import DataRequest, Outcome
from registry.privacy.policies import is_own
from registry.privacy.selectors import request_for, requests_for
from registry.users.models import Role, User
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm, posted
from registry.web.paging import page_by_key
from registry.web.requests import clocks, refusals, shown
from registry.web.reviewer.scope import people


class AnswerForm(RegistryForm):
    """Done, or refused and on what ground; either way in words for the person."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it was done or is refused.")},
    )  # fmt: skip
    basis = forms.ChoiceField(label=gettext_lazy("Legal basis of the refusal"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What was done, or why not"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write down what was done, or why not.")},
    )

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = [("", "—"), *grounds]  # type: ignore[attr-defined]


class ExtendForm(RegistryForm):
    """Why it takes longer."""

    text = forms.CharField(
        label=gettext_lazy("Why it takes longer"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write down why it takes longer.")},
    )


@for_role(Role.HR_OFFICER)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest deadline first; or, asked for, those that are answered."""
    user = person(request)
    answered = request.GET.get("answered") == "1"
    keys = ("-answered_at", "-id") if answered else ("due_next", "id")
    page = page_by_key(requests_for(user, answered=answered), *keys, cursor=request.GET.get("after", ""))
    who = people({each.official_id for each in page.rows})
    told = [(shown(each), who.get(each.official_id)) for each in page.rows]
    context = {"page": page, "told": told, "answered": answered}
    return render(request, "web/reviewer/data_requests.html", context)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request and its answer. Looking at it is written down, for the person to read."""
    user = person(request)
    found = request_for(user, public_id)
    form = AnswerForm(**posted(request), grounds=refusals(found))
    if request.method == "POST":
        if form.is_valid() and _answered(found, form, user):
            messages.success(request, _("Answered. The person sees it on their page."))
            return redirect("reviewer:data_request", public_id)
    else:
        services.note_look(official=found.official, page="request", by=user)
    context = {
        "told": shown(found),
        "basis": clocks(),
        "who": people({found.official_id}).get(found.official_id),
        "is_own": is_own(user, found),
        "form": form,
        "crumbs": [(reverse("reviewer:data_requests"), _("Data requests"))],
    }
    return render(request, "web/reviewer/data_request.html", context, status=422 if form.errors else 200)


def _answered(found: DataRequest, form: AnswerForm, user: User) -> bool:
    said = form.cleaned_data
    try:
        services.answer(
            request=found,
            outcome=Outcome(said["outcome"]),
            text=said["text"],
            basis=said["basis"],
            by=user,
        )
    except (NotFoundError, NotAllowedError):
        raise
    except RegistryError as error:
        form.refuse(error)
        return False
    return True


@for_role(Role.HR_OFFICER)
@require_POST
def acknowledge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a request arrived."""
    user = person(request)
    services.acknowledge(request=request_for(user, public_id), by=user)
    messages.success(request, _("Acknowledged. The person sees that HR is looking into it."))
    return redirect("reviewer:data_request", public_id)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the time to answer once more: why, and until when it then is."""
    user = person(request)
    found = request_for(user, public_id)
    form = ExtendForm(**posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.extend(request=found, text=form.cleaned_data["text"], by=user)
        except (NotFoundError, NotAllowedError, ConflictError):
            raise
        except RegistryError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Extended. The person is told by letter."))
            return redirect("reviewer:data_request", public_id)
    told = shown(found)
    context = {
        "told": told,
        "form": form,
        "who": people({found.official_id}).get(found.official_id),
        "basis": clocks(),
        "crumbs": [
            (reverse("reviewer:data_requests"), _("Data requests")),
            (reverse("reviewer:data_request", args=[public_id]), told.kind),
        ],
    }
    return render(request, "web/reviewer/data_extend.html", context, status=422 if form.errors else 200)
