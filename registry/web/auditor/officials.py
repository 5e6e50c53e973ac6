"""An official as the register held them at the end of a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import (
    AccountIdentifier,
    AgencyRecord,
    Category,
    Comparison,
    Entry,
    NilReturn,
    Official,
    OfficialRecord,
    Ownership,
    Standing,
    StandingCode,
    Status,
)
from common.audit import services as audit
from registry.exports.selectors import instant_of, platform_name
from registry.findings.models import Episode, Finding, State
from registry.findings.selectors import answers_at, in_words, title_of
from registry.rules.rule import Subject
from registry.users.selectors import official_for
from registry.web.access import for_role, person
from registry.web.auditor import wording
from registry.web.auditor.forms import DayField
from registry.web.auditor.scope import AUDITOR
from registry.web.finding import Event, timeline
from registry.web.forms import RegistryForm
from registry.web.showing import agencies_meant, agency_words


class DayForm(RegistryForm):
    """As of which day."""

    as_of = DayField(label=wording.AS_OF, required=False)


@dataclass(frozen=True, slots=True)
class Held:
    """An account as it stood."""

    platform: str
    shown: str
    url: str
    entry: Entry
    standing: str
    agency: str  # what the agency shown is to the employer, and which; "" on a past day
    findings: "list[Found]"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it stood."""

    public_id: UUID
    title: str
    evidence: str
    status: wording.Status
    since: datetime


@for_role(AUDITOR)
@require_safe
def official(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read a person's page. That it was read is written down, and the person sees by whom."""
    user = person(request)
    found = official_for(user, public_id, AUDITOR)
    form = DayForm(request.GET)
    day: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
    at = instant_of(day)
    record = OfficialRecord.objects.as_of(at).filter(official=found).first()
    agency = None
    if record is not None:
        agency = AgencyRecord.objects.as_of(at).filter(agency=record.agency_id).first()
    audit.record(
        act="official.viewed",
        by=user,
        subject_kind="official",
        subject_id=found.pk,
        agency_path=agency.path if agency else "",
        payload={"page": "official", "as_of": at.isoformat()},
    )
    findings = findings_at(found, at)
    context = {
        "form": form,
        "official": found,
        "record": record,
        "unit": agency,
        "category": dict(Category.choices).get(record.category, record.category) if record else "",
        "status": dict(Status.choices).get(record.status, record.status) if record else "",
        "at": at,
        "past": day is not None and day != timezone.localdate(),
        "nil": NilReturn.objects.as_of(at).filter(official=found).first(),
        "accounts": _held(found, at, findings, now=day is None or day == timezone.localdate()),
        "history": [(about, title_of(about.rule), event) for about, event in _history(found, at)],
        "own": findings.get((Subject.OFFICIAL.value, found.pk), []),
    }
    return render(request, "web/auditor/official.html", context, status=200 if form.is_valid() else 422)


def _held(
    official: Official, at: datetime, findings: dict[tuple[int, int], list[Found]], *, now: bool
) -> list[Held]:
    """The person's accounts at an instant: five queries at most, however many."""
    owned = Ownership.objects.as_of(at).filter(official=official).values("account")
    entries = Entry.objects.as_of(at).filter(account__in=owned).select_related("account", "facts__photo")
    known: dict[int, AccountIdentifier] = {}
    for identifier in AccountIdentifier.objects.as_of(at).filter(account__in=owned).order_by("-pk"):
        known[identifier.account_id] = identifier
    rows = Comparison.objects.filter(account__in=owned, standing__gt=StandingCode.DRAFT) if now else []
    meant = agencies_meant(rows)
    compared = {row.account_id: row for row in rows}
    held = []
    for entry in entries.order_by("recorded_from", "pk"):
        name = known.get(entry.account_id)
        held.append(
            Held(
                platform_name(entry.account.platform),
                name.shown if name else "",
                name.url if name and name.url.startswith("https://") else "",
                entry,
                str(Standing(entry.standing).label),
                agency_words(compared[entry.account_id], timezone.localdate(), meant)[1]
                if entry.account_id in compared
                else "",
                findings.get((Subject.ACCOUNT.value, entry.account_id), []),
            )
        )
    return held


def findings_at(official: Official, at: datetime) -> dict[tuple[int, int], list[Found]]:
    """How findings stood against the person and their accounts at an instant, by subject: four queries."""
    found = {each.pk: each for each in Finding.objects.filter(official_id=official.pk)}
    open_then = Q(closed_at__isnull=True) | Q(closed_at__gt=at)
    episodes = Episode.objects.filter(open_then, finding__in=list(found), opened_at__lte=at)
    waived, contested = answers_at(official.pk, at)
    by_subject: dict[tuple[int, int], list[Found]] = {}
    heaviest_first = sorted(found.values(), key=lambda each: (-each.severity, each.rule))
    place = {each.pk: number for number, each in enumerate(heaviest_first)}
    for episode in sorted(episodes, key=lambda each: place[each.finding_id]):
        about = found[episode.finding_id]
        state, cause = episode.state, episode.cause
        if about.pk in waived:
            state, cause = State.WAIVED, waived[about.pk].isoformat()
        elif about.pk in contested:
            state = State.CONTESTED
        by_subject.setdefault((about.subject_kind, about.subject_id), []).append(
            Found(
                about.public_id,
                title_of(about.rule),
                in_words(about.rule, episode.evidence),
                wording.status_of(state, cause, episode.article),
                episode.opened_at,
            )
        )
    return by_subject


def _history(official: Official, at: datetime) -> list[tuple[Finding, Event]]:
    """What had happened by then to every finding about the person or an account of theirs, newest first."""
    findings = list(Finding.objects.filter(official_id=official.pk))
    return [(about, event) for about, event in timeline(findings) if event.at <= at]
