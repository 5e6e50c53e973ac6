"""One unit merges into another: what it touches is shown first; then one act; then, perhaps, its undoing."""

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

from accounts import services as book
from accounts.models import AgencyRecord, Reorganisation, UnitsGo
from accounts.paths import ancestors
from accounts.services import TakenOver, pages_taken_over
from accounts.services.reorganising import built_upon, rehung_with, require_possible
from common.errors import ConflictError, RegistryError
from registry.users.models import Role, User
from registry.users.policies import branches_of, covers, not_found
from registry.users.selectors import agency_for, mergers_for
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.reviewer.scope import HR, unit_names, unit_of
from registry.web.reviewer.touched import touched_by
from registry.web.reviewer.units import UnitField

_TROUBLES = {
    "dissolved_already": gettext_lazy("The unit was recorded as ended in the meantime."),
    "successor_ends": gettext_lazy("The unit it was to merge into has ended in the meantime."),
    "circle": gettext_lazy("The unit it was to merge into has come to lie inside it."),
    "other_branch": gettext_lazy("The two have come to belong to different provinces or central bodies."),
    "nothing_above": gettext_lazy("There is no body above it any more for its units to hang below."),
}


class MergeForm(RegistryForm):
    """What is decided. It lives in the address until it is confirmed."""

    into = UnitField(label=gettext_lazy("Merges into"))
    on = forms.DateField(label=gettext_lazy("From which day it no longer exists"))
    number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=120)
    decided_on = forms.DateField(label=gettext_lazy("Date of the decision"))
    units = forms.ChoiceField(
        label=gettext_lazy("What becomes of the units below it"),
        choices=UnitsGo.choices,
        widget=forms.RadioSelect,
        initial=UnitsGo.UNDER,
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the people who were shown

    def __init__(self, data: Any, *, user: User, record: AgencyRecord) -> None:
        super().__init__(data)
        into = self.fields["into"]
        assert isinstance(into, UnitField)  # noqa: S101 - declared so above; mypy does not know
        into.offer(user, sent=data.get("into", "") if data else "")
        if not rehung_with(record, UnitsGo.UNDER).exists():
            del self.fields["units"]
        elif not _reaches_above(user, record):
            choices = [each for each in UnitsGo.choices if each[0] != UnitsGo.ABOVE]
            self.fields["units"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def said(self) -> dict[str, Any]:
        """What was chosen, of a form that is valid."""
        return {"units": UnitsGo.UNDER.value} | self.cleaned_data


def _reaches_above(user: User, record: AgencyRecord) -> bool:
    """Whether the body right above a unit is the officer's too."""
    above = record.path.removesuffix(f"{record.agency_id}/")
    return bool(above) and covers(branches_of(user, HR), above)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what is decided, show what it touches, and do it."""
    user = person(request)
    record = unit_of(user, code)
    assert record is not None  # noqa: S101 - an address always has a code; mypy does not know
    if record.dissolved_on is not None:
        messages.info(request, _("This unit has ended already."))
        return redirect("reviewer:agency", code=code)
    sent = request.POST if request.method == "POST" else request.GET
    form = MergeForm(sent or None, user=user, record=record)
    goes_on, touched = None, None
    if form.is_valid():
        said = form.said
        goes_on = unit_of(user, said["into"])
        assert goes_on is not None  # noqa: S101 - the field is required
        try:
            require_possible(
                agency=record,
                successor=goes_on,
                on=said["on"],
                units=said["units"],
                decided_on=said["decided_on"],
            )
            if request.method == "POST":
                done = _merge(user, record, goes_on, said)
                messages.success(request, _told(done))
                return redirect("reviewer:merger", public_id=done.public_id)
        except ConflictError:
            raise
        except RegistryError as error:
            form.refuse(error)
        else:
            touched = touched_by(record, goes_on, said["units"], said["on"])
    context = {
        "record": record,
        "form": form,
        "into": goes_on,
        "touched": touched,
        "said": form.said if touched else {},
        "ahead": touched is not None and form.said["on"] > timezone.localdate(),
        "units_say": UnitsGo(form.said["units"]).label if touched else "",
        "outside": _outside(user, record),
        "crumbs": [(reverse("reviewer:agency", args=[code]), record.name)],
    }
    status = 422 if form.is_bound and touched is None else 200
    return render(request, "web/reviewer/merge.html", context, status=status)


def _merge(user: User, record: AgencyRecord, goes_on: AgencyRecord, said: dict[str, Any]) -> Reorganisation:
    return book.merge_agency(
        agency=agency_for(user, record.agency.code, HR),
        successor=agency_for(user, goes_on.agency.code, HR),
        on=said["on"],
        number=said["number"],
        decided_on=said["decided_on"],
        units=said["units"],
        expected=said["expected"],
        by=user,
    )


def _told(done: Reorganisation) -> str:
    if done.carried_out_at is None:
        return _("The decision is recorded. It is carried out on its day.")
    return _("The merger is recorded. Everybody concerned is compared afresh within minutes.")


def _outside(user: User, record: AgencyRecord) -> str:
    """The nearest body above the officer's own branch, whose HR can choose units the officer cannot."""
    branch = next((one for one in branches_of(user, HR) if record.path.startswith(one)), record.path)
    above = ancestors(branch)[:-1]
    return unit_names(set(above[-1:])).get(above[-1], "") if above else ""


@for_role(Role.HR_OFFICER)
@require_safe
def merger(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One merger: what was decided, what was done, what can still be taken back."""
    user = person(request)
    one, ends, goes_on = _one(user, public_id)
    built = built_upon(one) if one.state == Reorganisation.State.DONE else {}
    context = {
        "one": one,
        "ends": ends,
        "into": goes_on,
        "state": one.state,
        "units_say": UnitsGo(one.units).label,
        "trouble": _TROUBLES.get(one.trouble, ""),
        "touched": touched_by(ends, goes_on, one.units, one.happens_on)
        if one.state == Reorganisation.State.PLANNED
        else None,
        "built": built,
        "taken_over": _taken_over(one),
        "gone_on": any(built.values()),
        "crumbs": [(reverse("reviewer:agency", args=[ends.agency.code]), ends.name)],
    }
    return render(request, "web/reviewer/merger.html", context)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Cancel what waits for its day, undo what was carried out: first what that means, then the act."""
    user = person(request)
    one, ends, goes_on = _one(user, public_id)
    if request.method == "POST":
        if request.POST.get("state") == Reorganisation.State.PLANNED:
            book.cancel_merger(reorganisation=one, by=user)
            messages.success(request, _("The merger is cancelled. Nothing has changed."))
        else:
            book.undo_merger(reorganisation=one, by=user)
            messages.success(request, _("The merger is undone. Everybody is back where they were."))
        return redirect("reviewer:merger", public_id=public_id)
    context = {
        "one": one,
        "ends": ends,
        "into": goes_on,
        "state": one.state,
        "taken_over": _taken_over(one),
        "crumbs": [
            (reverse("reviewer:agency", args=[ends.agency.code]), ends.name),
            (reverse("reviewer:merger", args=[public_id]), _("Merger")),
        ],
    }
    return render(request, "web/reviewer/merger_take_back.html", context)


def _one(user: User, public_id: UUID) -> tuple[Reorganisation, AgencyRecord, AgencyRecord]:
    one = mergers_for(user, HR).filter(public_id=public_id).first()
    if one is None:
        raise not_found()
    records = {
        each.agency_id: each
        for each in AgencyRecord.objects.current()
        .filter(agency__in=[one.agency_id, one.successor_id])
        .select_related("agency")
    }
    return one, records[one.agency_id], records[one.successor_id]


def _taken_over(one: Reorganisation) -> list[tuple[TakenOver, str]]:
    """The pages the successor took over, each with the agency it was of; for one carried out."""
    if one.state != Reorganisation.State.DONE:
        return []
    found = pages_taken_over(one)
    names = unit_names({each.former_agency for each in found})
    return [(each, names.get(each.former_agency, "")) for each in found]


def mergers_of(user: User, record: AgencyRecord) -> list[tuple[Reorganisation, str, str]]:
    """The mergers a unit had or is to have a part in, newest first, with the names of both."""
    found = mergers_for(user, HR)
    rows = list(found.filter(agency=record.agency_id) | found.filter(successor=record.agency_id))
    names = unit_names({each.agency_id for each in rows} | {each.successor_id for each in rows})
    return [(each, names[each.agency_id], names[each.successor_id]) for each in rows]
