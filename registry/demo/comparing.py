"""The comparisons of everybody a load brought, made by the book itself, by as many processes as there are."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.db.models import Max, Min

from accounts.comparison import add_up_branches, refresh_accounts, refresh_agencies, refresh_officials
from accounts.models import Account, Agency, Official
from registry.demo.workers import shared
from registry.demo.writing import Ids

_STEP: Final = 2_000  # compared at a time, as a rebuild does; larger lists of ids make slower plans
_PIECE: Final = 10_000  # in one transaction


_KINDS: Final[dict[str, tuple[Any, Callable[[Sequence[int]], int]]]] = {
    "account": (Account, refresh_accounts),
    "official": (Official, refresh_officials),
    "agency": (Agency, refresh_agencies),
}


class Piece(NamedTuple):
    """A half-open range of accounts, officials or agencies."""

    kind: str
    first: int
    until: int


def compare(ids: Ids, *, processes: int, progress: Callable[[int, int], None] | None = None) -> None:
    """Make the comparisons of a load.

    Args:
        ids: what was loaded.
        processes: how many share the work; others than this one see only what is committed.
        progress: told how many subjects are done, and of how many at most.
    """
    done = 0
    for count in shared(_piece, _pieces(ids), count=processes, begin=_nothing):
        done += count
        if progress:
            progress(done, ids.accounts + ids.officials)


def _pieces(ids: Ids) -> Iterator[Piece]:
    agencies = Agency.objects.aggregate(first=Min("pk"), last=Max("pk"))
    for kind, first, until in (
        ("account", ids.account, ids.account + ids.accounts),
        ("official", ids.official, ids.official + ids.officials),
        ("agency", agencies["first"], agencies["last"] + 1),
    ):
        for start in range(first, until, _PIECE):
            yield Piece(kind, start, min(start + _PIECE, until))


def _piece(piece: Piece) -> int:
    model, refresh = _KINDS[piece.kind]
    with transaction.atomic():
        found = model.objects.filter(pk__gte=piece.first, pk__lt=piece.until)
        ids = list(found.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), _STEP):
            refresh(ids[start : start + _STEP])
    return len(ids)


def _nothing() -> None:
    """Nothing to prepare."""


def tidy_up() -> None:
    """Leave the tables as a quiet night would: what a scan needs is known, nothing is left to be marked.

    Must not run in a transaction.
    """
    add_up_branches()
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM (ANALYZE) accounts_comparison, accounts_officialcomparison, accounts_agencycomparison,"
            " accounts_pagecomparison, changes_changemark, accounts_branchcoverage, accounts_coveragemark"
        )
