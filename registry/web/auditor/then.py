"""What would have been said of a person on a day: the verdicts of then, and the texts that applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Account, AccountIdentifier, AgencyRecord, Official, OfficialRecord
from common.audit import services as audit
from registry.exports.selectors import IN_LINE, instant_of, platform_name
from registry.findings.models import State
from registry.findings.selectors import Answer, SubjectThen, in_words, verdicts_as_of
from registry.rules.effective import effective
from registry.rules.legal import ARTICLES, FORCE_LABELS
from registry.rules.profiles import profile_by_number
from registry.rules.rule import Rule, Subject
from registry.users.selectors import official_for
from registry.web.access import for_role, person
from registry.web.auditor import wording
from registry.web.auditor.officials import DayForm
from registry.web.auditor.scope import AUDITOR
from registry.web.law.wording import Basis, basis_of, profile_name

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_STATES = {
    Answer.IN_LINE: IN_LINE,
    Answer.NOT_IN_LINE: State.OPEN.value,
    Answer.UNCHECKED: State.UNCHECKED.value,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one rule says, and the article that bound that day."""

    rule: Rule
    status: wording.Status
    basis: Basis | None  # None: a condition of the register's own
    force: "StrPromise | str"
    evidence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The person, or one of their accounts, with what every rule says."""

    title: str  # "" for the person
    said: Sequence[Said]


@for_role(AUDITOR)
@require_safe
def then(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Compare a person and their accounts again as they stood on a day, by the texts of that day.

    That it was read is written down, and the person sees by whom.
    """
    user = person(request)
    found = official_for(user, public_id, AUDITOR)
    form = DayForm(request.GET)
    day: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
    at = instant_of(day)
    record = OfficialRecord.objects.as_of(at).filter(official=found).first()
    unit = AgencyRecord.objects.as_of(at).filter(agency=record.agency_id).first() if record else None
    audit.record(
        act="official.viewed",
        by=user,
        subject_kind="official",
        subject_id=found.pk,
        agency_path=unit.path if unit else "",
        payload={"page": "verdicts", "as_of": at.isoformat()},
    )
    binds = effective(unit.path, timezone.localdate(at), at=at) if unit else None
    context = {
        "form": form,
        "official": found,
        "record": record,
        "unit": unit,
        "at": at,
        "day": timezone.localdate(at),
        "binds": binds,
        "profile": profile_name(binds.profile) if binds else "",
        "judged": _judged(found, at) if record else [],
    }
    return render(request, "web/auditor/then.html", context, status=200 if form.is_valid() else 422)


def _judged(official: Official, at: datetime) -> list[Judged]:
    answers = list(verdicts_as_of(at, officials=[official.pk]))
    names = _names([each.subject_id for each in answers if each.subject is Subject.ACCOUNT], at)
    day = timezone.localdate(at)
    return [
        Judged(names.get(each.subject_id, "") if each.subject is Subject.ACCOUNT else "", _said(each, day))
        for each in answers
    ]


def _said(subject: SubjectThen, day: date) -> list[Said]:
    told = []
    profile = profile_by_number(subject.profile)
    for each in subject.verdicts:
        article = ARTICLES.get(each.article)
        force = profile.force_on(each.article, day)
        cause = each.rule.cause or "" if each.answer is Answer.UNCHECKED else ""
        told.append(
            Said(
                each.rule,
                wording.status_of(_STATES[each.answer], cause, each.article),
                basis_of(article) if article else None,
                FORCE_LABELS[force] if force else "",
                in_words(each.rule.code, each.evidence),
            )
        )
    return sorted(told, key=lambda said: said.status.kind == "ok")


def _names(account_ids: Sequence[int], at: datetime) -> dict[int, str]:
    """What each account was known by then."""
    platforms = dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "platform"))
    shown = dict(
        AccountIdentifier.objects.as_of(at)
        .filter(account__in=account_ids)
        .order_by("-pk")
        .values_list("account", "shown")
    )
    return {
        pk: " · ".join(filter(None, (platform_name(code), shown.get(pk, ""))))
        for pk, code in platforms.items()
    }
