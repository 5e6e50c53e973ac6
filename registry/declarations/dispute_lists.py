"""The list of disputes of an HR officer: what they decide, and what of their branches others decide."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Entry
from registry.declarations import sides
from registry.declarations.models import Declaration, PageDeclaration
from registry.declarations.page_selectors import WITH_PAGE
from registry.declarations.selectors import WITH_FACTS
from registry.users.models import User


@dataclass(frozen=True, slots=True)
class Contested:
    """What stands in an officer's branches and somebody claims; by whom is not told."""

    entry: Entry
    at: datetime  # when the latest claim was made


@dataclass(frozen=True, slots=True)
class Disputes:
    """Each part of the list, the oldest first."""

    to_decide: list[Declaration]
    pages_to_decide: list[PageDeclaration]
    claims: list[Declaration]
    claimed_pages: list[PageDeclaration]
    contested: list[Contested]


def disputes_for(
    user: User, *, after: Sequence[Any] | None = None, size: int, pages: int = 100, most: int
) -> Disputes:
    """What an HR officer's list of disputes shows; which they are is asked first, then what is shown of each.

    Args: as for `sides.disputes_listed`.
    """
    found = sides.disputes_listed(user, after=after, size=size, pages=pages, most=most)
    people = {row.pk: row for row in _people({*found.to_decide, *found.claims})}
    over_pages = {row.pk: row for row in _pages({*found.pages_to_decide, *found.claimed_pages})}
    entries = {row.pk: row for row in _entries(found.contested)}
    contested = zip(found.contested, found.contested_at, strict=True)
    return Disputes(
        [people[pk] for pk in found.to_decide if pk in people],
        [over_pages[pk] for pk in found.pages_to_decide if pk in over_pages],
        [people[pk] for pk in found.claims if pk in people],
        [over_pages[pk] for pk in found.claimed_pages if pk in over_pages],
        [Contested(entries[pk], at) for pk, at in contested if pk in entries],
    )


def _people(ids: Collection[int]) -> list[Declaration]:
    rows = Declaration.objects.filter(pk__in=ids).select_related(*WITH_FACTS)
    return list(rows.prefetch_related("account__identifiers"))


def _pages(ids: Collection[int]) -> list[PageDeclaration]:
    rows = PageDeclaration.objects.filter(pk__in=ids).select_related(*WITH_PAGE)
    return list(rows.prefetch_related("account__identifiers"))


def _entries(ids: Collection[int]) -> list[Entry]:
    rows = Entry.objects.filter(pk__in=ids).prefetch_related("account__identifiers")
    return list(rows.select_related("account", "facts", "facts__official", "facts__agency"))
