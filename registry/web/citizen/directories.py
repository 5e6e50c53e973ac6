"""Directories: agencies with their pages, platforms with theirs."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.platforms import PLATFORMS
from common.errors import NotFoundError
from registry.lookup.answers import agencies_named, pages_of_agencies, with_addresses
from registry.lookup.selectors import (
    agencies_called,
    agencies_with_pages,
    agency_by_code,
    enrolled_of,
    inspectorate_of,
    pages_by_platform,
    pages_on,
    reach_of,
)
from registry.web.citizen.asking import page_words
from registry.web.citizen.limited import asking
from registry.web.paging import page_by_key

_FOUND = 50
_SIZE = 50


@login_not_required
@require_safe
@asking
def agencies(request: HttpRequest) -> HttpResponse:
    """Agencies by name: those with pages, or, asked for, whoever is called so."""
    q = request.GET.get("q", "").strip()[:200]
    if q:
        found = agencies_named(agencies_called(q)[:_FOUND])
        with_pages = enrolled_of([row["agency"] for row in found])
        rows = [(row["code"], row["name"], row["above"], row["agency"] in with_pages) for row in found]
        return render(request, "web/citizen/agencies.html", {"q": q, "rows": rows})
    page = page_by_key(agencies_with_pages(), "name", "id", cursor=request.GET.get("after", ""), size=_SIZE)
    told = {row["agency"]: row["above"] for row in agencies_named([each.agency_id for each in page.rows])}
    rows = [(each.agency.code, each.name, told.get(each.agency_id, ""), True) for each in page.rows]
    return render(request, "web/citizen/agencies.html", {"rows": rows, "page": page, "q": ""})


@login_not_required
@require_safe
@asking
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency with its pages and how to reach it."""
    record = agency_by_code(code)
    above = agencies_named([record.agency_id])[0]["above"]
    rows = pages_of_agencies([record.agency_id]).get(record.agency_id, [])
    context = {
        "agency": record,
        "above": above,
        "pages": [page_words(row) for row in rows],
        "reach": reach_of(record),
        "inspectorate": inspectorate_of(record),
        "crumbs": [(reverse("citizen:agencies"), _("Agencies"))],
    }
    return render(request, "web/citizen/agency.html", context)


@login_not_required
@require_safe
@asking
def platforms(request: HttpRequest) -> HttpResponse:
    """The platforms agencies have pages on, with how many."""
    counted = pages_by_platform()
    rows = [(code, known.name, counted.get(code, 0)) for code, known in PLATFORMS.items() if known.agency]
    return render(request, "web/citizen/platforms.html", {"rows": rows})


@login_not_required
@require_safe
@asking
def platform(request: HttpRequest, code: str) -> HttpResponse:
    """The pages on one platform."""
    known = PLATFORMS.get(code)
    if known is None or not known.agency:
        raise NotFoundError("no_such_platform", _("No platform has this code."))
    after = request.GET.get("after", "")
    after_account = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0  # noqa: PLR2004
    rows = list(pages_on(code).filter(account__gt=after_account).order_by("account")[: _SIZE + 1])
    shown = with_addresses(rows[:_SIZE], None)
    context = {
        "name": known.name,
        "pages": [page_words(row) for row in shown],
        "next": shown[-1]["account"] if len(rows) > _SIZE else None,
        "is_first": not after_account,
        "crumbs": [(reverse("citizen:platforms"), _("Platforms"))],
    }
    return render(request, "web/citizen/platform.html", context)
