"""Lists in pages, by key: page 5,000 costs what page 1 does."""

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


def page_by_key(queryset: QuerySet[_M], *keys: str, cursor: str = "", size: int = 50) -> Page[_M]:
    """Cut one page out of a queryset.

    Args:
        queryset: what to page; its own order is replaced.
        keys: fields in order, "-" for descending, never null, the last one unique ("submitted_at", "id").
        cursor: `next_cursor` of the page before, as it came back in the address; a broken one is the start.
        size: rows a page.
    """
    after = _read(cursor, len(keys))
    rows = queryset.order_by(*keys)
    if after is not None:
        rows = rows.filter(_beyond(keys, after))
    found = list(rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, _write(found[-1], keys) if more else "", after is None)


def _beyond(keys: tuple[str, ...], after: list[Any]) -> Q:
    """Key by key: equal in all before, past it in this one."""
    beyond, equal = Q(), Q()
    for key, value in zip(keys, after, strict=True):
        field = key.removeprefix("-")
        beyond |= equal & Q(**{f"{field}__{'lt' if key.startswith('-') else 'gt'}": value})
        equal &= Q(**{field: value})
    return beyond


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
