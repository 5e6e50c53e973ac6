"""Acts on many: how far a worker is, what came of it, whom it passed over and why; and those before."""

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from registry.bulk.models import BulkAct, Kind, PassedOver, Reason
from registry.bulk.selectors import act_for, acts_for, is_at_work, passed_over, passed_over_rows
from registry.findings.models import Finding
from registry.findings.wording import title_of
from registry.users.models import Role, User
from registry.users.policies import branches_of, in_branches
from registry.users.selectors import official_records_for
from registry.web.access import for_role, person
from registry.web.headway import Progress, who_is_at_it
from registry.web.paging import page_by_key
from registry.web.reviewer.back import came_from
from registry.web.reviewer.scope import HR, people

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

State = BulkAct.State
SIZE: Final = 50  # people or findings a page names
_NOW: "Final[dict[str, StrPromise]]" = {
    Kind.REMIND: gettext_lazy("The letters are being written."),
    Kind.MOVE: gettext_lazy("The people are being moved."),
    Kind.MOVE_BACK: gettext_lazy("The people are being moved back."),
    Kind.WAIVE: gettext_lazy("The findings are being waived."),
    Kind.WAIVE_BACK: gettext_lazy("The waivers are being taken back."),
}
# What an act made or took back: the address of its page, and the words of the way there.
_THINGS: "Final[dict[str, tuple[str, StrPromise]]]" = {
    Kind.REMIND: ("reviewer:reminder", gettext_lazy("See how far the letters are")),
    Kind.MOVE: ("reviewer:move", gettext_lazy("See who moved, or undo it")),
    Kind.MOVE_BACK: ("reviewer:move", gettext_lazy("See the move")),
    Kind.WAIVE: ("reviewer:waiver", gettext_lazy("See the waiver, or take it back")),
    Kind.WAIVE_BACK: ("reviewer:waiver", gettext_lazy("See the waiver")),
}
_SAID: "Final[dict[str, StrPromise]]" = {
    Kind.REMIND: ngettext_lazy("%(shown)s letter is written.", "%(shown)s letters are written.", "number"),
    Kind.MOVE: ngettext_lazy("%(shown)s person was moved.", "%(shown)s people were moved.", "number"),
    Kind.MOVE_BACK: ngettext_lazy(
        "%(shown)s person is back where they were.", "%(shown)s people are back where they were.", "number"
    ),
    Kind.WAIVE: ngettext_lazy("%(shown)s finding is waived.", "%(shown)s findings are waived.", "number"),
    Kind.WAIVE_BACK: ngettext_lazy(
        "%(shown)s finding stands again.", "%(shown)s findings stand again.", "number"
    ),
}
_LOOKS: Final = {State.WAITING: "wait", State.DONE: "ok", State.REFUSED: "bad"}


@for_role(Role.HR_OFFICER)
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """The acts on many the officer asked for, newest first."""
    page = page_by_key(acts_for(person(request)), "-id", cursor=request.GET.get("after", ""), size=25)
    context = {
        "page": page,
        "rows": [(act, Kind(act.kind).label, _state(act), _said(act)) for act in page.rows],
        "crumbs": [(reverse("reviewer:staff"), _("Staff"))],
    }
    return render(request, "web/reviewer/acts.html", context)


@for_role(Role.HR_OFFICER)
@require_safe
def act(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One act: how far it is, then what came of it."""
    user = person(request)
    found = act_for(user, public_id)
    back = came_from(request, reverse("reviewer:staff"))
    page = page_by_key(
        passed_over_rows(found), "reason", "subject_id", cursor=request.GET.get("after", ""), size=SIZE
    )
    name, words = _THINGS[found.kind]
    context = {
        "act": found,
        "kind": Kind(found.kind).label,
        "progress": _progress(found),
        "said": _said(found),
        "thing": (reverse(name, args=[found.thing]), words) if found.thing else None,
        "passed": [(reason.label, number) for reason, number in passed_over(found)],
        "page": page,
        "rows": _named(user, found, page.rows),
        "back": back,
        "crumbs": [(back, _("Staff")), (reverse("reviewer:acts"), _("What was done to many"))],
    }
    return render(request, "web/reviewer/act.html", context)


@for_role(Role.HR_OFFICER)
@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is, as a piece of the page; once it is over, the whole page is asked for again."""
    found = act_for(person(request), public_id)
    response = render(request, "web/_progress.html", {"progress": _progress(found)})
    if found.state != State.WAITING:
        response["HX-Refresh"] = "true"
    return response


def _progress(found: BulkAct) -> Progress:
    if found.state != State.WAITING:
        return Progress(_("Done."), found.done, 100, "")
    who = who_is_at_it(alive=is_at_work(found), attempts=found.attempts, since=found.asked_at)
    percent = min(99, 100 * found.done // found.chosen) if found.done else None
    return Progress(str(_NOW[found.kind]), found.done, percent, who)


def _state(found: BulkAct) -> tuple[str, str]:
    state = State(found.state)
    return _LOOKS[state], str(state.label)


def _said(found: BulkAct) -> str:
    """What was done, once it is."""
    if found.state != State.DONE:
        return ""
    return str(_SAID[found.kind] % {"number": found.done, "shown": intcomma(found.done)})


def _named(user: User, found: BulkAct, rows: list[PassedOver]) -> list[dict[str, Any]]:
    """Those of a page's rows whom the officer still sees, with the reason."""
    subjects = {row.subject_id for row in rows}
    titles: dict[int, tuple[UUID, str, int | None]] = {}
    if found.kind == Kind.WAIVE:
        seen = Finding.objects.filter(in_branches(branches_of(user, HR), "agency_path"), pk__in=subjects)
        titles = {
            row.pk: (row.public_id, title_of(row.rule), row.official_id)
            for row in seen.only("public_id", "rule", "official_id")
        }
        officials = {official for _id, _title, official in titles.values() if official is not None}
    else:
        officials = subjects
    mine = official_records_for(user, HR).filter(official__in=officials)
    who = people(set(mine.values_list("official", flat=True)))
    named = []
    for row in rows:
        finding, title, official = titles.get(row.subject_id, (None, "", row.subject_id))
        person_meant = who.get(official or 0)
        if person_meant is not None or finding is not None:
            reason = Reason(row.reason).label
            named.append({"who": person_meant, "finding": finding, "title": title, "reason": reason})
    return named
