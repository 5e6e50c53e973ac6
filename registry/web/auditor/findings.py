"""One finding: what was compared, on what basis, and its history."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Account, AgencyRecord, Official, OfficialRecord
from common.audit import services as audit
from registry.exports.selectors import severity_words, state_words
from registry.findings.models import Episode, Finding, Reason
from registry.findings.selectors import history
from registry.findings.wording import in_words
from registry.rules.catalogue import rule
from registry.rules.legal import ARTICLES
from registry.rules.rule import Subject
from registry.users.models import User
from registry.users.policies import branches_of, in_branches, not_found
from registry.web.access import for_role, person
from registry.web.auditor.scope import AUDITOR
from registry.web.auditor.wording import status_of
from registry.web.law.wording import basis_of


@for_role(AUDITOR)
@require_safe
def finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read one finding. It names a person, so that it was read is written down, for the person to see."""
    user = person(request)
    found = _finding_for(user, public_id)
    official = Official.objects.filter(pk=found.official_id).first() if found.official_id else None
    record = OfficialRecord.objects.current().filter(official=official).first() if official else None
    agency = AgencyRecord.objects.current().select_related("agency").filter(agency=found.agency_id).first()
    if official is not None:
        audit.record(
            act="official.viewed",
            by=user,
            subject_kind="official",
            subject_id=official.pk,
            agency_path=found.agency_path,
            payload={"page": "finding", "rule": found.rule},
        )
    article = ARTICLES.get(found.article)
    context = {
        "finding": found,
        "rule": rule(found.rule),
        "status": status_of(found.state, found.cause, found.article),
        "severity": severity_words(found.severity),
        "evidence": in_words(found.rule, found.evidence),
        "basis": basis_of(article) if article else None,
        "official": official,
        "record": record,
        "agency": agency,
        "account": _account(found),
        "episodes": [_told(episode) for episode in history(found).select_related("opened_in", "closed_in")],
    }
    return render(request, "web/auditor/finding.html", context)


def _finding_for(user: User, public_id: UUID) -> Finding:
    """One finding of the auditor's branches; raises NotFoundError."""
    mine = Finding.objects.filter(in_branches(branches_of(user, AUDITOR), "agency_path"))
    found = mine.filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def _account(found: Finding) -> Account | None:
    if found.subject_kind != Subject.ACCOUNT:
        return None
    return Account.objects.prefetch_related("identifiers").filter(pk=found.subject_id).first()


def _told(episode: Episode) -> dict[str, object]:
    return {
        "episode": episode,
        "state": state_words(episode.state, episode.cause, episode.article),
        "evidence": in_words(episode.finding.rule, episode.evidence),
        "began": Reason(episode.opened_reason).label,
        "ended": Reason(episode.closed_reason).label if episode.closed_reason else "",
    }
