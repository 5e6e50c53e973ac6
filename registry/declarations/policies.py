"""Who may do what to a declaration, in one place. The transition table says whether it can be done at all."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyRecord, Official
from accounts.services import owner_of
from common.errors import NotAllowedError
from registry.declarations.models import Declaration
from registry.declarations.states import OF_WHAT_STANDS, State
from registry.users.models import Role, User
from registry.users.policies import (
    branches_of,
    covers,
    covers_together,
    not_found,
    path_of,
    require_own,
    require_role,
)

HR = Role.HR_OFFICER


def is_own(user: User, declaration: Declaration) -> bool:
    """Tell whether the declaration is the person's own: theirs by subject, or put forward by them.

    A request to close, or to record a permanent id, goes by the facts that stand, whoever stated them once:
    its own author is who asked.
    """
    if user.official_id == declaration.official_id or user.pk == declaration.submitted_by_id:
        return True
    return declaration.kind not in OF_WHAT_STANDS and user.pk == declaration.facts.stated_by_id


def may_see(user: User, declaration: Declaration) -> bool:
    """Tell whether the person may see a declaration: their own, or one put before HR in their branches.

    A draft is its author's alone.
    """
    if not user.is_active:
        return False
    if user.official_id == declaration.official_id:
        return True
    return declaration.submitted_at is not None and covers(branches_of(user), path_of(declaration.official))


def require_see(user: User, declaration: Declaration) -> None:
    """Let pass who may see the declaration.

    Raises:
        NotFoundError: it is not theirs to see.
    """
    if not may_see(user, declaration):
        raise not_found()


def may_decide(user: User, declaration: Declaration) -> bool:
    """Tell whether the person may approve or return the declaration now."""
    return (
        declaration.state == State.SUBMITTED
        and not is_own(user, declaration)
        and covers(branches_of(user, HR), path_of(declaration.official))
    )


def require_decider(user: User, declaration: Declaration) -> None:
    """Let pass an HR officer of the branch who neither is the declarant nor put the declaration forward.

    Raises:
        NotFoundError: the declaration is not theirs to see.
        NotAllowedError: `own_declaration`, or not an HR officer.
    """
    require_see(user, declaration)
    if is_own(user, declaration):
        raise NotAllowedError(
            "own_declaration",
            _(
                "You cannot decide on what you declared yourself."
                " Another HR officer, or the parent agency's, will."
            ),
        )
    require_role(user, HR, path_of(declaration.official))


def require_registrar(user: User, official: Official) -> None:
    """Let pass an HR officer who registers for somebody else in their branch.

    Raises:
        NotFoundError: the official is not theirs to see.
        NotAllowedError: `own_registration`, or not an HR officer.
    """
    if user.is_active and user.official_id == official.pk:
        raise NotAllowedError(
            "own_registration",
            _("Declare your own accounts as everybody does: another officer reviews them."),
        )
    require_role(user, HR, path_of(official))


def require_withdrawer(user: User, declaration: Declaration) -> None:
    """Let pass the declarant, or an HR officer where HR put the declaration forward.

    Raises:
        NotFoundError, NotAllowedError: it is not theirs to withdraw.
    """
    if declaration.on_behalf and user.official_id != declaration.official_id:
        require_see(user, declaration)
        require_role(user, HR, path_of(declaration.official))
        return
    require_own(user, declaration.official)


def sides_of(declaration: Declaration) -> list[str]:
    """The paths of both sides of a dispute: of the claimant's agency, and of whose the account is now."""
    sides = [path_of(declaration.official)]
    held = owner_of(declaration.account)
    if held and held.official:
        sides.append(path_of(held.official))
    elif held and held.agency:
        sides.append(_path_of_agency(held.agency))
    return sides


def may_decide_dispute(user: User, declaration: Declaration) -> bool:
    """Tell whether the person may decide the dispute.

    That is an HR officer one of whose grants reaches both sides, who is neither of them and did not put the
    claim forward.
    """
    held = owner_of(declaration.account)
    is_side = user.official_id is not None and held is not None and held.official_id == user.official_id
    return (
        declaration.state == State.DISPUTED
        and not is_own(user, declaration)
        and not is_side
        and covers_together(user, HR, *sides_of(declaration))
    )


def require_dispute_decider(user: User, declaration: Declaration) -> None:
    """Let pass who may decide the dispute.

    Raises:
        NotFoundError: the declaration is not theirs to see.
        NotAllowedError: `not_your_dispute`: one side of it lies outside their branches, or they are a side.
    """
    require_see(user, declaration)
    if not may_decide_dispute(user, declaration):
        raise NotAllowedError(
            "not_your_dispute",
            _("This dispute is decided by the HR officer of an agency above both sides."),
        )


def _path_of_agency(agency: Agency) -> str:
    return AgencyRecord.objects.current().get(agency=agency).path
