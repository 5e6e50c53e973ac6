"""An officer reminds people: one letter each, and never two in a day to the same person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import GONE, OfficialRecord
from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError, RegistryError
from registry.notifications.models import SEND, Message, Reminder, State
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import official_records_for

MOST: Final = 50_000  # people one act reminds
_AT_ONCE: Final = 2_000
_HR: Final = Role.HR_OFFICER

# The key of a letter names the person and the day, and the ledger knows each key once: that is what keeps
# two officers, or one with two windows, from writing to somebody twice. The address is checked as far as a
# letter can be sent there at all; what the mail server refuses is told by the letter's state.
_WHOM: Final = """
FROM accounts_officialrecord r
LEFT JOIN users_user u ON u.official_id = r.official_id AND u.is_active
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(u.email, ''), r.work_email) AS address,
           'reminder:' || r.official_id || ':' || %(day)s AS key
) AS letter
WHERE r.recorded_until IS NULL AND r.official_id = ANY(%(officials)s) AND r.status <> ALL(%(gone)s)
"""
_ADDRESSED: Final = "letter.address LIKE '_%%@_%%' AND length(letter.address) <= 254"
_WRITE: Final = f"""
INSERT INTO notifications_message
    (public_id, key, "to", template, language, context, reminder_id, state, attempts, next_at, problem)
SELECT gen_random_uuid(), letter.key, letter.address, 'reminder', coalesce(nullif(u.language, ''), 'vi'),
       jsonb_build_object('name', r.full_name), %(reminder)s, 'waiting', 0, %(now)s, ''
{_WHOM} AND {_ADDRESSED}
ORDER BY r.official_id ON CONFLICT (key) DO NOTHING
"""
_UNREACHED: Final = f"""
SELECT r.official_id, CASE WHEN {_ADDRESSED} THEN 'already' ELSE 'without' END
{_WHOM} AND NOT EXISTS (
    SELECT FROM notifications_message m WHERE m.key = letter.key AND m.reminder_id = %(reminder)s)
"""  # noqa: S608 - literals of this module
_PREVIEW: Final = f"""
SELECT count(*) AS present,
       count(*) FILTER (WHERE NOT coalesce({_ADDRESSED}, false)) AS without,
       count(*) FILTER (WHERE {_ADDRESSED} AND EXISTS (
           SELECT FROM notifications_message m WHERE m.key = letter.key)) AS already
{_WHOM}
"""  # noqa: S608 - literals of this module


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a reminder would reach, and why not the others."""

    due: int
    already: int  # reminded today
    without: int  # no e-mail address that can be written to
    gone: int


class Unreached(StrEnum):
    """Why somebody got no letter of a reminder."""

    GONE = "gone"
    ALREADY = "already"  # reminded today
    WITHOUT = "without"  # no e-mail address that can be written to


def reach_of(officials: Sequence[int]) -> Reach:
    """Whom a reminder of these officials would reach now."""
    with connection.cursor() as cursor:
        cursor.execute(_PREVIEW, _facts(officials))
        present, without, already = cursor.fetchone()
    return Reach(present - without - already, already, without, len(officials) - present)


@transaction.atomic
def remind(*, officials: Sequence[int], by: User, tell: Callable[[int], None] | None = None) -> Reminder:
    """Write a letter to each of these officials who can be reminded today; a worker sends them.

    Args:
        officials: whom, MOST at most; who has left, has no address or was reminded today gets none.
        by: an HR officer over all of them.
        tell: told every so many people how many letters are written.

    Raises:
        NotFoundError: one of them is not theirs to see, or there is none.
        RegistryError: `too_many`.
        ConflictError: `nobody`: nobody of them can be reminded today.
    """
    chosen = sorted(set(officials))
    if len(chosen) > MOST:
        raise RegistryError(
            "too_many",
            _("At most %(most)d people can be reminded at once. Narrow the list down.") % {"most": MOST},
            {"most": MOST, "count": len(chosen)},
        )
    seen = official_records_for(by, _HR).filter(official__in=chosen).count()
    if not chosen or seen != len(chosen):
        raise not_found()
    now = timezone.now()
    made = Reminder.objects.create(asked_by=by, asked_at=now, people=len(chosen), letters=0)
    with connection.cursor() as cursor:
        for first in range(0, len(chosen), _AT_ONCE):
            some = _facts(chosen[first : first + _AT_ONCE])
            cursor.execute(_WRITE, {**some, "reminder": made.pk, "now": now})
            made.letters += int(cursor.rowcount)
            if tell is not None:
                tell(made.letters)
    if not made.letters:
        raise ConflictError(
            "nobody", _("None of these people can be reminded today: look at the reasons given.")
        )
    made.save(update_fields=["letters"])
    audit.record(
        act="reminder.sent",
        by=by,
        subject_kind="reminder",
        subject_id=made.pk,
        payload={"people": made.people, "letters": made.letters},
    )
    ring(SEND)
    return made


def unreached(*, reminder: Reminder, officials: Sequence[int]) -> dict[int, Unreached]:
    """Who of the officials a reminder was meant for got no letter of it, and why; asked on its own day."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREACHED, {**_facts(officials), "reminder": reminder.pk})
        without = {official: Unreached(why) for official, why in cursor.fetchall()}
    written = OfficialRecord.objects.current().filter(official__in=officials).exclude(status__in=GONE)
    present = set(written.values_list("official", flat=True))
    return without | {official: Unreached.GONE for official in officials if official not in present}


def reminder_for(user: User, public_id: UUID) -> Reminder:
    """A reminder the person asked for.

    Raises:
        NotFoundError: none such, or somebody else's.
    """
    found = Reminder.objects.filter(public_id=public_id, asked_by=user).first()
    if found is None:
        raise not_found()
    return found


def progress_of(reminder: Reminder) -> dict[State, int]:
    """How many of its letters stand how."""
    rows = Message.objects.filter(reminder=reminder).order_by().values_list("state").annotate(Count("pk"))
    return {State(state): count for state, count in rows}


def _facts(officials: Sequence[int]) -> dict[str, Any]:
    return {
        "officials": list(officials),
        "gone": [str(status.value) for status in GONE],
        "day": timezone.localdate().isoformat(),
    }
