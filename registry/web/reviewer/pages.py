"""The agency's own pages: which stand, what is to be put right, one page with all that is said of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import AccountIdentifier, AgencyRecord, Entry
from accounts.platforms import PERMANENT_ID
from registry.declarations import services
from registry.declarations.page_selectors import (
    disputed_among,
    fakes_for,
    open_page_declarations_for,
    page_declarations_for,
    page_entries_for,
    page_entry_for,
    page_queue_for,
    pages_held_for,
)
from registry.declarations.states import DISPUTE_NOTICE, OPEN
from registry.findings.models import Finding
from registry.findings.models import State as FindingState
from registry.rules.rule import Subject
from registry.users.models import Role
from registry.web.access import for_role, person
from registry.web.paging import page_by_key
from registry.web.reviewer.page_words import lines_of
from registry.web.reviewer.scope import unit_names
from registry.web.reviewer.told import account_said, tell

_MANY = 50  # declarations and fakes a page shows


@for_role(Role.HR_OFFICER)
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """What stands of the branch's pages, what waits, and what poses as one of them."""
    user = person(request)
    page = page_by_key(pages_held_for(user), "account_id", cursor=request.GET.get("after", ""), size=25)
    accounts = [held.account_id for held in page.rows]
    standing = list(page_entries_for(user).filter(account__in=accounts).order_by("account_id"))
    waiting = list(open_page_declarations_for(user)[:_MANY])
    fakes = list(fakes_for(user)[:_MANY])
    names = unit_names(
        {row.facts.agency_id for row in standing if row.facts.agency_id}
        | {row.agency_id for row in waiting}
        | {row.agency_id for row in fakes}
    )
    found = _open_of(accounts)
    disputed = disputed_among(accounts)
    mine = set(page_queue_for(user).values_list("pk", flat=True)[:_MANY]) if waiting else set()
    context = {
        "page": page,
        "rows": [
            (
                row,
                names.get(row.facts.agency_id or 0, ""),
                found.get(row.account_id, 0),
                row.account_id in disputed,
            )
            for row in standing
        ],
        "waiting": [(row, names.get(row.agency_id, ""), row.pk in mine) for row in waiting],
        "fakes": [(row, names.get(row.agency_id, "")) for row in fakes],
    }
    return render(request, "web/reviewer/pages.html", context)


@for_role(Role.HR_OFFICER)
@require_safe
def one(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One page: what stands, what is not in line, what can be done."""
    user = person(request)
    entry = page_entry_for(user, account_id)
    record = _agency_of(entry)
    found = Finding.objects.filter(subject_kind=Subject.PAGE, subject_id=entry.account_id)
    under_way = page_declarations_for(user).filter(account=entry.account_id, state__in=OPEN).first()
    context: dict[str, Any] = {
        "entry": entry,
        "agency": record,
        "lines": lines_of(entry.facts),
        "permanent": AccountIdentifier.objects.current()
        .filter(account=entry.account_id, kind=PERMANENT_ID)
        .values_list("shown", flat=True)
        .first(),
        "told": [tell(each) for each in found.filter(resolved_at=None).order_by("-severity", "rule")],
        "under_way": under_way,
        "portal_unrecorded": services.portal_unrecorded(entry.facts),
        "contested": bool(disputed_among([entry.account_id])),
        "dispute_notice": DISPUTE_NOTICE,
        "gone": record.dissolved_on is not None and record.dissolved_on <= timezone.localdate(),
        "history": Entry.objects.filter(account=entry.account_id)
        .select_related("recorded_by")
        .order_by("-recorded_from")[:_MANY],
        "crumbs": [(reverse("reviewer:pages"), _("Our pages"))],
    }
    return render(request, "web/reviewer/page.html", context)


@for_role(Role.HR_OFFICER)
@require_POST
def confirm(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Say that what stands of a page is still right."""
    user = person(request)
    entry = page_entry_for(user, account_id)
    services.confirm_page(entry=entry, by=user)
    messages.success(request, _("Confirmed: %s.") % account_said(entry.account))
    return redirect("reviewer:page", account_id=account_id)


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Ask that a page be taken out of the register; another officer decides."""
    user = person(request)
    entry = page_entry_for(user, account_id)
    if request.method == "POST":
        asked = services.ask_to_close_page(account=entry.account, by=user)
        messages.success(request, _("Put forward. Another HR officer, or the parent agency's, decides."))
        return redirect("reviewer:page_case", public_id=asked.public_id)
    return render(request, "web/reviewer/page_close.html", {"entry": entry, "agency": _agency_of(entry)})


def _agency_of(entry: Entry) -> AgencyRecord:
    return AgencyRecord.objects.current().select_related("agency").get(agency=entry.facts.agency_id)


def _open_of(account_ids: list[int]) -> dict[int, int]:
    """How many findings stand open of each page."""
    rows = Finding.objects.filter(
        subject_kind=Subject.PAGE, subject_id__in=account_ids, state=FindingState.OPEN
    )
    return dict(rows.order_by().values_list("subject_id").annotate(Count("pk")))
