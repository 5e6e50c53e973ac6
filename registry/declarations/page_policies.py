"""Who may do what to an agency's own pages: HR of the agency or above, and nobody decides on their own."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyRecord, Entry, Ownership
from accounts.services import owner_of
from common.errors import ConflictError, NotAllowedError
from registry.declarations.models import PageDeclaration
from registry.declarations.states import PageKind, State
from registry.users.models import Role, User
from registry.users.policies import (
    branches_of,
    covers,
    covers_together,
    not_found,
    path_of,
    require_role,
)

HR = Role.HR_OFFICER


def path_of_agency(agency: Agency) -> str:
    """Where the agency hangs now, or hung last."""
    return AgencyRecord.objects.current().get(agency=agency).path


def require_page_officer(user: User, agency: Agency) -> None:
    """Let pass an HR officer of the agency, or of one above it or it was merged into.

    Raises:
        NotFoundError: the agency is not theirs to see.
        NotAllowedError: not an HR officer.
    """
    require_role(user, HR, path_of_agency(agency))


def may_give(user: User, held: Ownership) -> bool:
    """Tell whether the person may say that what is held now is another agency's: it is in their branches."""
    before = held.agency
    return before is not None and covers(branches_of(user, HR), path_of_agency(before))


def require_giver(user: User, held: Ownership) -> None:
    """Let pass an HR officer who may give what is held now to another agency.

    Raises:
        ConflictError: `owned_by_other`; whose the account is, is not said.
    """
    if not may_give(user, held):
        raise ConflictError(
            "owned_by_other",
            _(
                "The register knows this account as somebody else's. An HR officer of the agency above both"
                " decides on it."
            ),
        )


def is_own(user: User, declaration: PageDeclaration) -> bool:
    """Tell whether the person put the declaration forward, or said what it says."""
    if user.pk == declaration.submitted_by_id:
        return True
    return declaration.kind != PageKind.CLOSE and user.pk == declaration.facts.stated_by_id


def may_decide(user: User, declaration: PageDeclaration) -> bool:
    """Tell whether the person may approve or return the declaration now."""
    return (
        declaration.state == State.SUBMITTED
        and not is_own(user, declaration)
        and covers(branches_of(user, HR), path_of_agency(declaration.agency))
    )


def require_decider(user: User, declaration: PageDeclaration) -> None:
    """Let pass another HR officer of the branch.

    Raises:
        NotFoundError: the declaration is not theirs to see.
        NotAllowedError: `own_declaration`, or not an HR officer.
    """
    if not covers(branches_of(user), path_of_agency(declaration.agency)):
        raise not_found()
    if is_own(user, declaration):
        raise NotAllowedError(
            "own_declaration",
            _(
                "You cannot decide on what you declared yourself."
                " Another HR officer, or the parent agency's, will."
            ),
        )
    require_page_officer(user, declaration.agency)


def sides_of(declaration: PageDeclaration) -> list[str]:
    """The paths of both sides of a dispute: of the agency that claims, and of whose the account is now."""
    sides = [path_of_agency(declaration.agency)]
    held = owner_of(declaration.account)
    if held and held.agency:
        sides.append(path_of_agency(held.agency))
    elif held and held.official:
        sides.append(path_of(held.official))
    return sides


def may_decide_dispute(user: User, declaration: PageDeclaration) -> bool:
    """Tell whether the person may decide the dispute.

    That is an HR officer one of whose grants reaches both sides, who neither put the claim forward nor said
    what stands, and whose own account it is not.
    """
    if declaration.state != State.DISPUTED or is_own(user, declaration):
        return False
    held = owner_of(declaration.account)
    theirs = held is not None and user.official_id is not None and held.official_id == user.official_id
    said = Entry.objects.current().filter(account=declaration.account, facts__stated_by=user).exists()
    return not (theirs or said) and covers_together(user, HR, *sides_of(declaration))


def require_dispute_decider(user: User, declaration: PageDeclaration) -> None:
    """Let pass who may decide the dispute.

    Raises:
        NotFoundError: the declaration is not theirs to see.
        NotAllowedError: `not_your_dispute`: one side of it lies outside their branches, or they are a side.
    """
    if not covers(branches_of(user), path_of_agency(declaration.agency)):
        raise not_found()
    if not may_decide_dispute(user, declaration):
        raise NotAllowedError(
            "not_your_dispute",
            _("This dispute is decided by the HR officer of an agency above both sides."),
        )
