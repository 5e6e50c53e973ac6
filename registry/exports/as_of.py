"""Days as people write them, and the instant a day's state is read at."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyRecord
from accounts.paths import ancestors
from common.errors import RegistryError

_FORMS = ("%Y-%m-%d", "%d/%m/%Y")


def read_day(text: str) -> date:
    """Read "2026-06-30" or "30/06/2026".

    Raises:
        RegistryError: "as_of_unreadable".
    """
    for form in _FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - only the day is read
        except ValueError:
            continue
    raise RegistryError(
        "as_of_unreadable",
        _("The date “%(text)s” cannot be read. Write it as 30/06/2026 or 2026-06-30.") % {"text": text[:40]},
        field="as_of",
    )


def instant_of(day: date | None) -> datetime:
    """The instant at which the register is read for "as of this day".

    That is the day's last instant in Vietnam (Asia/Ho_Chi_Minh); for today, or None, it is now.

    Raises:
        RegistryError: "as_of_future": the day has not come yet.
    """
    now = timezone.now()
    today = timezone.localdate(now, timezone.get_default_timezone())
    if day is None or day == today:
        return now
    if day > today:
        raise RegistryError(
            "as_of_future",
            _("%(day)s has not come yet. Choose today or a day before.") % {"day": f"{day:%d/%m/%Y}"},
            field="as_of",
        )
    # Records are half-open: what began at midnight belongs to the next day.
    after = datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone())
    return after - timedelta(microseconds=1)


def branches_at(branches: Sequence[str], at: datetime) -> list[str]:
    """Where the agencies at the top of these branches hung at an instant; those not in the book yet fall out.

    A branch that moved in the tree is thus found where it was, and a list as of a day takes in what the
    branch was made of on that day.
    """
    tops = [ancestors(branch)[-1] for branch in branches]
    paths = AgencyRecord.objects.as_of(at).filter(agency__in=tops).values_list("path", flat=True)
    found: list[str] = []
    for path in sorted(paths):
        if not any(path.startswith(kept) for kept in found):
            found.append(path)
    return found
