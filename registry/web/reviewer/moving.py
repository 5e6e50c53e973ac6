"""Moving many people to another unit: whom is shown first, then one act, then, perhaps, its undoing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import GONE, Agency
from accounts.services.moving import can_move, moved_by
from common.errors import ConflictError
from registry.bulk.services import MOST, ask_move, ask_move_back
from registry.users.models import Role, User
from registry.users.selectors import agency_for, move_for
from registry.web.access import for_role, person
from registry.web.forms import RegistryForm
from registry.web.reviewer.back import came_from, with_back
from registry.web.reviewer.choosing import Choice, choice_of, list_of, nobody_named
from registry.web.reviewer.scope import HR, people, unit_names
from registry.web.reviewer.units import UnitField

SHOWN = 50  # people a preview names
_UNITS = 20  # units of theirs it names


class MoveForm(RegistryForm):
    """Whither. It lives in the address until it is confirmed."""

    to = UnitField(label=gettext_lazy("To which unit"), whole=gettext_lazy("Choose a unit"))

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        field = self.fields["to"]
        assert isinstance(field, UnitField)  # noqa: S101 - declared so above; mypy does not know
        field.offer(user, sent=data.get("to", "") if data else "")


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """Ask whither, show who would move; a POST with the mark of those who were shown moves them."""
    user = person(request)
    asked = request.POST if request.method == "POST" else request.GET
    if (nobody := nobody_named(request)) is not None:
        return nobody
    choice = choice_of(user, asked)
    back = came_from(request, list_of(choice))
    form = MoveForm(asked if "to" in asked else None, user=user)
    to = agency_for(user, form.cleaned_data["to"], HR) if form.is_valid() else None
    status = 422 if form.errors else 200
    if to is not None and request.method == "POST":
        if asked.get("mark") == choice.mark and not choice.too_many:
            act = ask_move(officials=choice.officials, to=to, by=user)
            return redirect(with_back(reverse("reviewer:act", args=[act.public_id]), back))
        status = 409
        messages.error(request, _("The list has changed meanwhile. Look at it again, then act."))
    context = {
        "choice": choice,
        "most": MOST,
        "form": form,
        "to": to,
        **(_shown(choice, to) if to is not None else {}),
        "back": back,
        "crumbs": [(back, _("Staff"))],
    }
    return render(request, "web/reviewer/move_people.html", context, status=status)


def _shown(choice: Choice, to: Agency) -> dict[str, Any]:
    moving = can_move(choice.people, to)
    counts = choice.people.order_by().aggregate(
        there=Count("pk", filter=Q(agency=to) & ~Q(status__in=GONE)),
        gone=Count("pk", filter=Q(status__in=GONE)),
    )
    number = moving.count()
    first = list(moving.order_by("sort_key", "official").values_list("official", flat=True)[:SHOWN])
    who = people(set(first))
    units = moving.order_by().values_list("agency").annotate(people=Count("pk"))
    from_units = list(units.order_by("-people", "agency")[:_UNITS])
    names = unit_names({agency for agency, _count in from_units} | {to.pk})
    return {
        "number": number,
        "to_name": names[to.pk],
        "there": counts["there"],
        "gone": counts["gone"],
        "foreign": choice.count - number - counts["there"] - counts["gone"],
        "from_units": [(names.get(agency, ""), count) for agency, count in from_units],
        "rows": [who[official] for official in first if official in who],
        "more": max(number - SHOWN, 0),
    }


@for_role(Role.HR_OFFICER)
@require_safe
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What an act of moving did, and whether it can still be undone."""
    done = move_for(person(request), public_id, HR)
    still = moved_by(done)
    first = list(still.order_by("sort_key", "official").values_list("official", flat=True)[:SHOWN])
    who = people(set(first))
    standing = still.count()
    context = {
        "done": done,
        "unit": done.agency,
        "unit_name": unit_names({done.agency_id})[done.agency_id],
        "rows": [who[official] for official in first if official in who],
        "more": max(standing - SHOWN, 0),
        "can_undo": done.undone_at is None and standing == done.people,
        "crumbs": [(reverse("reviewer:staff"), _("Staff"))],
    }
    return render(request, "web/reviewer/move.html", context)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a move back, after asking."""
    user = person(request)
    done = move_for(user, public_id, HR)
    if request.method == "POST":
        try:
            act = ask_move_back(move=done, by=user)
        except ConflictError as error:
            messages.error(request, str(error.message))
            return redirect("reviewer:move", public_id)
        return redirect("reviewer:act", act.public_id)
    context = {
        "done": done,
        "unit_name": unit_names({done.agency_id})[done.agency_id],
        "crumbs": [
            (reverse("reviewer:staff"), _("Staff")),
            (reverse("reviewer:move", args=[public_id]), _("Moved to another unit")),
        ],
    }
    return render(request, "web/reviewer/move_undo.html", context)
