"""The review queue: what waits, the most urgent first, and why it is."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.declarations.models import Declaration
from registry.declarations.selectors import gone_up, leases_on, own_declarations, returned_ones
from registry.declarations.states import Kind, State
from registry.findings.review import Urgency, in_turn, waiting
from registry.users.models import Role
from registry.web.access import for_role, person
from registry.web.paging import page_of
from registry.web.reviewer.scope import people, unit_names


@for_role(Role.HR_OFFICER)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this officer, and what of their own waits for others."""
    user = person(request)
    today = timezone.localdate()
    found = waiting(user, today)
    page = page_of(
        lambda after, limit: in_turn(found, today, after=after, limit=limit),
        *("urgency", "submitted_at", "id"),
        cursor=request.GET.get("after", ""),
        size=25,
    )
    who = people({row.official_id for row in page.rows})
    from_below = gone_up(page.rows)
    again = returned_ones(page.rows)
    leases = leases_on(user, page.rows)
    own = list(own_declarations(user).filter(state=State.SUBMITTED).prefetch_related("account__identifiers"))
    upwards = gone_up(own)
    above = unit_names({agency for agency in upwards.values() if agency is not None})
    return render(
        request,
        "web/reviewer/queue.html",
        {
            "page": page,
            "rows": [
                {
                    "declaration": row,
                    "who": who.get(row.official_id),
                    "days": (today - timezone.localtime(row.submitted_at).date()).days
                    if row.submitted_at
                    else 0,
                    "urgent": why_urgent(row),
                    "from_below": row.pk in from_below,
                    "is_again": row.pk in again,
                    "lease": leases.get(row.pk),
                }
                for row in page.rows
            ],
            "own": [(row, row.pk in upwards, above.get(upwards.get(row.pk) or 0, "")) for row in own],
        },
    )


def why_urgent(declaration: Declaration) -> str:
    """Why a case of the queue comes before older ones, in words; "" where it does not."""
    urgency = Urgency(declaration.urgency)  # type: ignore[attr-defined]  # annotated
    due_on = declaration.due_on  # type: ignore[attr-defined]  # annotated
    if urgency is Urgency.NONE:
        return ""
    if urgency is Urgency.REPORTED:
        return _("The person has reported that they lost this account or that it was taken over")
    last = {"day": date_format(due_on - timedelta(days=1), "SHORT_DATE_FORMAT")} if due_on else {}
    if declaration.kind == Kind.CHANGE:
        if urgency is Urgency.SOON:
            return _("To be confirmed by %(day)s") % last if last else _("To be confirmed within days")
        return _("Was to be confirmed by %(day)s") % last if last else _("The time to confirm it is over")
    if urgency is Urgency.SOON:
        return _("To be declared by %(day)s") % last if last else _("To be declared within days")
    return _("Was to be declared by %(day)s") % last if last else _("The time to declare is over")
