"""Slices as a queue in the database: claimed by one guarded update, fenced, given up after a few tries."""

import uuid
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from registry.findings.models import JudgedRule, Run, Slice
from registry.findings.writing import Totals
from registry.rules.bindings import fingerprint
from registry.rules.catalogue import catalogue

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=10)  # far above the longest slice; a worker that dies costs this much time at most
MAX_ATTEMPTS = 5
SET_ASIDE = "SetAside"  # why a set rule was not checked: it killed its workers
DUE = {
    Run.Kind.CHANGED: timedelta(hours=1),
    Run.Kind.SWEEP: timedelta(hours=6),
    Run.Kind.REBUILD: timedelta(days=1),
}

# The lease is told by the database's clock, which all workers share. Verdicts never are.
# Slices of one set rule are done one after another: of a rule that kills, one at a time takes its worker
# along, and the others wait for what becomes of it.
_CLAIM = """
UPDATE findings_slice SET state = 'leased', token = %(token)s, attempts = attempts + 1,
       lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE id = (
    SELECT id FROM findings_slice s
    WHERE (state = 'waiting' OR (state = 'leased' AND lease_until < clock_timestamp()))
      AND attempts < %(most)s AND (%(run)s::bigint IS NULL OR run_id = %(run)s)
      AND NOT (rule <> '' AND state = 'waiting' AND EXISTS (
          SELECT FROM findings_slice o WHERE o.rule = s.rule AND o.state = 'leased'))
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
# What changed-only runs handed over of a rule that is set aside; a check of everything has tries of its own.
_WITH_IT = """
UPDATE findings_slice SET state = 'quarantined'
WHERE state = 'waiting' AND rule = ANY(%s)
  AND EXISTS (SELECT FROM findings_run r WHERE r.id = findings_slice.run_id AND r.kind = 'changed')
"""


class LeaseLostError(Exception):
    """Another worker has the slice now: nothing of this attempt may be kept."""


def claim(run: Run | None = None) -> Slice | None:
    """Take one slice (of `run`, or of any); None when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM,
            {
                "token": uuid.uuid4(),
                "lease": LEASE.total_seconds(),
                "most": MAX_ATTEMPTS,
                "run": run.pk if run else None,
            },
        )
        found = cursor.fetchone()
    return Slice.objects.select_related("run").get(pk=found[0]) if found else None


def finish(piece: Slice, totals: Totals, *, at: datetime) -> None:
    """Mark a slice done, in the transaction of its work.

    Raises:
        LeaseLostError: the lease was given to somebody else meanwhile; the transaction must roll back.
    """
    done = Slice.objects.filter(pk=piece.pk, token=piece.token, state=Slice.State.LEASED).update(
        state=Slice.State.DONE,
        lease_until=None,
        finished_at=at,
        subjects=totals.subjects,
        opened=totals.opened,
        resolved=totals.resolved,
        differences=totals.differences,
        among=None if piece.among is None else [],
    )
    if not done:
        raise LeaseLostError


@transaction.atomic
def cut(piece: Slice, rows: int) -> None:
    """Let a slice wait in pieces of so many keys each, the first of them in its own place.

    Raises:
        LeaseLostError: the lease was given to somebody else meanwhile.
    """
    held = Slice.objects.filter(pk=piece.pk, token=piece.token, state=Slice.State.LEASED)
    if not held.update(
        state=Slice.State.WAITING, lease_until=None, attempts=0, to_id=min(piece.from_id + rows, piece.to_id)
    ):
        raise LeaseLostError
    Slice.objects.bulk_create(
        Slice(run=piece.run, subject=piece.subject, from_id=start, to_id=min(start + rows, piece.to_id))
        for start in range(piece.from_id + rows, piece.to_id, rows)
    )


def give_back(piece: Slice, error: Exception) -> None:
    """Let a failed slice wait for another try, unless somebody else has it by now."""
    Slice.objects.filter(pk=piece.pk, token=piece.token, state=Slice.State.LEASED).update(
        state=Slice.State.WAITING, lease_until=None, trouble=type(error).__name__
    )
    log.warning("slice_failed", slice=piece.pk, run=piece.run_id, reason=type(error).__name__)


