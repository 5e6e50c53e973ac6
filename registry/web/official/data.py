"""My data: all that is held about me, who looked, a copy to take away, and what I ask about it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import RegistryError
from registry.privacy import services
from registry.privacy.giving_out import as_json, as_pdf
from registry.privacy.held import held_about
from registry.privacy.looks import lists_naming, looks_at, told
from registry.privacy.models import Asked
from registry.privacy.not_listed import NOT_LISTED
from registry.privacy.selectors import own_request, own_requests
from registry.rules.legal.data_requests import ACKNOWLEDGE_WORKING_DAYS, CLOCKS
from registry.users.policies import not_found
from registry.web.access import declarant, for_officials, person
from registry.web.files import personal_file
from registry.web.forms import RegistryForm, posted
from registry.web.paging import page_by_key
from registry.web.requests import clocks, shown

_FILES = {"json": "application/json", "pdf": "application/pdf"}
_ROWS = 10  # of each section on the page; the file has all
_LOOKS = 25
_LISTS = 50


@for_officials
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Everything held about the person, each kind with where it comes from and how long it is kept."""
    held = list(held_about(declarant(request), limit=_ROWS))
    context = {
        "held": [each for each in held if each.rows],
        "empty": [each.section.title for each in held if not each.rows],
        "not_listed": list(NOT_LISTED.values()),
        "open": own_requests(person(request)).filter(answered_at__isnull=True).count(),
        "crumbs": [_home()],
    }
    return render(request, "web/official/data.html", context)


@for_officials
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at the person's data, by role and agency, and which lists may have named them."""
    official = declarant(request)
    page = page_by_key(looks_at(official), "-id", cursor=request.GET.get("after", ""), size=_LOOKS)
    context = {
        "page": page,
        "looks": told(official, page.rows),
        "lists": lists_naming(official, limit=_LISTS) if page.is_first else [],
        "crumbs": [_home(), _mine()],
    }
    return render(request, "web/official/looks.html", context)


@for_officials
@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    """All of it as a file. That it was taken is written down among the looks.

    Raises:
        NotFoundError: there is no such form of it.
    """
    official, now = declarant(request), timezone.now()
    if form not in _FILES:
        raise not_found()
    services.note_look(official=official, page="data_file", by=person(request), form=form)
    content = as_json(official, at=now) if form == "json" else as_pdf(official, at=now)
    return personal_file(content, f"chinh-danh-{timezone.localdate(now):%Y%m%d}.{form}", _FILES[form])


class AskForm(RegistryForm):
    """What is asked, and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you ask for"), choices=Asked.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what you ask for.")},
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("What exactly, and why"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say what exactly, and why.")},
    )


@for_officials
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for correction, erasure, less use, or a copy."""
    form = AskForm(**posted(request), initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask(
                official=declarant(request),
                kind=Asked(form.cleaned_data["kind"]),
                text=form.cleaned_data["text"],
                by=person(request),
            )
        except RegistryError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Sent. HR of your agency has been asked."))
            return redirect("official:data_request", made.public_id)
    context = {
        "form": form,
        "basis": clocks(),
        "acknowledge": ACKNOWLEDGE_WORKING_DAYS,
        "days": [(Asked(right.value).label, clock.days) for right, clock in CLOCKS.items()],
        "crumbs": [_home(), _mine()],
    }
    return render(request, "web/official/data_ask.html", context, status=422 if form.errors else 200)


@for_officials
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What the person asked, newest first."""
    rows = own_requests(person(request))
    page = page_by_key(rows, "-id", cursor=request.GET.get("after", ""), size=_LOOKS)
    context = {"page": page, "told": [shown(each) for each in page.rows], "crumbs": [_home(), _mine()]}
    return render(request, "web/official/data_requests.html", context)


@for_officials
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request: where it stands and until when it is to be answered."""
    context = {
        "told": shown(own_request(person(request), public_id)),
        "basis": clocks(),
        "crumbs": [_home(), _mine(), (reverse("official:data_requests"), _("Requests about my data"))],
    }
    return render(request, "web/official/data_request.html", context)


def _home() -> tuple[str, Any]:
    return reverse("official:home"), _("My accounts")


def _mine() -> tuple[str, Any]:
    return reverse("official:data"), _("My data")
