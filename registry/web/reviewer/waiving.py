"""Waiving one finding or many with one reason: first the preview, then the act, then its undoing."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.bulk.models import BulkAct
from registry.bulk.services import MOST, ask_waive, ask_waive_back, too_many
from registry.findings.models import Ended, Finding, State, Waiver, WaiverBatch
from registry.findings.selectors import STANDING, batch_for, batches_of, standing_findings
from registry.findings.wording import title_of
from registry.users.models import Role, User
from registry.users.policies import branches_of, covers, in_branches, not_found
from registry.web.access import for_role, person
from registry.web.finding import proof_file
from registry.web.forms import posted
from registry.web.paging import page_by_key
from registry.web.reviewer.back import came_from, with_back
from registry.web.reviewer.choosing import choice_of as people_chosen
from registry.web.reviewer.choosing import list_of, nobody_named
from registry.web.reviewer.finding import WaiverFields
from registry.web.reviewer.scope import HR, people, unit_of

SHOWN = 50  # findings a preview names
_CHOSEN_AT_ONCE = 200  # that an address can carry


class WaiverForm(WaiverFields):
    """One reason for all that are chosen."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person concerned and auditors read it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write down why. It is kept.")},
    )
    count = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("reason", "until", "proof", "count")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True
        self.fields["until"].error_messages["required"] = _("Say until when the finding is waived.")


@dataclass(frozen=True, slots=True)
class Choice:
    """The findings an address names, as far as this officer can waive them now."""

    findings: QuerySet[Finding, Finding]
    chosen: int  # of them, before those that cannot be waived fell out
    own: int  # about the officer
    asked: list[tuple[str, str]]  # the address again, for the form
    list: str  # the list it was made on
    list_name: str

    def count(self) -> int:
        """How many would be waived."""
        return self.findings.count()


