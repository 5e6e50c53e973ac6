"""Acts of the look-up: a page reported as an impostor, and what the agency says to it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.platforms import PHONE, Link
from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError, RegistryError
from registry.lookup.answers import answer
from registry.lookup.models import ImpostorReport, ReportState
from registry.lookup.questions import Question

LETTERS: Final = "notifications.send_waiting"
LETTER_EVERY: Final = timedelta(hours=1)  # an agency is written to about reports at most so often


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
    ring(LETTERS)
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


@dataclass(frozen=True, slots=True)
class Reported:
    """How many pages were reported to an agency since it was written to last."""

    agency_id: int
    last: int  # the latest of them: names the letter
    count: int


@transaction.atomic
def take_reports(*, limit: int) -> list[Reported]:
    """Hand over up to `limit` open reports no agency was told of, those to one agency together: each once.

    An agency written to within LETTER_EVERY is left for later: whoever reports much fills no letter box.
    Must run in the transaction that writes the letters down: if that rolls back, they are still untold.
    """
    now = timezone.now()
    lately = ImpostorReport.objects.filter(agency=OuterRef("agency"), told_at__gt=now - LETTER_EVERY)
    rows = list(
        ImpostorReport.objects.filter(~Exists(lately), state=ReportState.OPEN, told_at=None)
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("pk")[:limit]
    )
    ImpostorReport.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    together: dict[int, list[int]] = {}
    for row in rows:
        together.setdefault(row.agency_id, []).append(row.pk)
    return [Reported(agency, max(ids), len(ids)) for agency, ids in together.items()]
