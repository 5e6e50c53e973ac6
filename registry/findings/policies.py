"""Who may say what to a finding: HR of the branch waives and answers, the person concerned contests.

Nobody waives or answers what is about themselves: another officer of the branch does, or the parent's.
"""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from common.errors import NotAllowedError
from registry.users.models import Role, User
from registry.users.policies import branches_of, covers, not_found, require_role

HR = Role.HR_OFFICER


class About(Protocol):
    """What a policy asks of a finding."""

    @property
    def official_id(self) -> int | None:
        """Whose it is; None for an agency's own page."""

    @property
    def agency_path(self) -> str:
        """The branch it stands in."""


def is_own(user: User, finding: About) -> bool:
    """Tell whether the finding is about the person themselves."""
    return user.official_id is not None and user.official_id == finding.official_id


def may_answer(user: User, finding: About) -> bool:
    """Tell whether the person may waive the finding, or answer a contest of it."""
    return not is_own(user, finding) and covers(branches_of(user, HR), finding.agency_path)


def require_officer(user: User, findings: Iterable[About]) -> None:
    """Let pass an HR officer of every branch the findings stand in, none of them about the officer.

    Raises:
        NotFoundError: one of them is not theirs to see.
        NotAllowedError: `own_finding`, or not an HR officer.
    """
    rows = list(findings)
    branches = branches_of(user, HR)
    for path in sorted({row.agency_path for row in rows}):
        if not covers(branches, path):
            require_role(user, HR, path)
    if any(is_own(user, row) for row in rows):
        raise NotAllowedError(
            "own_finding",
            _(
                "You cannot decide on a finding about yourself."
                " Another HR officer, or the parent agency's, will."
            ),
        )


def may_contest(user: User, finding: About) -> bool:
    """Tell whether the person may contest the finding: it is about them, or about their agency's own page."""
    if finding.official_id is None:
        return covers(branches_of(user, HR), finding.agency_path)
    return user.is_active and is_own(user, finding)


def require_contester(user: User, finding: About) -> None:
    """Let pass whom the finding is about; for an agency's own page, its HR officer.

    Raises:
        NotFoundError: the finding is not theirs to see.
        NotAllowedError: `not_own`: they may see it, but only the person concerned can contest it.
    """
    if may_contest(user, finding):
        return
    if covers(branches_of(user), finding.agency_path):
        raise NotAllowedError("not_own", _("Only the person concerned can do this."))
    raise not_found()
