"""The reads of this room: the ledger of exports, and the words lists are written in."""

from uuid import UUID

from django.db.models import Q, QuerySet

from common.holding import held
from registry.exports.as_of import branches_at, instant_of, read_day
from registry.exports.lines import (
    IN_LINE,
    STATES,
    SUBJECTS,
    basis_words,
    moment,
    platform_name,
    severity_words,
    standing_words,
    state_words,
)
from registry.exports.models import Export, Order
from registry.exports.ordering import LOCK
from registry.exports.signing import key_id, public_key, public_key_pem
from registry.users.models import Role, User
from registry.users.policies import branches_of, in_branches, not_found

__all__ = [
    "IN_LINE",
    "STATES",
    "SUBJECTS",
    "basis_words",
    "branches_at",
    "exports_for",
    "instant_of",
    "is_at_work",
    "moment",
    "order_for",
    "orders_for",
    "platform_name",
    "public_key_pem",
    "read_day",
    "severity_words",
    "signing_key_id",
    "standing_words",
    "state_words",
]


def exports_for(user: User) -> QuerySet[Export, Export]:
    """Lists made of the person's branches as auditor or HR officer, by whomever. Page by (created_at, id)."""
    branches = branches_of(user, Role.AUDITOR, Role.HR_OFFICER)
    return Export.objects.filter(in_branches(branches, "agency_path")).select_related("agency", "by")


def order_for(user: User, public_id: UUID) -> Order:
    """A list the person asked for, of a branch that is still theirs.

    Raises:
        NotFoundError: none such, somebody else's, or of a branch they lost.
    """
    branches = branches_of(user, Role.AUDITOR, Role.HR_OFFICER)
    own = Order.objects.filter(in_branches(branches, "agency_path"), by=user)
    found = own.select_related("agency", "export").filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def orders_for(user: User) -> QuerySet[Order, Order]:
    """The lists the person asked for that are being made, or can still be fetched; newest first."""
    own = Order.objects.filter(Q(state=Order.State.WAITING) | ~Q(file=""), by=user)
    return own.select_related("agency", "export").order_by("-id")


def is_at_work(order: Order) -> bool:
    """Whether a worker is making the list now."""
    return order.pk in held(LOCK)


def signing_key_id() -> str:
    """By what people tell this installation's signing key."""
    return key_id(public_key())
