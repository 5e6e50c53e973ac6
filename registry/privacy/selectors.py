"""The reads of this room, each cut to what the asking person may see."""

from uuid import UUID

from django.db.models import Case, DateField, F, QuerySet, When
from django.db.models.functions import Coalesce

from registry.privacy.models import DataRequest
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import officials_for, own_official


def own_requests(user: User) -> QuerySet[DataRequest]:
    """What the person asked, newest first. Raises NotFoundError for a login without official."""
    return DataRequest.objects.filter(official=own_official(user)).order_by("-asked_at", "-id")


def own_request(user: User, public_id: UUID) -> DataRequest:
    """One of the person's own requests; raises NotFoundError."""
    found = own_requests(user).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def requests_for(user: User, *, answered: bool) -> QuerySet[DataRequest]:
    """The requests of people in an HR officer's branches. Page them by (due_next, id)."""
    return _of_branches(user).filter(answered_at__isnull=not answered)


def request_for(user: User, public_id: UUID) -> DataRequest:
    """One request of somebody in an HR officer's branches; raises NotFoundError."""
    found = _of_branches(user).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def _of_branches(user: User) -> QuerySet[DataRequest]:
    return (
        DataRequest.objects.filter(official__in=officials_for(user, Role.HR_OFFICER))
        .select_related("official", "asked_by", "acknowledged_by", "answered_by", "extended_by")
        .annotate(
            due_next=Case(
                When(acknowledged_at__isnull=True, then=F("acknowledge_by")),
                default=Coalesce("extended_to", "answer_by"),
                output_field=DateField(),
            )
        )
    )
