"""Set rules are judged in slices alone: what compares rows with each other may be too much for its process.

A batch of changes hands over what it changed, in its own transaction, and is done with: whatever becomes of
the slice, the batch's other verdicts stand and its marks are consumed. A slice that kills its worker is tried
a few times more and then set aside, and with it the rule, until a check of everything has got through it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import OperationalError, transaction

from accounts.models import Comparison
from registry.findings import engine, queue
from registry.findings.models import Run, Slice
from registry.findings.writing import Totals
from registry.rules.catalogue import rules_of
from registry.rules.rule import Rule, Subject

# Above this many changed accounts in one batch, a set rule is judged wholly, once, instead of by neighbours.
WHOLE = 1_500


def hand_over(account_ids: Sequence[int], *, run: Run, aside: Collection[str]) -> None:
    """Cut a slice of `run` for each set rule and these accounts, compared afresh and not judged yet.

    Of what was found by a rule others may have lost their counterpart, so that must be asked before the
    accounts are judged. A rule that is set aside (see `queue.set_aside`, which must have been asked in this
    transaction) is noted as not checked: whoever takes it up again looks at everything.
    """
    if not account_ids:
        return
    rows = list(
        Comparison.objects.filter(account_id__in=account_ids).order_by("pk").values_list("pk", flat=True)
    )
    for each in rules_of(Subject.ACCOUNT):
        if not each.is_set_rule:
            continue
        if each.code in aside:
            queue.note_broken(run, {each.code: queue.SET_ASIDE})
            continue
        again = engine.has_findings(each, account_ids)
        if len(rows) > WHOLE:
            Slice.objects.create(run=run, subject=each.subject, rule=each.code)
        elif rows or again:
            Slice.objects.create(
                run=run, subject=each.subject, rule=each.code, among=rows, again=again,
                from_id=rows[0] if rows else 0, to_id=rows[-1] + 1 if rows else 0,
            )  # fmt: skip


def do(piece: Slice, rule: Rule, at: datetime) -> None:
    """Judge what the slice names, or everything, and mark it done; a rule that raises is noted as broken.

    Raises:
        LeaseLostError: another worker has the slice now.
        OperationalError: the database went away; the slice waits for another try.
    """
    try:
        with transaction.atomic():
            if piece.among is None:
                queue.cover(piece, at=at)
            judged = engine.judge_set(rule, run=piece.run, at=at, among=piece.among, again=piece.again)
            queue.finish(piece, judged, at=at)
    except (queue.LeaseLostError, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001 - a rule's mistake is the rule's, not the run's
        queue.note_broken(piece.run, {rule.code: type(error).__name__})
        queue.finish(piece, Totals(), at=at)
