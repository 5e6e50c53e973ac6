"""An act on many is asked for on a page, and done by a worker: wholly or not at all, and only once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, PeopleMove
from common.bell import ring
from common.beside import Beside
from common.errors import ConflictError, RegistryError
from common.holding import at_work, ring_for_lost
from registry.bulk.doing import DOING, HR
from registry.bulk.models import BulkAct, Kind, PassedOver
from registry.findings import services as findings
from registry.findings.models import Finding, WaiverBatch
from registry.users.models import User
from registry.users.policies import not_found
from registry.users.selectors import agency_for, move_for, official_records_for

WORK: Final = "bulk.work"
LOCK: Final = 7308  # the kind of work, for common.holding
MOST: Final = 50_000  # people or findings of one act
MOST_ATTEMPTS: Final = 3
KEEP: Final = timedelta(days=90)  # whom an act passed over
_AT_ONCE: Final = 5_000


def ask_remind(*, officials: Sequence[int], by: User) -> BulkAct:
    """Ask that these officials are reminded by letter.

    Raises:
        NotFoundError: one of them is not theirs to see, or there is none.
        RegistryError: `too_many`.
    """
    return _ask(Kind.REMIND, by, targets=_people(officials, by))


def ask_move(*, officials: Sequence[int], to: Agency, by: User) -> BulkAct:
    """Ask that these officials belong to another unit from now on; who cannot move there stays.

    Raises:
        NotFoundError: one of them, or the unit, is not theirs to see, or there is none.
        RegistryError: `too_many`.
    """
    unit = agency_for(by, to.code, HR)
    return _ask(Kind.MOVE, by, targets=_people(officials, by), to=unit.code)


def ask_move_back(*, move: PeopleMove, by: User) -> BulkAct:
    """Ask that a move is taken back.

    Raises:
        NotFoundError: it is not theirs to see.
        ConflictError: `stale`: it was taken back already.
    """
    found = move_for(by, move.public_id, HR)
    if found.undone_at is not None:
        raise ConflictError("stale", _("Somebody else changed this record first. Look at it again."))
    return _ask(Kind.MOVE_BACK, by, chosen=found.people, move=str(found.public_id))


def ask_waive(
    *, found: QuerySet[Finding, Finding], reason: str, until: date, by: User, proof: BinaryIO | None = None
) -> BulkAct:
    """Ask that findings are let stand until the end of a day; what was said is checked at once.

    Raises:
        NotFoundError, NotAllowedError, RegistryError: as `findings.waive`.
    """
    rows = list(found.only("pk", "agency_path", "official_id")[: MOST + 1])
    if not rows:
        raise not_found()
    _require_few(len(rows))
    findings.require_officer(by, rows)
    said = findings.text_of(reason, "reason")
    findings.require_day(until)
    name = findings.store_proof(*findings.read_proof(proof)) if proof is not None else ""
    facts: dict[str, Any] = {"reason": said, "until": until.isoformat(), "proof": name}
    try:
        return _ask(Kind.WAIVE, by, targets=[row.pk for row in rows], **facts)
    except BaseException:
        _forget_proof(facts)
        raise


def ask_waive_back(*, batch: WaiverBatch, by: User) -> BulkAct:
    """Ask that all that still holds of a waiver is taken back.

    Raises:
        NotFoundError, NotAllowedError: as `findings.undo_waive`.
        ConflictError: `not_now`: none of it holds any more.
    """
    holding = batch.waivers.filter(ended_at=None)
    findings.require_officer(by, Finding.objects.filter(waivers__in=batch.waivers.all()))
    count = holding.count()
    if not count:
        raise ConflictError("not_now", _("This finding has changed meanwhile. Look at it again."))
    return _ask(Kind.WAIVE_BACK, by, chosen=count, waiver=str(batch.public_id))


def work(act_id: int) -> None:
    """Do an act that was asked for; nothing when it is over, or another worker is at it."""
    with at_work(LOCK, act_id) as mine:
        waiting = BulkAct.objects.filter(pk=act_id, state=BulkAct.State.WAITING)
        found = waiting.select_related("by").first() if mine else None
        if found is None:
            return
        try:
            if not waiting.filter(attempts__lt=MOST_ATTEMPTS).update(attempts=F("attempts") + 1):
                raise _broke_off()
            _do(found)
        except RegistryError as refusal:
            with override(found.language):
                said = str(refusal)
            waiting.update(
                state=BulkAct.State.REFUSED,
                error_message=said,
                targets=[],
                facts={},
                done=0,
                ended_at=timezone.now(),
            )
        _forget_proof(found.facts)


def _do(act: BulkAct) -> None:
    with override(act.language), Beside(BulkAct, act.pk) as beside, transaction.atomic():
        outcome = DOING[act.kind](act, beside.counting("done"))
        PassedOver.objects.bulk_create(
            [PassedOver(act=act, subject_id=pk, reason=why) for pk, why in sorted(outcome.passed.items())],
            batch_size=_AT_ONCE,
        )
        BulkAct.objects.filter(pk=act.pk).update(
            state=BulkAct.State.DONE,
            done=outcome.done,
            thing=outcome.thing,
            targets=[],
            facts={},
            ended_at=timezone.now(),
        )


def resume_waiting() -> int:
    """Ring again for acts whose worker or whose bell was lost; return how many."""
    waiting = BulkAct.objects.filter(state=BulkAct.State.WAITING).values_list("pk", flat=True)
    return ring_for_lost(WORK, LOCK, waiting)


def purge() -> int:
    """Erase whom acts passed over that ended long ago; return how many rows."""
    old = PassedOver.objects.filter(act__ended_at__lt=timezone.now() - KEEP)
    count, _each = old.delete()
    return count


@transaction.atomic
def _ask(kind: Kind, by: User, *, targets: Sequence[int] = (), chosen: int = 0, **facts: Any) -> BulkAct:
    made = BulkAct.objects.create(
        kind=kind,
        by=by,
        language=get_language() or settings.LANGUAGE_CODE,
        targets=list(targets),
        chosen=chosen or len(targets),
        facts=facts,
    )
    ring(WORK, made.pk)
    return made


def _people(officials: Sequence[int], by: User) -> list[int]:
    chosen = sorted(set(officials))
    _require_few(len(chosen))
    seen = official_records_for(by, HR).filter(official__in=chosen).count()
    if not chosen or seen != len(chosen):
        raise not_found()
    return chosen


def too_many() -> RegistryError:
    """The refusal of an act on more than MOST."""
    return RegistryError(
        "too_many",
        _("These are too many for one act: at most %(most)d. Narrow the list down first.") % {"most": MOST},
        {"most": MOST},
    )


def _require_few(number: int) -> None:
    if number > MOST:
        raise too_many()


def _forget_proof(facts: dict[str, Any]) -> None:
    if facts.get("proof"):
        findings.delete_proof(facts["proof"])


def _broke_off() -> RegistryError:
    return RegistryError(
        "broke_off",
        _(
            "The work on this act broke off several times, so it was given up. Nothing was changed. Try it"
            " with fewer."
        ),
    )
