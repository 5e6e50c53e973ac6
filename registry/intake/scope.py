"""Where an import reaches: the branch its staff codes belong to, and the agencies its officers answer for."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Agency, AgencyRecord
from accounts.paths import path_end
from accounts.services import branch_of
from registry.intake.models import Import
from registry.users.models import Role, User
from registry.users.policies import require_role, with_merged


@dataclass(frozen=True, slots=True)
class Scope:
    """The branch of an import, its agency's path, and the paths its officers reach."""

    branch: Agency
    path: str
    branches: tuple[str, ...]

    def covers(self, column: str) -> tuple[str, list[str]]:
        """The SQL condition that a path lies within reach, and its parameters. `column` is a name of ours."""
        return covered(column, self.branches)


def covered(column: str, branches: Iterable[str]) -> tuple[str, list[str]]:
    """The SQL condition that the path in `column` lies in one of the branches, and its parameters."""
    paths = list(branches)
    ranges = " OR ".join(f"({column} >= %s AND {column} < %s)" for _path in paths)
    return f"({ranges or 'false'})", [edge for path in paths for edge in (path, path_end(path))]


def scope_of(job: Import) -> Scope:
    """Where an import reaches now."""
    path = AgencyRecord.objects.current().get(agency=job.agency_id).path
    return Scope(branch_of(job.agency), path, tuple(with_merged([job.agency_id])))


def require_officer(by: User | None, agency: Agency) -> None:
    """Let pass an HR officer over the agency, and the operator of the machine (None).

    Raises:
        NotFoundError, NotAllowedError: not an HR officer there.
    """
    if by is not None:
        require_role(by, Role.HR_OFFICER, AgencyRecord.objects.current().get(agency=agency).path)
