"""Set rules are judged in slices alone: what compares rows with each other may be too much for its process.

A batch of changes hands over what it changed, in its own transaction, and is done with: whatever becomes of
the slice, the batch's other verdicts stand and its marks are consumed. A slice that kills its worker is tried
a few times more and then set aside, and with it the rule, until a check of everything has got through it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, transaction

from registry.findings import engine, queue
from registry.findings.folding import WITH_DRAFTS
from registry.findings.models import Run, Slice
from registry.findings.writing import Totals
from registry.rules.catalogue import rules_of
from registry.rules.rule import Rule, Subject

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Above this many marks, a set rule is judged wholly instead of by the rows each batch touches: the first such
# slice covers those that wait.
WHOLE = 50_000


def counterparts(
    account_ids: Sequence[int], *, run: Run, aside: Collection[str]
) -> dict[str, set[int] | None]:
    """By rule, whom each set rule compares these accounts with, as they stand before they are compared.

    None where a rule is better not asked within a batch, so that everything is to be looked at: it raised, or
    another batch has not ended yet, which it may have killed.
    """
    others = Run.objects.filter(kind=Run.Kind.CHANGED, state=Run.State.RUNNING, all_cut=False)
    careful = others.exclude(pk=run.pk).exists()
    found: dict[str, set[int] | None] = {}
    for each in _set_rules():
        if each.code not in aside:
            found[each.code] = None if careful else _asked(each, account_ids, run)
    return found


def _asked(rule: Rule, account_ids: Sequence[int], run: Run) -> set[int] | None:
    try:
        with transaction.atomic():
            return engine.counterparts(rule, account_ids)
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - a rule's mistake is the rule's, not the batch's
        queue.note_broken(run, {rule.code: type(error).__name__})
        return None


def hand_over(
    account_ids: Sequence[int],
    *,
    parted: Mapping[str, Collection[int] | None],
    run: Run,
    aside: Collection[str],
    whole: bool,
) -> None:
    """Cut a slice of `run` for each set rule and these accounts, compared afresh.

    A rule that is set aside (see `queue.set_aside`, which must have been asked in this transaction) is noted
    as not checked: whoever takes it up again looks at everything.

    Args:
        account_ids: accounts that changed.
        parted: what `counterparts` said of them before.
        run: of what changed.
        aside: rules that are set aside.
        whole: so much has changed that everything is looked at.
    """
    if not account_ids:
        return
    now = {subject: _rows(subject, account_ids) for subject in WITH_DRAFTS}
    for each in _set_rules():
        if each.code in aside:
            queue.note_broken(run, {each.code: queue.SET_ASIDE})
            continue
        before = parted.get(each.code, ())
        rows = sorted({*now[each.subject], *(before or ())})
        if before is None or (whole and rows):
            Slice.objects.create(run=run, subject=each.subject, rule=each.code)
        elif rows:
            Slice.objects.create(
                run=run, subject=each.subject, rule=each.code, among=rows,
                from_id=rows[0], to_id=rows[-1] + 1,
            )  # fmt: skip


def _set_rules() -> list[Rule]:
    return [each for subject in WITH_DRAFTS for each in rules_of(subject) if each.is_set_rule]


def _rows(subject: Subject, account_ids: Sequence[int]) -> set[int]:
    rows: QuerySet[Any, Any] = subject.table._default_manager.all()  # noqa: SLF001 - Django's own name for it
    return set(rows.filter(account_id__in=account_ids).values_list("pk", flat=True))


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
            judged = engine.judge_set(rule, run=piece.run, at=at, among=piece.among)
            queue.finish(piece, judged, at=at)
    except (queue.LeaseLostError, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001 - a rule's mistake is the rule's, not the run's
        queue.note_broken(piece.run, {rule.code: type(error).__name__})
        queue.finish(piece, Totals(), at=at)
