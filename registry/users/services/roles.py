"""Acts on roles: a person is given one in a branch, and it ends."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from common.audit import services as audit
from common.errors import ConflictError
from registry.users import policies
from registry.users.models import Role, RoleGrant, User


@transaction.atomic
def grant_role(*, user: User, role: Role, agency: Agency, by: User | None) -> RoleGrant:
    """Give a person a role in a branch; giving it twice is one grant. `by` None is the system.

    Raises:
        NotAllowedError: `by` is not a system administrator.
    """
    policies.require_administrator(by)
    User.objects.select_for_update().get(pk=user.pk)
    standing = RoleGrant.objects.filter(user=user, role=role, agency=agency, ended_at=None).first()
    if standing:
        return standing
    grant = RoleGrant.objects.create(user=user, role=role, agency=agency, granted_by=by)
    _record_grant("role.granted", grant, by)
    return grant


@transaction.atomic
def end_grant(*, grant: RoleGrant, by: User | None) -> None:
    """End a grant, from now on.

    Raises:
        NotAllowedError: `by` is not a system administrator.
        ConflictError: `grant_ended`, when it had ended already.
    """
    policies.require_administrator(by)
    ended = max(timezone.now(), grant.granted_at)  # a clock gone back makes no negative period
    if not RoleGrant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=ended):
        raise ConflictError("grant_ended", _("This role was already ended."))
    _record_grant("role.ended", grant, by)


def _record_grant(act: str, grant: RoleGrant, by: User | None) -> None:
    audit.record(
        act=act,
        by=by,
        subject_kind="user",
        subject_id=grant.user_id,
        payload={"role": grant.role, "agency": grant.agency.code},
    )
