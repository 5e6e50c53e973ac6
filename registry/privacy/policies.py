"""Who answers a request about personal data: HR of the branch, never on what is about themselves."""

from django.utils.translation import gettext_lazy as _

from common.errors import NotAllowedError
from registry.privacy.models import DataRequest
from registry.users.models import Role, User
from registry.users.policies import path_of, require_role


def is_own(user: User, request: DataRequest) -> bool:
    """Tell whether the request is the officer's own, or one they made."""
    return user.pk == request.asked_by_id or user.official_id == request.official_id


def require_officer(user: User, request: DataRequest) -> str:
    """Let pass an HR officer of the person's branch who is not that person; the branch's path.

    Raises:
        NotFoundError: not theirs to see.
        NotAllowedError: `own_request`, or not an HR officer.
    """
    path = path_of(request.official)
    require_role(user, Role.HR_OFFICER, path)
    if is_own(user, request):
        raise NotAllowedError(
            "own_request",
            _("You cannot answer your own request. Another HR officer, or the parent agency's, will."),
        )
    return path
