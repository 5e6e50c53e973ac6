"""An accounts plan becomes entries and declarations, or is taken back, in one transaction of the caller's."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import DeclaredFacts, Entry, NilReturn, Ownership
from accounts.services import bulk
from registry.declarations.services import Registration, record_registrations, undo_registrations
from registry.declarations.states import OPEN
from registry.intake.copying import Progress, numbers
from registry.intake.models import AccountRow, Action, Import
from registry.intake.scope import Scope
from registry.intake.staff_apply import built_upon, stale_plan
from registry.users.models import User
from registry.users.services import machine_login

_WRITTEN: Final = (Action.NEW, Action.CHANGED)
_AT_ONCE: Final = 20_000  # declarations


def _rows(job: Import) -> QuerySet[AccountRow]:
    return AccountRow.objects.filter(import_id=job.pk, action__in=_WRITTEN)


def apply_accounts_plan(job: Import, *, scope: Scope, by: User | None, progress: Progress) -> datetime:
    """Write the plan's accounts, facts, entries and declarations; return the instant they begin.

    Raises:
        ConflictError: `plan_stale`.
    """
    who = by or machine_login()
    rows = _rows(job)
    progress.step("checking", 0)
    bulk.hold_owners(rows=rows.values(*bulk.ACCOUNT_COLUMNS))
    _require_fresh(job, scope)
    _note_nils(rows)
    at = bulk.instant_after(
        Entry.objects.filter(pk__in=rows.filter(before_id__isnull=False).values("before_id")),
        NilReturn.objects.filter(pk__in=rows.filter(nil_id__isnull=False).values("nil_id")),
    )
    progress.step("new", 0)
    bulk.enter_accounts(rows=rows.values(*bulk.ACCOUNT_COLUMNS), by=who, at=at)
    registrations = (
        Registration(
            official_id=row.official_id,
            account_id=row.account_id,
            facts_id=row.facts_id or 0,
            entry_id=row.entry_id,
            is_change=row.action == Action.CHANGED,
            link_text=row.link_text,
        )
        for row in rows.order_by("id").iterator(chunk_size=_AT_ONCE)
    )
    written = 0
    for some in _batches(registrations):
        record_registrations(rows=some, by=who)
        written += len(some)
        progress.step("changed", written)
    return at


def _note_nils(rows: QuerySet[AccountRow]) -> None:
    """Remember whose "I have no account" ends now, whenever it was said: undoing lets it stand again."""
    standing = NilReturn.objects.current()
    said = rows.filter(disputed=False, official_id__in=standing.values("official"))
    said.update(nil_id=Subquery(standing.filter(official=OuterRef("official_id")).values("pk")))


def _batches(registrations: Iterator[Registration]) -> Iterator[list[Registration]]:
    """In memory a batch at a time: COPY cannot read from the connection it writes to."""
    while some := list(islice(registrations, _AT_ONCE)):
        yield some


def _require_fresh(job: Import, scope: Scope) -> None:
    within, paths = scope.covers("a.path")
    found = numbers(
        f"""
        SELECT EXISTS (
            SELECT FROM intake_accountrow s
            LEFT JOIN accounts_officialrecord r ON r.official_id = s.official_id AND r.recorded_until IS NULL
            LEFT JOIN accounts_agencyrecord a ON a.agency_id = r.agency_id AND a.recorded_until IS NULL
            WHERE s.import_id = %s AND (a.id IS NULL OR NOT {within})
        ) OR EXISTS (
            SELECT FROM intake_accountrow s
            LEFT JOIN accounts_entry e ON e.id = s.before_id AND e.recorded_until IS NULL
            WHERE s.import_id = %s AND s.before_id IS NOT NULL AND e.id IS NULL
        ) OR EXISTS (
            SELECT FROM intake_accountrow s
            LEFT JOIN accounts_ownership w ON w.account_id = s.account_id AND w.recorded_until IS NULL
            WHERE s.import_id = %s AND s.known AND s.action IN ('new', 'changed') AND CASE
                WHEN s.owned THEN w.official_id IS DISTINCT FROM s.official_id
                WHEN s.disputed THEN w.id IS NOT NULL AND w.official_id IS NOT DISTINCT FROM s.official_id
                ELSE w.id IS NOT NULL END
        ) OR EXISTS (
            SELECT FROM intake_accountrow s
            JOIN declarations_declaration d ON d.official_id = s.official_id AND d.account_id = s.account_id
                AND d.state = ANY(%s)
            WHERE s.import_id = %s AND s.action IN ('new', 'changed')
        )
        """,  # noqa: S608 - the condition is made of our own words
        [job.pk, *paths, job.pk, job.pk, [str(state) for state in OPEN], job.pk],
    )
    if found[0][0]:
        raise stale_plan()


def undo_accounts_import(job: Import, *, by: User | None) -> None:
    """End the entries and ownerships the import made; its declarations are withdrawn.

    Raises:
        ConflictError: `built_upon`, with what.
    """
    rows = _rows(job)
    entered = rows.filter(disputed=False)
    entries = Entry.objects.filter(pk__in=entered.values("entry_id"))
    taken = entered.filter(owned=False)
    ownerships = Ownership.objects.filter(
        account__in=taken.values("account_id"), recorded_from=job.applied_at
    )
    later = DeclaredFacts.objects.filter(
        account__in=rows.values("account_id"), stated_at__gt=job.applied_at
    ).exclude(pk__in=rows.values("facts_id"))
    built = {
        "entries": entered.count() - entries.current().count(),
        "accounts": taken.count() - ownerships.current().count(),
        "statements": later.count(),
    }
    if any(built.values()):
        raise built_upon(built)
    facts = [pk for pk in rows.values_list("facts_id", flat=True) if pk is not None]
    undo_registrations(facts_ids=facts, by=by or machine_login())
    bulk.restore_accounts(
        entries=entries,
        ownerships=ownerships.current(),
        entries_before=Entry.objects.filter(pk__in=_ids(entered, "before_id")),
        nils_before=NilReturn.objects.filter(pk__in=_ids(entered, "nil_id")),
        by=by,
    )


def _ids(rows: QuerySet[AccountRow], column: str) -> Any:
    return rows.filter(**{f"{column}__isnull": False}).values(column)
