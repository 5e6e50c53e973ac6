"""Who may do what to an agency's own pages: HR of the agency or above, and nobody decides on their own."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyRecord, Ownership
from common.errors import ConflictError, NotAllowedError
from registry.declarations.models import PageDeclaration
from registry.declarations.states import PageKind, State
from registry.users.models import Role, User
from registry.users.policies import branches_of, covers, not_found, require_role

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


def require_giver(user: User, agency: Agency, held: Ownership) -> None:
    """Let pass an HR officer who may say that what is held now is this agency's: both are in their branches.

    Raises:
        ConflictError: `owned_by_other`; whose the account is, is not said.
    """
    before = held.agency
    if before is None or not covers(branches_of(user, HR), path_of_agency(before)):
        raise ConflictError(
            "owned_by_other",
            _(
                "The register knows this account as somebody else's. If it is your agency's page, ask the HR"
                " officer of the agency above to declare it."
            ),
            field="link",
        )
    require_page_officer(user, agency)


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
