"""The box, and the answer: for everybody, without signing in."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Badge, BadgeFrom, ResponsibleRole
from accounts.platforms import PLATFORMS
from common.errors import RegistryError
from registry.evidence.models import Direction
from registry.lookup.answers import Answer, Verdict
from registry.lookup.kept import end_of, kept_answer
from registry.lookup.questions import LONGEST, Question
from registry.lookup.selectors import page_by_id
from registry.web.citizen.limited import asking
from registry.web.forms import RegistryForm
from registry.web.law.day import AnyDayField

LOOKS = {
    Verdict.OFFICIAL: "ok",
    Verdict.FAKE: "bad",
    Verdict.FORMER: "attention",
    Verdict.NOT_ENROLLED: "wait",
    Verdict.NOT_REGISTERED: "neutral",
}


class AskForm(RegistryForm):
    """The box, and perhaps a past day."""

    q = forms.CharField(
        label=_("Link, handle or name of the page"),
        max_length=LONGEST,
        error_messages={"required": _("Type a link, a handle or a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )
    on = AnyDayField(label=_("As it stood on"), required=False)


@login_not_required
@require_safe
@asking
def lookup(request: HttpRequest) -> HttpResponse:
    """The box; with a question in the address, its answer."""
    if "q" not in request.GET:
        return render(request, "web/citizen/lookup.html", {"form": AskForm()})
    form = AskForm(request.GET)
    if form.is_valid():
        day = form.cleaned_data["on"]
        try:
            found, age = kept_answer(form.cleaned_data["q"], as_of=end_of(day))
        except RegistryError as error:
            form.refuse(error)
        else:
            return _answered(request, form, found, age, day)
    return render(request, "web/citizen/lookup.html", {"form": form}, status=422)


def _answered(request: HttpRequest, form: AskForm, found: Answer, age: int, day: date | None) -> HttpResponse:
    asked = {"q": form.cleaned_data["q"]}
    today = timezone.localdate()
    shared = reverse("citizen:lookup") + "?" + urlencode(asked | {"on": (day or today).isoformat()})
    context = {
        "form": form,
        "answer": found,
        "kind": LOOKS[found.verdict],
        "read_as": _read_as(found.question),
        "age": age,
        "on": day if found.as_of else None,
        "pages": [page_words(row) for row in found.pages],
        "shared": request.build_absolute_uri(shared),
        "report": _report_of(found),
    }
    response = render(request, "web/citizen/lookup.html", context)
    if age:
        response["Age"] = str(age)
    return response


def _report_of(found: Answer) -> str:
    """Where what was asked is reported, filled in as far as the answer goes; "" where it need not be."""
    link = found.question.link
    if link is None or found.verdict in {Verdict.OFFICIAL, Verdict.FAKE}:
        return ""
    known = {"agency": found.looks_like[0].agency_name} if found.looks_like else {}
    return reverse("citizen:report") + "?" + urlencode({"link": link.url} | known)


def _read_as(question: Question) -> str:
    """Which account a link leads to, or which site: addresses are made to be misread. "" for a name."""
    if question.link is None:
        return question.host
    shown = question.link.identifiers[0].shown
    return f"{PLATFORMS[question.link.platform].name} · {shown}"


@login_not_required
@require_safe
@asking
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One registered page, at an address that stays."""
    form = AskForm({"q": "-", "on": request.GET.get("on", "")})
    day = form.cleaned_data["on"] if form.is_valid() else None
    as_of = end_of(day)
    standing, former = page_by_id(public_id, as_of=as_of)
    context = {
        "page": page_words((standing or former)[0]),
        "is_official": bool(standing),
        "former": former,
        "on": day if as_of else None,
        "public_id": public_id,
        "shared": request.build_absolute_uri(reverse("citizen:page", args=[public_id])),
        "badge": request.build_absolute_uri(reverse("citizen:badge", args=[public_id])),
    }
    return render(request, "web/citizen/page.html", context)


def page_words(row: dict[str, Any]) -> dict[str, Any]:
    """A page with its codes in the reader's language."""
    known = PLATFORMS.get(row["platform"])
    seen = row.get("seen") or {}
    return {
        **row,
        "portal_seen": seen.get(Direction.FROM_PORTAL),
        "page_seen": seen.get(Direction.FROM_PAGE),
        "platform_name": known.name if known else row["platform"],
        "role": _label(ResponsibleRole, row.get("responsible_role")),
        "badge_words": _label(Badge, row.get("badge")),
        "badge_from_words": _label(BadgeFrom, row.get("badge_from")),
    }


def _label(codes: Any, code: str | None) -> Any:
    return codes(code).label if code and code in codes.values else ""
