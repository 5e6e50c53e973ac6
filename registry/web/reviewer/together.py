"""Approving the clean cases of the queue together: first the list of exactly those, then the act."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from registry.declarations.models import Declaration
from registry.findings.review import MOST, clean_ones
from registry.findings.services import LeftOut, approve_clean
from registry.users.models import Role
from registry.web.access import for_role, person
from registry.web.reviewer.scope import people
from registry.web.reviewer.told import account_said


@for_role(Role.HR_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """The clean cases; a POST of those that are ticked approves them, and tells which were left out."""
    user = person(request)
    if request.method == "POST":
        chosen = _chosen(request.POST.getlist("case"))
        if not chosen:
            messages.info(request, _("Tick the cases to approve first."))
            return redirect("reviewer:together")
        done = approve_clean(chosen=chosen, by=user)
        _tell(request, done.approved, done.left_out)
        return redirect("reviewer:queue" if done.approved else "reviewer:together")
    rows = clean_ones(user, timezone.localdate())
    who = people({row.declaration.official_id for row in rows})
    return render(
        request,
        "web/reviewer/together.html",
        {
            "rows": [(row, who.get(row.declaration.official_id)) for row in rows],
            "most": MOST,
            "crumbs": [(reverse("reviewer:queue"), _("To review"))],
        },
    )


def _chosen(values: list[str]) -> dict[UUID, int]:
    """What was ticked: "public id:version"; what cannot be read was not."""
    chosen = {}
    for value in values:
        public_id, _colon, version = value.partition(":")
        try:
            chosen[UUID(public_id)] = int(version)
        except ValueError:
            continue
    return chosen


def _tell(request: HttpRequest, approved: list[Declaration], left_out: list[LeftOut]) -> None:
    if approved:
        count = len(approved)
        said = ngettext("%(count)d case approved.", "%(count)d cases approved.", count) % {"count": count}
        messages.success(request, said)
    who = people({each.declaration.official_id for each in left_out if each.declaration})
    for each in left_out:
        if each.declaration is None:
            messages.warning(request, _("Not approved: %(why)s") % {"why": each.why})
            continue
        person_said = who.get(each.declaration.official_id)
        messages.warning(
            request,
            _("Not approved: %(who)s, %(account)s. %(why)s")
            % {
                "who": person_said.full_name if person_said else "",
                "account": account_said(each.declaration.account),
                "why": each.why,
            },
        )
