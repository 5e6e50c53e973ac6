"""People move to another unit, many at once, and back while nobody has gone on from it."""

from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import GONE, Agency, AgencyRecord, OfficialRecord, PeopleMove
from accounts.services import bulk
from accounts.services.agencies import hold_agencies
from accounts.services.officials import branch_of
from common.audit import services as audit
from common.errors import ConflictError, RegistryError

MOST: Final = 50_000  # people one act moves; a whole unit that goes is a merger
_AT_ONCE: Final = 2_000


def can_move(people: QuerySet[OfficialRecord], to: Agency) -> QuerySet[OfficialRecord]:
    """Those of some current records who can move to a unit: in post, elsewhere, of the same staff codes."""
    return people.filter(official__branch=branch_of(to)).exclude(Q(agency=to) | Q(status__in=GONE))


@transaction.atomic
def move_people(
    *, people: QuerySet[OfficialRecord], to: Agency, by: Any, tell: Callable[[int], None] | None = None
) -> PeopleMove:
    """Let people belong to another unit from now on; all their other facts stay.

    Who cannot move there, or no longer can, stays where they are.

    Args:
        people: current records, as far as `by` may change them: read again once nobody else can change them.
        to: the unit.
        by: who moves them.
        tell: told every so many people how many have moved.

    Raises:
        ConflictError: `unit_ended`.
        RegistryError: `nobody`, `too_many`.
    """
    hold_agencies()
    unit = AgencyRecord.objects.current().get(agency=to)
    if unit.dissolved_on is not None:
        raise ConflictError("unit_ended", _("This unit ends or has ended. Choose another one."))
    moving = can_move(people, to).order_by()
    bulk.hold_officials(moving)
    held = list(moving.values_list("pk", flat=True)[: MOST + 1])
    if not held:
        raise RegistryError("nobody", _("None of these people can move there."))
    if len(held) > MOST:
        raise RegistryError(
            "too_many",
            _("At most %(most)d people can be moved at once. Narrow the list down.") % {"most": MOST},
            {"most": MOST},
        )
    exactly = OfficialRecord.objects.current().filter(pk__in=held)
    at = bulk.instant_after(exactly)
    came_from = sorted(exactly.order_by().values_list("agency", flat=True).distinct())
    moved = 0
    for first in range(0, len(held), _AT_ONCE):
        some = OfficialRecord.objects.current().filter(pk__in=held[first : first + _AT_ONCE])
        moved += bulk.move_officials(people=some, to=to, by=by, at=at)
        if tell is not None:
            tell(moved)
    done = PeopleMove.objects.create(agency=to, came_from=came_from, people=moved, moved_at=at, moved_by=by)
    _told("official.many_moved", done, unit, by)
    return done


@transaction.atomic
def undo_move(*, move: PeopleMove, by: Any) -> None:
    """Let everybody an act moved belong where they did before. What was changed stays in the history.

    Raises:
        ConflictError: `stale` when it was undone meanwhile; `built_upon` when one of them was changed since.
    """
    hold_agencies()
    if not PeopleMove.objects.filter(pk=move.pk, undone_at=None).update(
        undone_at=timezone.now(), undone_by=by
    ):
        raise ConflictError("stale", _("Somebody else changed this record first. Look at it again."))
    made = moved_by(move)
    bulk.hold_officials(made)
    held = list(made.values_list("pk", "official"))
    before = OfficialRecord.objects.filter(
        recorded_until=move.moved_at, official__in=[official for _pk, official in held]
    )
    gone = AgencyRecord.objects.current().filter(agency__in=move.came_from, dissolved_on__isnull=False)
    if len(held) != move.people or gone.exists():
        raise ConflictError(
            "built_upon",
            _("It can no longer be undone: people of it, or the units they came from, were changed since."),
        )
    unit = AgencyRecord.objects.current().get(agency=move.agency_id)
    pks = [pk for pk, _official in held]
    bulk.restore(made=OfficialRecord.objects.filter(pk__in=pks), before=before, by=by)
    _told("official.many_moved_back", move, unit, by)


def moved_by(move: PeopleMove) -> QuerySet[OfficialRecord]:
    """The records an act of moving began that still stand."""
    return (
        OfficialRecord.objects.current().filter(agency=move.agency_id, recorded_from=move.moved_at).order_by()
    )


def _told(act: str, move: PeopleMove, unit: AgencyRecord, by: Any) -> None:
    audit.record(
        act=act,
        by=by,
        subject_kind="agency",
        subject_id=unit.agency_id,
        agency_path=unit.path,
        payload={"move": str(move.public_id), "people": move.people},
    )
