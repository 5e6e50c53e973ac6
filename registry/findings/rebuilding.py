"""A slice of a rebuild: comparisons proved against the book, and made afresh where they do not fit it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, Model

from accounts.comparison import (
    accounts_otherwise,
    officials_otherwise,
    pages_between,
    refresh_accounts,
    refresh_agencies,
    refresh_officials,
    refresh_pages,
    stale_accounts,
    stale_officials,
)
from accounts.models import Account, Agency, Official
from registry.findings import engine
from registry.findings.folding import Folded
from registry.findings.models import Slice
from registry.findings.writing import Totals
from registry.rules.rule import Subject

_AT_A_TIME = 2_000
_WEEKS = 52


@dataclass(frozen=True, slots=True)
class _Compared:
    identities: type[Model]
    refresh: Callable[[Sequence[int]], int]
    slice_rows: int  # subjects a slice looks at: made afresh all of them, they are done well within a lease
    # None: all are made afresh each week, they are few
    stale: Callable[[int, int], set[int]] | None = None
    otherwise: Callable[[Sequence[int]], set[int]] | None = None
    # which of the identities have a comparison of this kind; None: every one
    compared: Callable[[int, int], set[int]] | None = None


#: What a rebuild goes over, how it is compared again, and how what is to be is found.
COMPARED: dict[Subject, _Compared] = {
    Subject.ACCOUNT: _Compared(Account, refresh_accounts, 200_000, stale_accounts, accounts_otherwise),
    Subject.OFFICIAL: _Compared(Official, refresh_officials, 800_000, stale_officials, officials_otherwise),
    Subject.AGENCY: _Compared(Agency, refresh_agencies, 200_000),
    Subject.PAGE: _Compared(Account, refresh_pages, 800_000, compared=pages_between),
}


def compare_again(piece: Slice, folded: Folded, at: datetime) -> Totals:
    """Prove a range of subjects against the book, and judge it.

    What does not fit its seal, and what no comparison is left of, is made afresh and judged whatever its
    masks say. Another 52nd of the others is made afresh each week, so that within a year every row was made
    from nothing but the book; where it comes out the same, its masks are enough. Must run in a transaction.
    """
    compared, totals = COMPARED[folded.subject], Totals()
    due = engine.left_behind(folded.subject, piece.from_id, piece.to_id)
    if compared.stale is not None:
        due |= compared.stale(piece.from_id, piece.to_id)
    for ids in _batches(due):
        totals += Totals(differences=compared.refresh(ids))
        totals += replace(engine.judge(folded, ids, run=piece.run, at=at), subjects=0)
    for ids in _batches(_otherwise(_in_turn(piece, compared) - due, compared)):
        differences = compared.refresh(ids)
        if differences:
            judged = engine.judge(folded, ids, run=piece.run, at=at)
            totals += replace(judged, subjects=0, differences=differences)
    return totals + engine.sweep(
        folded, run=piece.run, from_id=piece.from_id, to_id=piece.to_id, at=at, by_subject=True
    )


def _in_turn(piece: Slice, compared: _Compared) -> set[int]:
    """Whose turn it is this week, whatever their seal."""
    if compared.compared is not None:
        return compared.compared(piece.from_id, piece.to_id)
    rows = compared.identities._default_manager.filter(pk__gte=piece.from_id, pk__lt=piece.to_id)  # noqa: SLF001 - Django's own name for it
    if compared.stale is not None:
        week = piece.run.as_of.isocalendar().week % _WEEKS
        rows = rows.alias(turn=F("pk") % _WEEKS).filter(turn=week)
    return set(rows.values_list("pk", flat=True))


def _otherwise(turn: set[int], compared: _Compared) -> set[int]:
    """Of those whose turn it is, the ones to be written afresh."""
    if compared.otherwise is None:
        return turn
    return {each for ids in _batches(turn) for each in compared.otherwise(ids)}


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_A_TIME):
        yield ordered[start : start + _AT_A_TIME]