def quarantine() -> int:
    """Set aside slices that failed or killed their worker too often; each is an alarm. Returns how many.

    With a set rule's slice goes whatever else changed-only runs have handed over of that rule.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE findings_slice SET state = 'quarantined', lease_until = NULL"
            " WHERE attempts >= %s AND (state = 'waiting'"
            " OR (state = 'leased' AND lease_until < clock_timestamp()))"
            " RETURNING id, run_id, subject, rule, from_id, to_id",
            [MAX_ATTEMPTS],
        )
        set_aside = cursor.fetchall()
        rules = sorted({rule for _pk, _run, _subject, rule, *_range in set_aside if rule})
        if rules:
            cursor.execute(_WITH_IT, [rules])
    for pk, run, subject, rule, from_id, to_id in set_aside:
        log.error(
            "slice_quarantined", slice=pk, run=run, subject=subject, rule=rule, from_id=from_id, to_id=to_id
        )
    return len(set_aside)


def set_aside() -> set[str]:
    """Set rules that are not handed out by changed-only runs, until a check of everything gets through them.

    Ask before anything else of the transaction: until it ends, `cover` waits, and then sees what it wrote.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rule FROM findings_slice WHERE state = 'quarantined' AND rule <> '' FOR SHARE")
        return {row[0] for row in cursor.fetchall()}


def cover(piece: Slice, *, at: datetime) -> None:
    """Take over what is left of a rule, in the transaction that looks at everything by it, before it does.

    What is handed over later is not covered: that may be about rows this check has not seen.
    """
    left = Slice.objects.filter(rule=piece.rule, state__in=(Slice.State.WAITING, Slice.State.QUARANTINED))
    left.exclude(pk=piece.pk).update(state=Slice.State.COVERED, finished_at=at)


def note_broken(run: Run, broken: dict[str, str]) -> None:
    """Write down, with the run, what rules could not be checked and why; each is an alarm."""
    if not broken:
        return
    with transaction.atomic():
        standing = Run.objects.select_for_update().get(pk=run.pk)
        if broken.keys() - standing.broken_rules.keys():
            standing.broken_rules = broken | standing.broken_rules  # what was seen first says why
            standing.save(update_fields=["broken_rules"])
            log.error("rules_could_not_be_checked", run=run.pk, rules=sorted(broken))


@transaction.atomic
def close(run_id: int) -> bool:
    """End a run that has all its slices and none of them left, adding up what they came to.

    True when this call ended it.
    """
    run = Run.objects.select_for_update().get(pk=run_id)
    unfinished = run.slices.filter(state__in=(Slice.State.WAITING, Slice.State.LEASED)).exists()
    if run.state != Run.State.RUNNING or not run.all_cut or unfinished:
        return False
    sums = run.slices.aggregate(
        subjects=Sum("subjects", default=0),
        opened=Sum("opened", default=0),
        resolved=Sum("resolved", default=0),
        differences=Sum("differences", default=0),
    )
    for name, value in sums.items():
        setattr(run, name, getattr(run, name) + value)
    set_aside = run.slices.filter(state=Slice.State.QUARANTINED).exists()
    run.state = Run.State.INCOMPLETE if set_aside else Run.State.DONE
    run.finished_at = max(timezone.now(), run.started_at)
    run.save()
    if run.kind != Run.Kind.CHANGED and not run.scope_path and not set_aside:
        _remember_rules(run)
    if run.differences:
        log.error("rebuild_found_differences", run=run.pk, differences=run.differences)
    return True


def overdue() -> list[Run]:
    """Runs that have not ended in their time; each is an alarm."""
    now = timezone.now()
    running = Run.objects.filter(state=Run.State.RUNNING).order_by("started_at")
    return [run for run in running if now - run.started_at > DUE[Run.Kind(run.kind)]]


def changed_rules(run: Run) -> list[str]:
    """Rules that answer otherwise than when all was last gone over, or are gone; none the first time."""
    known = dict(JudgedRule.objects.values_list("rule", "fingerprint"))
    if not known:
        return []
    rules = catalogue()
    changed = [rule.code for rule in rules if known.get(rule.code) != fingerprint(rule, run.as_of)]
    return changed + sorted(known.keys() - {rule.code for rule in rules})  # those no longer there last


def _remember_rules(run: Run) -> None:
    JudgedRule.objects.exclude(rule__in=[rule.code for rule in catalogue()]).delete()
    JudgedRule.objects.bulk_create(
        [
            JudgedRule(rule=rule.code, fingerprint=fingerprint(rule, run.as_of), run=run)
            for rule in catalogue()
            if rule.code not in run.broken_rules
        ],
        update_conflicts=True,
        unique_fields=["rule"],
        update_fields=["fingerprint", "run"],
    )
