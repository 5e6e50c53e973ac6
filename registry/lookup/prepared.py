"""Querysets compiled once a process: building one anew costs far more than the database takes to answer."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import psycopg
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from accounts.models import Ownership
from accounts.public_pages import page_identifiers, public_pages
from registry.evidence.models import Result, Sighting

Row = dict[str, Any]
MOST_PAGES: Final = 50  # of one agency, in one answer


class Prepared:
    """A queryset of `values()` whose few parameters are filled in at each call.

    Args:
        make: builds the queryset from its parameters, by comparisons that take each as it is (exact).
        marks: stand for the parameters while it is compiled; nothing else in it may equal one of them.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], *marks: object) -> None:
        self._make, self._marks = make, marks

    @cached_property
    def _compiled(self) -> tuple[str, tuple[Any, ...], list[str]]:
        query = self._make(*self._marks).query
        sql, params = query.sql_with_params()
        names = [*query.values_select, *query.annotation_select]
        return sql, params, list(query.selected or names)

    def rows(self, *values: object) -> list[Row]:
        """The rows for these parameters, in the order of the marks."""
        sql, params, names = self._compiled
        filled = dict(zip(self._marks, values, strict=True))
        connection.ensure_connection()
        # Django's cursor puts the parameters in itself, and PostgreSQL plans each statement anew: of a dozen
        # tables, longer than it then looks.
        connection.connection.prepare_threshold = 0
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(sql, [filled.get(each, each) for each in params], prepare=True)
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _known_by(platform: str, kind: str, key: str) -> QuerySet[Any, Row]:
    known = page_identifiers().filter(platform=platform, kind=kind, key=key, recorded_until__isnull=True)
    return public_pages().filter(account__in=known.values("account"))


def _looks(account: int) -> QuerySet[Any, Row]:
    looks = Sighting.objects.filter(account=account)
    newest = looks.order_by("direction", "-id").distinct("direction")
    known = newest.exclude(result=Result.COULD_NOT_CHECK)
    chosen = looks.filter(Q(pk__in=newest.values("pk")) | Q(pk__in=known.values("pk")))
    rows: QuerySet[Any, Any] = chosen.values("pk", "direction", "result", "seen_at")
    return rows


_KEY: Final[Sequence[str]] = ("?platform", "?kind", "?key")
_ACCOUNT: Final = -(10**15) - 7  # or an agency

pages_known_by: Final = Prepared(_known_by, *_KEY)
"""The official pages known by an identifier now: (platform, kind, key)."""
known_now: Final = Prepared(
    lambda platform, kind, key: page_identifiers().filter(
        platform=platform, kind=kind, key=key, recorded_until__isnull=True
    ),
    *_KEY,
)
"""The pages, fakes among them, known by an identifier now: (platform, kind, key)."""
known_before: Final = Prepared(
    lambda platform, kind, key: page_identifiers().filter(
        platform=platform, kind=kind, key=key, recorded_until__isnull=False
    ),
    *_KEY,
)
"""The pages that were known by an identifier and are no more: (platform, kind, key)."""
pages_of_agency: Final = Prepared(
    lambda agency: (
        public_pages()
        .filter(account__in=Ownership.objects.current().filter(agency=agency).values("account"))
        .order_by("account")[:MOST_PAGES]
    ),
    _ACCOUNT,
)
"""The official pages of an agency, the oldest first, so many at most: (agency)."""
identifiers_of: Final = Prepared(
    lambda account: page_identifiers().filter(account=account, recorded_until__isnull=True).order_by("pk"),
    _ACCOUNT,
)
"""By what a page is known now, oldest first: (account)."""
last_looks: Final = Prepared(_looks, _ACCOUNT)
"""The last look at a page each way, and the last that came to a result: (account)."""
