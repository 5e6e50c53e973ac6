"""What was seen of agencies' pages, for whoever may see the pages."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from registry.evidence.models import Direction, Result, Sighting


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one direction.

    Attributes:
        last: the last look; None where nobody looked yet.
        known: the last look that came to a result; it keeps standing, with its age, while later ones could
            not check. None where none did.
    """

    last: Sighting | None = None
    known: Sighting | None = None


def last_seen(account_ids: Collection[int]) -> dict[int, dict[Direction, Seen]]:
    """What was last seen of pages, both ways: two queries, however many pages.

    Args:
        account_ids: accounts of agencies' pages; others have nothing here.
    """
    rows = Sighting.objects.filter(account__in=account_ids)
    last = _newest(rows)
    known = _newest(rows.exclude(result=Result.COULD_NOT_CHECK))
    return {
        account: {each: Seen(last.get((account, each)), known.get((account, each))) for each in Direction}
        for account in account_ids
    }


def _newest(rows: QuerySet[Sighting]) -> dict[tuple[int, Direction], Sighting]:
    newest = rows.order_by("account", "direction", "-id").distinct("account", "direction")
    return {(each.account_id, Direction(each.direction)): each for each in newest}


def history(account_id: int) -> QuerySet[Sighting]:
    """Every look at a page; page it by "-id"."""
    return Sighting.objects.filter(account=account_id)
