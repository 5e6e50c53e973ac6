"""Whom and what the merger of a unit touches: counted, and the first of each by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import AgencyRecord, Comparison, Ownership, Regulation
from accounts.paths import below
from accounts.services.reorganising import absorbed_by, people_of, rehung_with
from registry.declarations.models import Declaration
from registry.declarations.states import UNDER_REVIEW
from registry.rules.effective import effective
from registry.users.models import Invitation, RoleGrant
from registry.web.law.wording import profile_name
from registry.web.reviewer.scope import Who, people

SHOWN: Final = 50  # of each, by name


@dataclass(frozen=True, slots=True)
class Listed:
    """Things of one sort: how many, and the first of them."""

    count: int
    rows: Sequence[Any] = ()

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a merger touches, as things stand."""

    people: Listed  # of records of officials who move
    ending: Listed  # of records of units that end, the unit itself first
    moving: Listed  # of (record of a unit that hangs elsewhere, people in it and below)
    old_name: Listed  # of people, an account each, that show a unit that ends
    pages: Listed  # of accounts of the units themselves
    declarations: Listed  # of people, a declaration each
    invitations: Listed  # of people
    grants: Listed  # of roles in the units that end
    regulations: Listed  # that end with them
    profiles: tuple[str, str]  # by which its people are judged: before, after


def touched_by(ends: AgencyRecord, goes_on: AgencyRecord, units: str, on: date) -> Touched:
    """What merging `ends` into `goes_on` touches; the number of queries is the same for any number."""
    absorbed = absorbed_by(ends, units)
    ids = absorbed.values("agency")
    moved = people_of(absorbed)
    officials = moved.values("official")
    showing = Comparison.objects.filter(agency_id__in=ids, agency_shown_id__in=ids, official_id__isnull=False)
    pages = Ownership.objects.current().filter(agency__in=ids)
    waiting = Declaration.objects.filter(official__in=officials, state__in=UNDER_REVIEW)
    invited = Invitation.objects.filter(official__in=officials, used_at=None, withdrawn_at=None)
    grants = RoleGrant.objects.filter(agency__in=ids, ended_at=None)
    orders = Regulation.objects.current().filter(
        Q(in_force_until=None) | Q(in_force_until__gt=on), agency__in=ids
    )
    named = _named(showing.order_by("pk"), waiting.order_by("pk"), invited.order_by("pk"))
    today = timezone.localdate()
    return Touched(
        people=_listed(moved.order_by("sort_key", "official").select_related("official")),
        ending=_listed(absorbed.order_by("path")),
        moving=_moving(rehung_with(ends, units)),
        old_name=Listed(showing.count(), named[0]),
        pages=_listed(
            pages.order_by("pk").select_related("account").prefetch_related("account__identifiers")
        ),
        declarations=Listed(waiting.count(), named[1]),
        invitations=Listed(invited.count(), named[2]),
        grants=_listed(grants.order_by("role", "pk").select_related("user")),
        regulations=_listed(orders.order_by("in_force_from", "pk")),
        profiles=(
            profile_name(effective(ends.path, today).profile),
            profile_name(effective(goes_on.path, today).profile),
        ),
    )


def _listed(rows: QuerySet[Any]) -> Listed:
    return Listed(rows.count(), list(rows[:SHOWN]))


def _named(*found: QuerySet[Any]) -> list[list[Who]]:
    """For each of the queries the people of its first rows, in its order; one look-up for all."""
    ids = [list(rows.values_list("official_id", flat=True)[:SHOWN]) for rows in found]
    known = people({one for each in ids for one in each})
    return [[known[one] for one in each if one in known] for each in ids]


def _moving(rehung: QuerySet[AgencyRecord]) -> Listed:
    rows = list(rehung.select_related("agency").order_by("name", "pk")[:SHOWN])
    tree = AgencyRecord.objects.current().filter(_any_below([row.path for row in rows]))
    paths = dict(tree.values_list("agency", "path"))
    staff = people_of(tree).values_list("agency").annotate(Count("pk"))
    counts = dict.fromkeys([row.path for row in rows], 0)
    for agency_id, number in staff:
        head = next(path for path in counts if paths[agency_id].startswith(path))
        counts[head] += number
    return Listed(rehung.count(), [(row, counts[row.path]) for row in rows])


def _any_below(paths: Sequence[str]) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= below(path)
    return found
