"""The reads of this room: an officer's own acts, and whom they passed over."""

from uuid import UUID

from django.db.models import Count, QuerySet

from common.holding import held
from registry.bulk.models import BulkAct, PassedOver, Reason
from registry.bulk.services import LOCK
from registry.users.models import Role, User
from registry.users.policies import grants_of, not_found


def acts_for(user: User) -> QuerySet[BulkAct]:
    """The acts the person asked for. Page them by -id."""
    return BulkAct.objects.filter(by=user)


def act_for(user: User, public_id: UUID) -> BulkAct:
    """An act the person asked for.

    Raises:
        NotFoundError: none such, somebody else's, or they are no HR officer any more.
    """
    found = acts_for(user).filter(public_id=public_id).first()
    if found is None or not grants_of(user, Role.HR_OFFICER):
        raise not_found()
    return found


def passed_over(act: BulkAct) -> list[tuple[Reason, int]]:
    """How many of those chosen were passed over, by reason, most first."""
    rows = act.passed.order_by().values_list("reason").annotate(number=Count("pk"))
    return [(Reason(reason), number) for reason, number in rows.order_by("-number", "reason")]


def passed_over_rows(act: BulkAct) -> QuerySet[PassedOver]:
    """Whom it passed over. Page them by (reason, subject_id)."""
    return act.passed.all()


def is_at_work(act: BulkAct) -> bool:
    """Whether a worker is doing it now."""
    return act.pk in held(LOCK)
