"""Whether the portal and the page link to each other: what was last seen, its age, every look before."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from common.errors import ConflictError
from registry.declarations.page_selectors import page_entry_for
from registry.evidence import services
from registry.evidence.causes import Cause
from registry.evidence.models import Direction, How, Result, Sighting
from registry.evidence.selectors import Seen, history, last_seen
from registry.users.models import Role
from registry.web.access import for_role, person
from registry.web.paging import page_by_key

_KINDS = {Result.LINKED: "ok", Result.NOT_LINKED: "attention", Result.COULD_NOT_CHECK: "neutral"}


@dataclass(frozen=True, slots=True)
class Look:
    """One look in words."""

    sighting: Sighting
    direction: str
    kind: str
    result: str
    cause: str
    how: str
    age: str


def _told(sighting: Sighting) -> Look:
    days = (timezone.localdate() - timezone.localdate(sighting.seen_at)).days
    return Look(
        sighting,
        age=ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days} if days else _("today"),
        direction=str(Direction(sighting.direction).label),
        kind=_KINDS[Result(sighting.result)],
        result=str(Result(sighting.result).label),
        cause=str(Cause(sighting.cause).label) if sighting.cause else "",
        how=str(How(sighting.how).label) if sighting.how else "",
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One direction: the last result with its age, and the last try where that came to none."""

    code: str
    label: str
    known: Look | None
    failed: Look | None


def _side(direction: Direction, seen: Seen) -> Side:
    failed = seen.last if seen.last is not None and seen.last != seen.known else None
    return Side(
        code=direction.value,
        label=str(direction.label),
        known=_told(seen.known) if seen.known is not None else None,
        failed=_told(failed) if failed is not None else None,
    )


@for_role(Role.HR_OFFICER)
@require_safe
def seen(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """What was seen of one page and its portal."""
    entry = page_entry_for(person(request), account_id)
    page = page_by_key(history(entry.account_id), "-id", cursor=request.GET.get("after", ""), size=20)
    both = last_seen([entry.account_id])[entry.account_id]
    context = {
        "entry": entry,
        "sides": [_side(direction, seen) for direction, seen in both.items()],
        "page": page,
        "looks": [_told(each) for each in page.rows],
        "crumbs": [
            (reverse("reviewer:pages"), _("Our pages")),
            (reverse("reviewer:page", args=[account_id]), entry.facts.name_shown),
        ],
    }
    return render(request, "web/reviewer/page_seen.html", context)


@for_role(Role.HR_OFFICER)
@require_POST
def look(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Have the page and its portal looked at now."""
    user = person(request)
    entry = page_entry_for(user, account_id)
    try:
        services.ask(account=entry.account, by=user)
    except ConflictError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Asked for. The result is here within a minute or two."))
    return redirect("reviewer:page_seen", account_id=account_id)
