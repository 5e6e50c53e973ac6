"""The handle is not taken for that of another agency's page.

Fires on: a handle, or a name in the address, that looks like that of a confirmed page of another agency on
whatever platform: the same letters, letters or digits that pass for them, dots, words such as “official” or
digits added. Both pages are told; within one branch too, where a ward may bear its province's name.
Silent on: pages of one agency; another place, though its name differs by one letter only, or by a number of
its own; likeness to a page nobody has confirmed yet, or to a handle given up; pages of an agency that is or
will be dissolved, which have their own rule.
Binds: every agency with a page; no article says it. Whoever reads a handle is to know whose page it is.
Repair: the two agencies agree which of them changes its handle, by adding the province for instance; that one
declares the change.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import PageComparison, StandingCode
from accounts.paths import one_of
from registry.rules.rule import Rule, Subject

# One passes for the other: as it looks, the other may be read.
_ALIKE = Q(handle_readings__overlap=OuterRef("handle_looks")) | Q(
    handle_looks__overlap=OuterRef("handle_readings")
)


def _pages() -> QuerySet[PageComparison, PageComparison]:
    """Pages of agencies that stay, whatever the day: nobody asks a set rule again because a day has come."""
    return PageComparison.objects.filter(dissolved_on__isnull=True)


def offenders(_as_of: date, among: Collection[int] | None) -> QuerySet[Any, Any]:
    """Pages of which one passes for the other; only a confirmed page is a counterpart."""
    mine = _pages() if among is None else _pages().filter(one_of(among, "pk"))
    others = _pages().filter(
        ~Q(agency_id=OuterRef("agency_id")),
        ~Q(account_id=OuterRef("account_id")),  # itself, where another agency says that it is its own
        _ALIKE,
        standing=StandingCode.CONFIRMED,
    )
    return mine.filter(Exists(others)).order_by().values("pk")


def neighbours(rows: Collection[int]) -> QuerySet[Any, Any]:
    """Live pages of which one passes for one of `rows`, or the other way round."""
    live = PageComparison.objects.filter(_ALIKE, standing__gt=StandingCode.DRAFT)
    # asked from each of `rows` by the index: over pages that did not change nobody has to go
    changed = PageComparison.objects.filter(pk__in=rows)
    found = changed.annotate(near=ArraySubquery(live.order_by().values("pk"))).values_list("near", flat=True)
    return PageComparison.objects.filter(pk__in={pk for near in found for pk in near}).values("pk")


RULE = Rule(
    code="PAG-15",
    bit=14,
    subject=Subject.PAGE,
    version=1,
    title=_("The handle of the page is not taken for another agency's"),
    offenders=offenders,
    neighbours=neighbours,
    evidence=("name_shown", "handles", "pages_alike"),
)
