"""Acts of the look-up: a page reported as an impostor, and what the agency says to it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.platforms import PHONE, Link
from common.audit import services as audit
from common.errors import ConflictError, RegistryError
from registry.lookup.answers import answer
from registry.lookup.models import ImpostorReport, ReportState
from registry.lookup.questions import Question


@transaction.atomic
def report_impostor(*, agency: Agency, link: Link, name_shown: str = "") -> ImpostorReport:
    """Take down that a page poses as an agency. Nothing of whoever says so is kept.

    A page reported again while its report is open keeps its ticket: both can follow it.

    Raises:
        RegistryError: `is_official` where the page is the agency's own, `not_a_page` for a telephone number.
    """
    one = next((each for each in link.identifiers if each.kind != PHONE), None)
    if one is None:
        raise RegistryError(
            "not_a_page", _("Give the link of a page. A telephone number is not taken."), field="link"
        )
    standing = answer(Question("", link)).pages
    if any(page["agency"] == agency.pk for page in standing):
        raise RegistryError("is_official", _("This page is the agency's own, by the register."), field="link")
    facts = {"agency": agency, "platform": link.platform, "kind": one.kind, "key": one.key}
    try:
        with transaction.atomic():
            report = ImpostorReport.objects.create(
                **facts, shown=one.shown, url=link.url, name_shown=name_shown
            )
    except IntegrityError:
        open_ones = ImpostorReport.objects.filter(**facts, state=ReportState.OPEN)
        open_ones.update(times=F("times") + 1)
        report = open_ones.get()
    audit.record(
        act="impostor.reported",
        by=None,
        subject_kind="impostor_report",
        subject_id=report.pk,
        payload={"agency": agency.code},
    )
    return report


@transaction.atomic
def answer_report(*, report: ImpostorReport, state: ReportState, by: Any) -> None:
    """Say for the agency what became of a report. The caller has checked that the person may.

    Raises:
        ConflictError: `stale` when somebody answered it first.
    """
    answered = ImpostorReport.objects.filter(pk=report.pk, state=ReportState.OPEN).update(
        state=state, answered_at=timezone.now(), answered_by=by
    )
    if not answered:
        raise ConflictError("stale", _("Somebody else answered this report first. Look at it again."))
    audit.record(
        act="impostor.answered",
        by=by,
        subject_kind="impostor_report",
        subject_id=report.pk,
        payload={"agency": report.agency.code, "state": state},
    )
