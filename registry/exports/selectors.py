"""The reads of this room: the ledger of exports, and the words lists are written in."""

from django.db.models import QuerySet

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
from registry.exports.models import Export
from registry.exports.signing import key_id, public_key, public_key_pem
from registry.users.models import Role, User
from registry.users.policies import branches_of, in_branches

__all__ = [
    "IN_LINE",
    "STATES",
    "SUBJECTS",
    "basis_words",
    "branches_at",
    "exports_for",
    "instant_of",
    "moment",
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


def signing_key_id() -> str:
    """By what people tell this installation's signing key."""
    return key_id(public_key())
