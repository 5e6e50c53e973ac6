"""Runs: what changed, everything as it stands compared, everything compared again."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import structlog
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from accounts.comparison import add_up_branches, learn_sizes, recount, recount_branches, refresh_marked
from accounts.models import Agency, AgencyRecord
from accounts.paths import below
from common import bell
from common.changes.services import waiting
from common.circles import no_collection
from registry.findings import branches, engine, queue, set_rules, writing
from registry.findings.clock import register_day
from registry.findings.folding import Folded, live
from registry.findings.models import JudgedRule, Run, Slice
from registry.findings.rebuilding import COMPARED, compare_again
from registry.findings.waivers import expire_waivers
from registry.findings.writing import Totals
from registry.rules.catalogue import catalogue
from registry.rules.rule import Subject

log = structlog.get_logger(__name__)

LOOK_ROWS = 10_000_000  # comparison rows a slice of a sweep looks at, in one scan: seconds
SLICE_ROWS = 250_000  # … and those a slice may write, whatever it finds: within a minute
MANY_CHANGES = 25_000  # rows to write, above which a slice that looks at more is cut up first
MANY_MARKS = 10_000  # an import of a large list: the planner has not seen its rows yet
CHANGED_BATCH = 2_000  # marks of a kind consumed in one transaction
WORK = "findings.work"


def start_sweep(
    *, by: Any = None, scope: Agency | None = None, period_key: str | None = None, as_of: date | None = None
) -> Run:
    """Cut a sweep of the register, or of the branch `scope`, into slices and ring for workers.

    With a `period_key` ("sweep:2026-11-22") there is one run however often it is asked for; the standing one
    is returned. `as_of` defaults to today in the project's time zone.
    """
    return _start(Run.Kind.SWEEP, by=by, scope=scope, period_key=period_key, as_of=as_of)


def start_rebuild(*, by: Any = None, period_key: str | None = None, as_of: date | None = None) -> Run:
    """Compare everything again from the book: zero differences is the proof that nothing was missed."""
    run_changed(as_of=as_of)  # what is known to have changed is no difference
    wrong = recount()
    if wrong:
        log.error("coverage_counters_were_wrong", agencies=wrong)
    wrong = recount_branches()
    if wrong:
        log.error("branch_coverage_was_wrong", branches=wrong)
    wrong = branches.count_again()
    if wrong:
        log.error("branch_counters_were_wrong", sums=wrong)
    return _start(Run.Kind.REBUILD, by=by, scope=None, period_key=period_key, as_of=as_of)


def run_changed(*, as_of: date | None = None) -> Run | None:
    """Compare and judge whatever is marked as changed, until no mark is left. None when nothing was marked.

    Each batch is one transaction: marks, comparisons, findings and counters together, and what it hands over
    to set rules. A worker killed between two loses nothing; the marks that remain are the next run's. Waivers
    whose last day has passed end first.
    """
    day = as_of or register_day()
    expire_waivers(as_of=day)
    marked = waiting()
    if not marked:
        return None
    if marked > MANY_MARKS:
        learn_sizes()
    run = Run(kind=Run.Kind.CHANGED, as_of=day, all_cut=False)
    run.changed_rules = queue.changed_rules(run)
    run.save(force_insert=True)
    folded = {subject: engine.usable(subject, run) for subject in Subject}
    try:
        while _changed_batch(run, folded, whole=marked > set_rules.WHOLE):
            pass
    except BaseException:
        Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(
            state=Run.State.INTERRUPTED, finished_at=timezone.now()
        )
        raise
    # one that took very long may have been taken for dead
    Run.objects.filter(pk=run.pk).update(all_cut=True, state=Run.State.RUNNING, finished_at=None)
    if not work(run=run):  # else it was closed with its last slice
        queue.close(run.pk)
    run.refresh_from_db()
    if any(queue.changed_rules(run)):
        _sweep_for_changed_rules(run)
    return run


def work(limit: int | None = None, *, run: Run | None = None) -> int:
    """Claim and do slices (of `run`, or of any) until none waits, `limit` at most. Returns how many."""
    done = 0
    while limit is None or done < limit:
        piece = queue.claim(run)
        if piece is None:
            break
        try:
            with no_collection():
                _do(piece)
            done += 1
        except queue.LeaseLostError:
            log.warning("lease_lost", slice=piece.pk, run=piece.run_id)
        except Exception as error:  # noqa: BLE001 - whatever one slice does, the others are done
            queue.give_back(piece, error)
        queue.quarantine()
        queue.close(piece.run_id)
    return done


def tend() -> None:
    """Set aside what keeps failing, end what is finished, ring for what waits, raise alarms.

    Waivers whose last day has passed end here too, for a register in which nothing else happens; and the sums
    of branches are put together, of findings and of people.
    """
    expire_waivers(as_of=register_day())
    branches.fold()
    add_up_branches()
    queue.quarantine()
    late = {run.pk for run in queue.overdue()}
    for run in Run.objects.filter(state=Run.State.RUNNING):
        if not run.all_cut:
            if run.pk in late:  # its worker was killed; its marks went to the next run
                Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(
                    state=Run.State.INTERRUPTED, finished_at=max(timezone.now(), run.started_at)
                )
        elif not queue.close(run.pk) and run.pk in late:
            log.error("run_overdue", run=run.pk, kind=run.kind, started_at=run.started_at.isoformat())
    if Slice.objects.filter(state__in=(Slice.State.WAITING, Slice.State.LEASED)).exists():
        bell.ring(WORK)


def _start(
    kind: Run.Kind, *, by: Any, scope: Agency | None, period_key: str | None, as_of: date | None
) -> Run:
    path = AgencyRecord.objects.current().get(agency=scope).path if scope else ""
    run = Run(
        kind=kind, as_of=as_of or register_day(), period_key=period_key, scope=scope, scope_path=path,
        requested_by=by,
    )  # fmt: skip
    expire_waivers(as_of=run.as_of)
    try:
        with transaction.atomic():
            run.changed_rules = queue.changed_rules(run)
            run.save(force_insert=True)
            Slice.objects.bulk_create(_slices(run))
            bell.ring(WORK)
    except IntegrityError:
        standing = Run.objects.filter(period_key=period_key).first() if period_key else None
        if standing is None:
            raise
        return standing
    queue.close(run.pk)  # an empty register has no slices
    return run


def _slices(run: Run) -> Iterator[Slice]:
    rebuild = run.kind == Run.Kind.REBUILD
    for subject in Subject:
        step = COMPARED[subject].slice_rows if rebuild else LOOK_ROWS
        if rebuild:
            rows: Any = COMPARED[subject].identities._default_manager.all()  # noqa: SLF001 - Django's own name for it
        else:
            rows = (
                live(subject).filter(below(run.scope_path, "agency_path"))
                if run.scope_path
                else live(subject)
            )
        ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
        if ends["first"] is not None:
            for start in range(ends["first"], ends["last"] + 1, step):
                yield Slice(
                    run=run, subject=subject, from_id=start, to_id=min(start + step, ends["last"] + 1)
                )
    if run.scope_path:
        return
    known = set(JudgedRule.objects.values_list("rule", flat=True))
    anew = {*run.changed_rules, *queue.set_aside()}
    for each in catalogue():
        # set rules know no dates: between changes, changed-only runs keep them
        if each.is_set_rule and (rebuild or each.code not in known or each.code in anew):
            yield Slice(run=run, subject=each.subject, rule=each.code)
    for code, kind in engine.retired_rules():
        yield Slice(run=run, subject=kind, rule=code)


def _do(piece: Slice) -> None:
    run, subject = piece.run, Subject(piece.subject)
    at = timezone.now()
    if piece.rule:
        known = {each.code: each for each in catalogue()}
        if piece.rule in known:
            set_rules.do(piece, known[piece.rule], at)
        else:  # the catalogue lost it, before the run or since it was cut
            with transaction.atomic():
                queue.cover(piece, at=at)
                queue.finish(piece, writing.retire(piece.rule, subject, run=run, at=at), at=at)
        return
    folded = engine.usable(subject, run)
    try:
        _do_rows(piece, folded, at)
    except OperationalError:
        raise  # the database went away, or two workers got in each other's way: another try
    except DatabaseError:
        broken = engine.broken_by_database(folded)
        if not broken:
            raise
        run.broken_rules |= broken
        _do_rows(piece, engine.usable(subject, run), at)
        folded = engine.usable(subject, run)
    queue.note_broken(run, folded.broken | run.broken_rules)  # why it broke, where the database said it


def _do_rows(piece: Slice, folded: Folded, at: datetime) -> None:
    run = piece.run
    most = MANY_CHANGES if piece.to_id - piece.from_id > SLICE_ROWS else None
    try:
        with transaction.atomic():
            if run.kind == Run.Kind.REBUILD:
                totals = compare_again(piece, folded, at)
            else:
                totals = engine.sweep(
                    folded, run=run, from_id=piece.from_id, to_id=piece.to_id, at=at, most=most
                )
            queue.finish(piece, totals, at=at)
    except engine.TooManyChangesError:
        queue.cut(piece, SLICE_ROWS)
        bell.ring(WORK)  # there is enough for several


def _changed_batch(run: Run, folded: dict[Subject, Folded], *, whole: bool) -> bool:
    at = timezone.now()
    parted: dict[str, set[int] | None] = {}
    try:
        with no_collection(), transaction.atomic():
            aside = queue.set_aside()
            refreshed = refresh_marked(
                CHANGED_BATCH,
                before=lambda ids: parted.update(set_rules.counterparts(ids, run=run, aside=aside)),
            )
            set_rules.hand_over(refreshed.account_ids, parted=parted, run=run, aside=aside, whole=whole)
            totals = engine.judge(folded[Subject.ACCOUNT], refreshed.account_ids, run=run, at=at)
            totals += engine.judge(folded[Subject.PAGE], refreshed.account_ids, run=run, at=at)
            totals += engine.judge(
                folded[Subject.OFFICIAL],
                refreshed.official_ids,
                run=run,
                at=at,
                unlike_before=refreshed.unlike_before,
            )
            totals += engine.judge(folded[Subject.AGENCY], refreshed.agency_ids, run=run, at=at)
            _add(run, totals)
    except OperationalError:
        raise
    except DatabaseError:
        failures = {
            code: why for each in folded.values() for code, why in engine.broken_by_database(each).items()
        }
        if not failures:
            raise
        queue.note_broken(run, failures)
        run.refresh_from_db()
        folded.update({subject: engine.usable(subject, run) for subject in Subject})
        return True
    queue.note_broken(run, {code: why for each in folded.values() for code, why in each.broken.items()})
    return bool(refreshed) or bool(waiting())


def _add(run: Run, totals: Totals) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE findings_run SET subjects = subjects + %s, opened = opened + %s, resolved = resolved + %s"
            " WHERE id = %s",
            [totals.subjects, totals.opened, totals.resolved, run.pk],
        )


def _sweep_for_changed_rules(run: Run) -> None:
    """Go over everything after a change of rules (a version, a profile's dates), once for each change."""
    known = "|".join(sorted(f"{code}" for code in queue.changed_rules(run)))
    digest = sha256(f"{run.as_of}|{known}".encode()).hexdigest()[:16]
    start_sweep(period_key=f"rules:{digest}", as_of=run.as_of)
