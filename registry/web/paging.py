"""Lists in pages, by key: page 5,000 costs what page 1 does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet

_SALT = "registry.web.paging"
_M = TypeVar("_M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[_M]):
    """Rows of one page; `next_cursor` is "" on the last. Draw it with `<c-pager :page="page" />`."""

    rows: list[_M]
    next_cursor: str
    is_first: bool
    previous_cursor: str = ""  # to be sent as `before`; "" on the first page, and where nobody asks for it


def page_by_key(
    queryset: QuerySet[_M], *keys: str, cursor: str = "", before: str | None = None, size: int = 50
) -> Page[_M]:
    """Cut one page out of a queryset.

    Args:
        queryset: what to page; its own order is replaced.
        keys: fields in order, "-" for descending, never null, the last one unique ("submitted_at", "id").
        cursor: `next_cursor` of the page before, as it came back in the address; a broken one is the start.
        before: `previous_cursor` of the page after, likewise: the page that ends just before it. None where
            the list does not go back page by page.
        size: rows a page.
    """
    until = _read(before or "", len(keys))
    if until is not None:
        back = _reversed(keys)
        found = list(queryset.order_by(*back).filter(_beyond(back, until))[: size + 1])
        more = len(found) > size
        found = found[:size][::-1]
        if found:
            return Page(found, _write(found[-1], keys), not more, _write(found[0], keys) if more else "")
    after = _read(cursor, len(keys))
    rows = queryset.order_by(*keys)
    if after is not None:
        rows = rows.filter(_beyond(keys, after))
    found = list(rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    goes_back = before is not None and after is not None and found
    return Page(
        found,
        _write(found[-1], keys) if more else "",
        after is None,
        _write(found[0], keys) if goes_back else "",
    )


def page_of(
    read: Callable[[list[Any] | None, int], list[_M]], *keys: str, cursor: str = "", size: int = 50
) -> Page[_M]:
    """A page of rows that no single queryset reads in order.

    Args:
        read: gives so many of the rows that come after the values of the keys; None: from the start.
        keys: as for `page_by_key`.
        cursor: likewise.
        size: likewise.
    """
    after = _read(cursor, len(keys))
    found = read(after, size + 1)
    kept = found[:size]
    return Page(kept, _write(kept[-1], keys) if len(found) > size else "", after is None)


def among_next(queryset: QuerySet[_M], *keys: str, cursor: str = "", before: str = "", rows: int) -> Q | None:
    """The condition to be among the next `rows` of a queryset, in the direction a page is asked for.

    Told by the first key alone, so that those beside the last one are in too: the planner can then tell how
    many it lets through. None where not that many are left. Arguments as for `page_by_key`.
    """
    start = _read(before, len(keys))
    order = keys
    if start is not None:
        order = _reversed(keys)
    else:
        start = _read(cursor, len(keys))
    left = queryset.order_by(*order)
    if start is not None:
        left = left.filter(_beyond(order, start))
    field = keys[0].removeprefix("-")
    edge = list(left.values_list(field, flat=True)[rows : rows + 1])
    return Q(**{f"{field}__{'gte' if order[0].startswith('-') else 'lte'}": edge[0]}) if edge else None


def _reversed(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key[1:] if key.startswith("-") else f"-{key}" for key in keys)


def _beyond(keys: tuple[str, ...], after: list[Any]) -> Q:
    """Key by key: equal in all before, past it in this one."""
    beyond, equal = Q(), Q()
    for key, value in zip(keys, after, strict=True):
        field = key.removeprefix("-")
        beyond |= equal & Q(**{f"{field}__{'lt' if key.startswith('-') else 'gt'}": value})
        equal &= Q(**{field: value})
    first = keys[0].removeprefix("-")
    # Said once more for the planner, which reads no range out of an "or".
    within = Q(**{f"{first}__{'lte' if keys[0].startswith('-') else 'gte'}": after[0]})
    return within & beyond


def _read(cursor: str, count: int) -> list[Any] | None:
    if not cursor:
        return None
    try:
        values = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature:
        return None
    return values if isinstance(values, list) and len(values) == count else None


def _write(row: Model, keys: tuple[str, ...]) -> str:
    values = []
    for key in keys:
        value: Any = row
        for step in key.removeprefix("-").split("__"):
            value = getattr(value, step)
        values.append(str(value) if isinstance(value, (datetime, date, UUID)) else value)
    return signing.dumps(values, salt=_SALT, compress=True)
