"""What a person, or HR for them, says of an account lost or posed as, and of the code of conduct."""

from datetime import date

from django.db import transaction

from accounts import services as book
from accounts.models import Account, CodeAcceptance, Incident, IncidentKind, Notice, Official, Outcome
from common.bell import ring
from registry.declarations.models import ReportedForThem
from registry.declarations.services.steps import LETTERS
from registry.users.models import Role, User
from registry.users.policies import not_found, path_of, require_own, require_role


def _require_self_or_hr(user: User, official: Official) -> None:
    """Let pass the person concerned, and an HR officer of their branch.

    Raises:
        NotFoundError, NotAllowedError: it is neither.
    """
    if user.is_active and user.official_id == official.pk:
        return
    require_role(user, Role.HR_OFFICER, path_of(official))


@transaction.atomic
def report_incident(
    *,
    official: Official,
    kind: IncidentKind,
    noticed_on: date,
    by: User,
    account: Account | None = None,
    impostor_link: str = "",
) -> Incident:
    """Report an account lost or hijacked, or an impersonation: one's own, or for somebody of the branch.

    Somebody for whom it is reported is written to.

    Raises:
        NotFoundError: the official is not theirs to see, or the account is not the official's.
        NotAllowedError: they see the official, in another role.
        RegistryError, ConflictError: as in the book.
    """
    _require_self_or_hr(by, official)
    if account is not None:
        held = book.owner_of(account)
        if held is None or held.official_id != official.pk:
            raise not_found()
    reported = book.report_incident(
        official=official, kind=kind, noticed_on=noticed_on, by=by, account=account,
        impostor_link=impostor_link,
    )  # fmt: skip
    if by.official_id != official.pk:
        ReportedForThem.objects.create(
            official=official, incident=reported.public_id, at=reported.reported_at
        )
        ring(LETTERS)
    return reported


@transaction.atomic
def log_notice(*, incident: Incident, told: Notice, on: date, by: User) -> Incident:
    """Write down that the platform, or the head of the unit, was told; raises as `report_incident`."""
    _require_self_or_hr(by, incident.official)
    return book.log_notice(incident=incident, told=told, on=on, by=by)


@transaction.atomic
def close_incident(*, incident: Incident, outcome: Outcome, by: User) -> Incident:
    """End a report, saying how it ended; raises as `report_incident`."""
    _require_self_or_hr(by, incident.official)
    return book.close_incident(incident=incident, outcome=outcome, by=by)


@transaction.atomic
def accept_code(*, official: Official, version: int, by: User) -> CodeAcceptance:
    """Accept the code of conduct: nobody can do it for another.

    Raises:
        NotFoundError, NotAllowedError: `by` is not the official's own login.
        ConflictError: `other_wording`.
    """
    require_own(by, official)
    return book.accept_code(official=official, version=version, by=by)
