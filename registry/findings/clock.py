"""The day by which the register judges: the calendar's, but never a day before one it has judged by."""

from datetime import date, timedelta

import structlog
from django.db.models import Max
from django.utils import timezone

from registry.findings.models import Run

log = structlog.get_logger(__name__)

_BELIEVED = timedelta(days=31)  # a later day than that was itself a mistake of the clock


def register_day() -> date:
    """Today in the project's time zone; the day of the last run where the clock has gone back behind it.

    A clock gone back would resolve what is overdue and open it again when it is put right. That is an alarm
    in the log, and findings stay as they are.
    """
    today = timezone.localdate()
    last: date | None = Run.objects.aggregate(last=Max("as_of"))["last"]
    if last is None or last <= today:
        return today
    log.error("clock_went_back", today=today.isoformat(), last_run=last.isoformat())
    return last if last - today <= _BELIEVED else today
