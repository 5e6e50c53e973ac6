"""Reminding many people by letter: whom it reaches is shown first, then one act, then how far it has come."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.bulk.services import MOST, ask_remind
from registry.notifications.models import State
from registry.notifications.reminders import progress_of, reach_of, reminder_for
from registry.users.models import Role
from registry.web.access import for_role, person
from registry.web.reviewer.back import came_from, with_back
from registry.web.reviewer.choosing import Choice, choice_of, list_of, nobody_named
from registry.web.reviewer.scope import people
from registry.web.reviewer.standing import (
    Declared,
    has_finding,
    has_unconfirmed,
    standing_filter,
)

SHOWN = 50  # people a preview names


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """Show whom a reminder would reach; a POST with the mark of those who were shown sends it."""
    user = person(request)
    asked = request.POST if request.method == "POST" else request.GET
    if (nobody := nobody_named(request)) is not None:
        return nobody
    choice = choice_of(user, asked)
    back = came_from(request, list_of(choice))
    owing = owing_of(choice)
    status = 200
    if request.method == "POST":
        status = 409
        if request.POST.get("mark") != choice.mark or choice.too_many or not owing:
            messages.error(request, _("The list has changed meanwhile. Look at it again, then act."))
        else:
            act = ask_remind(officials=owing, by=user)
            return redirect(with_back(reverse("reviewer:act", args=[act.public_id]), back))
    shown = people(set(owing[:SHOWN]))
    context = {
        "choice": choice,
        "reach": reach_of(owing),
        "nothing": choice.count - len(owing),
        "rows": sorted(shown.values(), key=lambda who: owing.index(who.official.pk)),
        "more": max(len(owing) - SHOWN, 0),
        "most": MOST,
        "back": back,
        "crumbs": [(back, _("Staff"))],
    }
    return render(request, "web/reviewer/remind.html", context, status=status)


def owing_of(choice: Choice) -> list[int]:
    """Those of a choice who have something left to do, in the order of the staff list.

    To declare, to confirm, or to answer a finding: nobody else is written to.
    """
    due = standing_filter(Declared.MISSING) | has_unconfirmed() | has_finding()
    found = choice.people.filter(due).order_by("sort_key", "official")
    return list(found.values_list("official", flat=True))


@for_role(Role.HR_OFFICER)
@require_safe
def reminder(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What became of a reminder: how many letters are sent, wait, or could not be."""
    made = reminder_for(person(request), public_id)
    context = {
        "made": made,
        **_progress(progress_of(made)),
        "crumbs": [(reverse("reviewer:staff"), _("Staff"))],
    }
    return render(request, "web/reviewer/reminder.html", context)


@for_role(Role.HR_OFFICER)
@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the letters have come, as a piece of the page; once none waits, the whole page is asked for."""
    made = reminder_for(person(request), public_id)
    told = _progress(progress_of(made))
    response = render(request, "web/reviewer/_reminder.html", {"made": made, **told})
    if not told["waiting"]:
        response["HX-Refresh"] = "true"
    return response


def _progress(counts: dict[State, int]) -> dict[str, int]:
    waiting = counts.get(State.WAITING, 0)
    total = sum(counts.values())
    return {
        "sent": counts.get(State.SENT, 0),
        "failed": counts.get(State.FAILED, 0) + counts.get(State.DROPPED, 0),
        "waiting": waiting,
        "percent": 100 * (total - waiting) // total if total else 100,
    }