def choice_of(user: User, asked: QueryDict) -> Choice:
    """What an address names.

    Single findings (`finding`, repeated), all that match the list's filter (`all`), or those of one rule
    about people of the staff list (`staff`, which names them as that list's own address does).

    Raises:
        NotFoundError: one of them, or the unit, is not the officer's.
        RegistryError: `too_many` people.
    """
    named = asked.get("staff", "")
    if named:
        rule = asked.get("rule", "")
        meant = people_chosen(user, QueryDict(named))
        if meant.too_many:
            raise too_many()
        found = findings_about(user, meant.officials).filter(rule=rule)
        kept = [("staff", named), ("rule", rule)]
        listed = list_of(meant), _("Staff")
    elif asked.get("all"):
        unit = unit_of(user, asked.get("unit", ""))
        rule, state = asked.get("rule", ""), asked.get("state", "")
        found = standing_findings(
            [unit.path] if unit else branches_of(user, HR),
            rules=[rule] if rule else (),
            states=[state] if state in STANDING else STANDING,
        )
        kept = [(name, asked.get(name, "")) for name in ("all", "rule", "unit", "state") if name in asked]
        query = urlencode(kept[1:])
        listed = f"{reverse('reviewer:findings')}?{query}", _("Findings")
    else:
        ids = _uuids(asked.getlist("finding")[:_CHOSEN_AT_ONCE])
        found = Finding.objects.filter(public_id__in=ids)
        branches = branches_of(user, HR)
        paths = list(found.values_list("agency_path", flat=True))
        if not ids or len(paths) < len(set(ids)) or not all(covers(branches, path) for path in paths):
            raise not_found()
        kept = [("finding", str(one)) for one in ids]
        listed = reverse("reviewer:findings"), _("Findings")
    chosen = found.count()
    own = Q(official_id=user.official_id) if user.official_id else Q(pk__in=())
    can_be = found.filter(state__in=STANDING).exclude(own)
    return Choice(can_be, chosen, found.filter(own).count(), kept, *listed)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest) -> HttpResponse:
    """Show what would be waived; a POST with the count that was shown waives it."""
    user = person(request)
    if request.method == "GET" and not any(request.GET.get(name) for name in ("staff", "all", "finding")):
        messages.info(request, _("Tick the findings to waive first."))
        return redirect("reviewer:findings")
    choice = choice_of(user, request.POST if request.method == "POST" else request.GET)
    back = came_from(request, choice.list)
    count = choice.count()
    form = WaiverForm(**posted(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if form.cleaned_data["count"] != count:
                status = 409
                messages.error(request, _("The list has changed meanwhile. Read it again, then waive."))
            else:
                act = _asked(user, choice, form)
                if act is not None:
                    return redirect(with_back(reverse("reviewer:act", args=[act.public_id]), back))
    context = {**_preview(choice, count, form), "back": back, "crumbs": [(back, choice.list_name)]}
    return render(request, "web/reviewer/waive.html", context, status=status)


def findings_about(user: User, officials: list[int]) -> QuerySet[Finding, Finding]:
    """What stands about some people and their accounts, in the officer's branches."""
    return standing_findings(branches_of(user, HR)).filter(official_id__in=officials)


@for_role(Role.HR_OFFICER)
@require_safe
def rules_of_people(request: HttpRequest) -> HttpResponse:
    """What stands about people chosen on the staff list, by rule: one rule is then waived at a time."""
    user = person(request)
    if (nobody := nobody_named(request)) is not None:
        return nobody
    choice = people_chosen(user, request.GET)
    back = came_from(request, list_of(choice))
    rows = findings_about(user, choice.officials).order_by().values_list("rule").annotate(number=Count("pk"))
    context = {
        "choice": choice,
        "rules": [(code, title_of(code), number) for code, number in rows.order_by("-number", "rule")],
        "named": urlencode(choice.asked),
        "most": MOST,
        "back": back,
        "crumbs": [(back, _("Staff"))],
    }
    return render(request, "web/reviewer/waive_people.html", context)


@for_role(Role.HR_OFFICER)
@require_safe
def waivers(request: HttpRequest) -> HttpResponse:
    """The acts of waiving in the officer's branches, newest first."""
    found = batches_of(person(request), HR)
    page = page_by_key(found, "-waived_at", "-id", cursor=request.GET.get("after", ""), size=25)
    context = {"page": page, "crumbs": [(reverse("reviewer:findings"), _("Findings"))]}
    return render(request, "web/reviewer/waivers.html", context)


@for_role(Role.HR_OFFICER)
@require_safe
def waiver(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One act of waiving: its reason, and every finding of it in the officer's branches."""
    user = person(request)
    batch = batch_for(user, public_id, HR)
    rows = _inside(user, batch).select_related("finding", "ended_by")
    page = page_by_key(rows, "finding_id", cursor=request.GET.get("after", ""), size=SHOWN)
    who = people({row.finding.official_id for row in page.rows if row.finding.official_id})
    return render(
        request,
        "web/reviewer/waiver.html",
        {
            "batch": batch,
            "page": page,
            "rows": [
                (
                    row.finding,
                    title_of(row.finding.rule),
                    who.get(row.finding.official_id or 0),
                    str(Ended(row.ended_reason).label) if row.ended_reason else "",
                )
                for row in page.rows
            ],
            "can_undo": batch.holding > 0,  # type: ignore[attr-defined]  # annotated
            "crumbs": _crumbs(),
        },
    )


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back all that still holds of an act of waiving, after asking."""
    user = person(request)
    batch = batch_for(user, public_id, HR)
    if request.method == "POST":
        try:
            act = ask_waive_back(batch=batch, by=user)
        except ConflictError as error:
            messages.error(request, str(error.message))
            return redirect("reviewer:waiver", public_id)
        return redirect("reviewer:act", act.public_id)
    crumbs = [*_crumbs(), (reverse("reviewer:waiver", args=[public_id]), _("Waiver"))]
    return render(request, "web/reviewer/waiver_undo.html", {"batch": batch, "crumbs": crumbs})


@for_role(Role.HR_OFFICER)
@require_safe
def proof(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The proof of a waiver, as a file."""
    user = person(request)
    return proof_file(batch_for(user, public_id, HR), by=user)


def _asked(user: User, choice: Choice, form: WaiverForm) -> BulkAct | None:
    said = form.cleaned_data
    try:
        return ask_waive(
            found=choice.findings, reason=said["reason"], until=said["until"], proof=said["proof"], by=user
        )
    except (NotFoundError, NotAllowedError):
        raise
    except RegistryError as error:
        form.refuse(error)
        return None


def _preview(choice: Choice, count: int, form: WaiverForm) -> dict[str, Any]:
    rows = list(choice.findings.order_by("agency_path", "pk")[:SHOWN])
    who = people({row.official_id for row in rows if row.official_id})
    rules = Counter(dict(choice.findings.values_list("rule").annotate(Count("pk")).order_by("rule")))
    return {
        "form": form,
        "count": count,
        "most": MOST,
        "too_many": count > MOST,
        "own": choice.own,
        "left_out": choice.chosen - count - choice.own,
        "asked": choice.asked,
        "rules": [(title_of(code), number) for code, number in rules.most_common()],
        "rows": [(row, title_of(row.rule), who.get(row.official_id or 0)) for row in rows],
        "more": max(count - len(rows), 0),
        "contested": choice.findings.filter(state=State.CONTESTED).count(),
    }


def _inside(user: User, batch: WaiverBatch) -> QuerySet[Waiver, Waiver]:
    return batch.waivers.filter(in_branches(branches_of(user, HR), "finding__agency_path"))


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            raise not_found() from None
    return found


def _crumbs() -> list[tuple[str, str]]:
    return [(reverse("reviewer:findings"), _("Findings")), (reverse("reviewer:waivers"), _("Waivers"))]
