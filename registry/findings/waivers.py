"""Letting findings stand for a time, with a reason: one or many, taken back, ended by themselves."""

import unicodedata
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError, NotAllowedError, RegistryError
from registry.findings import policies, proofs
from registry.findings.models import Closed, Contest, Ended, Finding, Outcome, State, Waiver, WaiverBatch
from registry.findings.news import LETTERS
from registry.findings.standing import Held, hold, move
from registry.users.models import User
from registry.users.policies import not_found

MOST = 50_000  # findings one act waives
LONGEST_TEXT = 1000
_AT_ONCE = 5_000
Tell = Callable[[int], None]
_LINE_BREAKS = frozenset("\n\r\t")
_WAIVABLE = frozenset({State.OPEN, State.UNCHECKED, State.CONTESTED})

# A day of the register against the last day written down; never the database's clock.
_EXPIRED = """
SELECT w.id, w.finding_id FROM findings_waiver w JOIN findings_waiverbatch b ON b.id = w.batch_id
WHERE w.ended_at IS NULL AND b.expires_on < %s ORDER BY w.finding_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Waived:
    """What an act of waiving came to."""

    batch: WaiverBatch
    count: int
    passed_over: dict[int, State]  # findings that were resolved or waived meanwhile, and which of the two


def last_day_allowed(today: date | None = None) -> date:
    """The last day a waiver may hold: a year ahead, or `WAIVER_DAYS` of the settings."""
    days: int = getattr(settings, "WAIVER_DAYS", 365)
    return (today or timezone.localdate()) + timedelta(days=days)


def waive(
    *,
    findings: Iterable[Finding],
    reason: str,
    until: date,
    by: User,
    proof: BinaryIO | None = None,
    tell: Tell | None = None,
) -> Waived:
    """Let findings stand until the end of a day: all in one act, with one reason, or none.

    What resolved or was waived since it was listed is passed over and counted. An open contest among them
    is answered with the reason, and its person written to: they were right.

    Args:
        findings: one or many, MOST at most; a queryset is fine.
        reason: why; the person concerned and auditors read it.
        until: the last day it holds: today, and `last_day_allowed()` at most.
        proof: a PDF, PNG or JPEG file, `proofs.LARGEST` bytes at most.
        by: an HR officer of every branch concerned, about whom none of the findings is.
        tell: told every so many findings how many are waived.

    Raises:
        NotFoundError: one of them is not theirs to see, or there is none.
        NotAllowedError: `own_finding`, `own_contest`, or not an HR officer.
        ConflictError: `not_now`: none of them can be waived any more.
        RegistryError: `reason_missing`, `too_long`, `bad_characters`, `until_past`, `until_too_far`,
            `too_many`, `proof_too_large`, `proof_type`.
    """
    rows = {finding.pk: finding for finding in findings}
    if not rows:
        raise not_found()
    if len(rows) > MOST:
        raise RegistryError(
            "too_many",
            _("At most %(most)d findings can be waived at once. Narrow the list down.") % {"most": MOST},
            {"most": MOST, "count": len(rows)},
        )
    policies.require_officer(by, rows.values())
    kept = text_of(reason, "reason")
    require_day(until)
    content = proofs.read_proof(proof) if proof is not None else None
    name = proofs.store(*content) if content else ""
    try:
        kind = content[1] if content else ""
        return _waive(sorted(rows), kept, until, by=by, proof=name, proof_type=kind, tell=tell)
    except BaseException:
        if name:
            proofs.delete_proof(name)
        raise


@transaction.atomic
def _waive(
    ids: list[int], reason: str, until: date, *, by: User, proof: str, proof_type: str, tell: Tell | None
) -> Waived:
    held = hold(ids)
    if len(held) < len(ids):
        raise not_found()
    policies.require_officer(by, held)
    waivable = [row for row in held if row.state in _WAIVABLE]
    if not waivable:
        raise _not_now()
    now = timezone.now()
    batch = WaiverBatch.objects.create(
        reason=reason, expires_on=until, proof=proof, proof_type=proof_type, waived_by=by, waived_at=now
    )
    for first in range(0, len(waivable), _AT_ONCE):
        some = waivable[first : first + _AT_ONCE]
        Waiver.objects.bulk_create([Waiver(batch=batch, finding_id=row.pk) for row in some])
        if tell is not None:
            tell(first + len(some))
    _answer_contests(waivable, reason, by=by, at=now)
    move(waivable, State.WAIVED)
    _write_down("finding.waived", batch, waivable, by=by, until=until.isoformat(), proof=bool(proof))
    passed_over = {row.pk: State(row.state) for row in held if row.state not in _WAIVABLE}
    return Waived(batch, len(waivable), passed_over)


@transaction.atomic
def undo_waive(*, by: User, batch: WaiverBatch | None = None, waiver: Waiver | None = None) -> int:
    """Take a waiver back, or all that still hold of a batch; the findings stand again as they would.

    Waivers that ended already stay as they are. Returns how many were taken back.

    Raises:
        NotFoundError, NotAllowedError: as for `waive`.
        ConflictError: `not_now`: none of it holds any more.
    """
    holding = Waiver.objects.filter(ended_at=None)
    if waiver is not None:
        holding = holding.filter(pk=waiver.pk)
        about = waiver.batch
    elif batch is not None:
        holding = holding.filter(batch=batch)
        about = batch
    else:
        raise ValueError("name a batch or a waiver")
    ever = about.waivers.filter(pk=waiver.pk) if waiver is not None else about.waivers.all()
    policies.require_officer(by, Finding.objects.filter(waivers__in=ever))
    held = hold(list(holding.values_list("finding", flat=True)))
    policies.require_officer(by, held)
    still = set(holding.values_list("finding", flat=True))  # under the lock: one may have ended before it
    waived = [row for row in held if row.pk in still]
    if not waived:
        raise _not_now()
    count = holding.filter(finding__in=still).update(
        ended_at=timezone.now(), ended_by=by, ended_reason=Ended.UNDONE
    )
    move(waived, None)
    _write_down("finding.waiver_undone", about, waived, by=by)
    return count


def expire_waivers(*, as_of: date) -> int:
    """Open again what was waived until a day before `as_of`. Returns how many.

    Called by every kind of run and by the tending between them; the day is the register's, given by them.
    """
    total = 0
    while count := _expire_some(as_of):
        total += count
    return total


@transaction.atomic
def _expire_some(as_of: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRED, [as_of, _AT_ONCE])
        due = cursor.fetchall()
    if not due:
        return 0
    held = hold([finding for _pk, finding in due])
    holding = Waiver.objects.filter(pk__in=[pk for pk, _finding in due], ended_at=None)
    still = set(holding.values_list("finding", flat=True))  # under the lock: one may have ended before it
    ended = holding.update(ended_at=timezone.now(), ended_reason=Ended.EXPIRED)
    move([row for row in held if row.pk in still], None)
    audit.record(
        act="finding.waivers_expired",
        by=None,
        subject_kind="waiver",
        payload={"as_of": as_of.isoformat(), "count": ended},
    )
    return ended


def require_day(until: date) -> None:
    """Let pass a day a waiver may hold until.

    Raises:
        RegistryError: `until_past`, `until_too_far`.
    """
    today, last = timezone.localdate(), last_day_allowed()
    if until < today:
        raise RegistryError("until_past", _("This day has passed."), field="until")
    if until > last:
        raise RegistryError(
            "until_too_far",
            _("A waiver holds until %(day)s at most; it can be given again then.")
            % {"day": f"{last:%d/%m/%Y}"},
            {"last": last.isoformat()},
            field="until",
        )


def text_of(text: str, field: str) -> str:
    """A text people wrote, in NFC, without spaces around, storable.

    Raises:
        RegistryError: `reason_missing`, `too_long`, `bad_characters`.
    """
    composed = unicodedata.normalize("NFC", text).strip()
    if not composed:
        raise RegistryError("reason_missing", _("Write down why. It is kept."), field=field)
    if len(composed) > LONGEST_TEXT:
        raise RegistryError(
            "too_long",
            _("This is too long: at most %(longest)d characters.") % {"longest": LONGEST_TEXT},
            {"longest": LONGEST_TEXT},
            field=field,
        )
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _LINE_BREAKS for sign in composed):
        raise RegistryError(
            "bad_characters", _("This contains characters that cannot be kept. Type it again."), field=field
        )
    return composed


def _answer_contests(waived: Sequence[Held], reason: str, *, by: User, at: datetime) -> None:
    contested = [row.pk for row in waived if row.state == State.CONTESTED]
    if not contested:
        return
    open_ones = Contest.objects.filter(finding__in=contested, closed_at=None)
    if open_ones.filter(contested_by=by).exists():
        raise NotAllowedError("own_contest", _("You cannot answer what you contested yourself."))
    open_ones.update(
        answer=Outcome.WAIVED,
        answer_text=reason,
        answered_by=by,
        answered_at=at,
        told_at=None,
        closed_at=at,
        closed_reason=Closed.ANSWERED,
    )
    ring(LETTERS)


def _write_down(act: str, batch: WaiverBatch, rows: Sequence[Held], *, by: User, **facts: object) -> None:
    """One event an act; of a single finding it is written where the person's own trail is read."""
    about = rows[0].official_id if len(rows) == 1 else None
    paths = [row.agency_path for row in rows]
    first, last = min(paths), max(paths)  # what these two share, all between them share
    shared = next(
        (at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    path = first[: first.rfind("/", 0, shared) + 1]
    audit.record(
        act=act,
        by=by,
        subject_kind="waiver" if about is None else "official",
        subject_id=batch.pk if about is None else about,
        agency_path=path,
        payload={
            "batch": str(batch.public_id),
            "count": len(rows),
            "rules": dict(Tally(row.rule for row in rows)),
            **facts,
        },
    )


def _not_now() -> ConflictError:
    return ConflictError("not_now", _("This finding has changed meanwhile. Look at it again."))
