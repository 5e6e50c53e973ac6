"""One finding: what was compared, on what basis, and its history; a waiver's proof."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.audit import services as audit
from registry.findings.selectors import batch_for, finding_for
from registry.web.access import for_role, person
from registry.web.auditor.scope import AUDITOR
from registry.web.auditor.wording import status_of
from registry.web.finding import about, proof_file


@for_role(AUDITOR)
@require_safe
def finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read one finding. It names a person, so that it was read is written down, for the person to see."""
    user = person(request)
    found = finding_for(user, public_id, AUDITOR)
    if found.official_id is not None:
        audit.record(
            act="official.viewed",
            by=user,
            subject_kind="official",
            subject_id=found.official_id,
            agency_path=found.agency_path,
            payload={"page": "finding", "rule": found.rule},
        )
    status = status_of(found.state, found.cause, found.article)
    return render(request, "web/auditor/finding.html", {**about(found), "status": status})


@for_role(AUDITOR)
@require_safe
def proof(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The proof of a waiver, as a file."""
    user = person(request)
    return proof_file(batch_for(user, public_id, AUDITOR), by=user)
