"""The yearly word that everything is right: what is due, what has changed since, and one click."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import AgencyRecord, DeclaredFacts, Entry, Official, OfficialRecord, Standing
from common.changes.models import Kind as Subject
from common.errors import ConflictError
from registry.declarations import services
from registry.declarations.selectors import entries_of
from registry.findings.models import Finding
from registry.findings.selectors import findings_of_official
from registry.findings.wording import title_of
from registry.rules.effective import effective
from registry.users.policies import path_of
from registry.web.access import declarant, for_officials, person
from registry.web.official.wording import FIELD_LABELS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

BEFORE = 30  # days before it is due that the person is asked: time enough to look
_OF_RECORD: "dict[str, StrPromise | str]" = {
    "full_name": gettext_lazy("Your name in the HR record"),
    "position": gettext_lazy("Your position in the HR record"),
}
_SHOWN = ("name_shown", "agency_shown", "disclaimer")


@dataclass(slots=True)
class Due:
    """One account to be confirmed again, with what is no longer as it was when it was last confirmed."""

    entry: Entry
    on: dt.date  # by when
    obliged: bool  # by a regulation or the profile; else the register only asks
    changes: list[str] = field(default_factory=list)

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.on <= timezone.localdate()


def due_of(official: Official, entries: Sequence[Entry]) -> list[Due]:
    """The person's confirmed accounts whose yearly confirmation is near or overdue, soonest first."""
    confirmed = [(entry, entry.confirmed_at) for entry in entries if entry.confirmed_at is not None]
    if not confirmed:
        return []
    today = timezone.localdate()
    binds = effective(path_of(official), today)
    days = binds.days_between_confirmations.value or binds.profile.days_between_confirmations
    if days is None:
        return []
    obliged = binds.days_between_confirmations.value is not None
    found = [Due(entry, timezone.localdate(at) + dt.timedelta(days=days), obliged) for entry, at in confirmed]
    near = [each for each in found if each.on <= today + dt.timedelta(days=BEFORE)]
    if near:
        _tell_changes(official, near)
    return sorted(near, key=lambda each: (each.on, each.entry.pk))


def changes_since(official: Official, entry: Entry) -> list[str]:
    """What is no longer as it was when the person last confirmed an account."""
    one = Due(entry, timezone.localdate(), obliged=False)
    _tell_changes(official, [one])
    return one.changes


def _tell_changes(official: Official, due: Sequence[Due]) -> None:
    """Fill in what changed since each was confirmed: a fixed number of queries, however many there are."""
    records = list(OfficialRecord.objects.filter(official=official).order_by("recorded_from"))
    agencies = {record.agency_id for record in records}
    names = list(AgencyRecord.objects.filter(agency__in=agencies).order_by("recorded_from"))
    before = _facts_before([each.entry for each in due])
    found = [row for row in findings_of_official(official.pk) if row.subject_kind == Subject.ACCOUNT]
    for each in due:
        since = each.entry.confirmed_at or each.entry.recorded_from
        each.changes += _of_record(records, names, since)
        each.changes += _of_facts(before.get(each.entry.account_id), each.entry.facts)
        each.changes += _of_findings(found, each.entry.account_id, since)


def _of_record(
    records: Sequence[OfficialRecord], names: Sequence[AgencyRecord], since: dt.datetime
) -> list[str]:
    then = next((row for row in reversed(records) if row.recorded_from <= since), None)
    now = next((row for row in reversed(records) if row.recorded_until is None), None)
    if then is None or now is None:
        return []
    told = [
        _change(label, getattr(then, name), getattr(now, name))
        for name, label in _OF_RECORD.items()
        if getattr(then, name) != getattr(now, name)
    ]
    called = {row.agency_id: row.name for row in names if row.recorded_from <= since}
    calls = {row.agency_id: row.name for row in names if row.recorded_until is None}
    here, there = calls.get(now.agency_id, ""), called.get(then.agency_id, "")
    return [*told, _change(_("Your agency"), there, here)] if here != there else told


def _of_facts(then: DeclaredFacts | None, now: DeclaredFacts) -> list[str]:
    if then is None or then.pk == now.pk:
        return []
    told = [
        _change(FIELD_LABELS[name], getattr(then, name), getattr(now, name))
        for name in _SHOWN
        if getattr(then, name) != getattr(now, name)
    ]
    return [*told, _("The photo is another one.")] if then.photo_id != now.photo_id else told


def _of_findings(found: Sequence[Finding], account_id: int, since: dt.datetime) -> list[str]:
    return [
        _("Not in line since %(day)s: %(what)s")
        % {"day": f"{timezone.localdate(row.opened_at):%d/%m/%Y}", "what": title_of(row.rule)}
        for row in found
        if row.subject_id == account_id and row.opened_at > since
    ]


def _change(label: "StrPromise | str", then: str, now: str) -> str:
    facts = {"what": label, "then": then or "—", "now": now or "—"}
    return _("%(what)s: was “%(then)s”, now “%(now)s”.") % facts


def _facts_before(entries: Sequence[Entry]) -> dict[int, DeclaredFacts]:
    """By account, what stood when it was last confirmed before what stands now."""
    earlier = (
        Entry.objects.filter(
            account__in=[entry.account_id for entry in entries],
            standing=Standing.CONFIRMED,
            recorded_until__isnull=False,
        )
        .select_related("facts")
        .order_by("recorded_from")
    )
    return {row.account_id: row.facts for row in earlier}


@for_officials
@require_http_methods(["GET", "POST"])
def confirm_all(request: HttpRequest) -> HttpResponse:
    """Confirm all accounts that are due, as they were shown; none where one has changed meanwhile."""
    official = declarant(request)
    due = due_of(official, list(entries_of(official)))
    if request.method == "POST":
        shown = set(request.POST.getlist("entry"))
        chosen = [each.entry for each in due if str(each.entry.pk) in shown]
        try:
            if not shown or len(chosen) != len(shown):
                raise ConflictError("stale", _("Something has changed since you opened the page."))  # noqa: TRY301
            with transaction.atomic():
                for entry in chosen:
                    services.confirm_entry(entry=entry, by=person(request))
        except ConflictError as error:
            messages.warning(
                request, _("%(what)s Nothing was confirmed: look at it again.") % {"what": error.message}
            )
            return redirect("official:confirm_all")
        messages.success(request, _("Thank you. All of it is confirmed."))
        return redirect("official:home")
    crumbs = [(reverse("official:home"), _("My accounts"))]
    return render(request, "web/official/confirm_all.html", {"due": due, "crumbs": crumbs})
