"""Who may see which branch: the only place where grants are turned into scope.

A foreign thing does not exist for a person (`NotFoundError`); a thing they may see, but may not act upon,
is refused (`NotAllowedError`).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyRecord, Official, OfficialRecord, SuccessionKind
from accounts.paths import below, outermost
from common.errors import NotAllowedError, NotFoundError
from registry.users.models import Role, RoleGrant, User

# A split leaves nobody as the one heir: what was the divided agency's goes up to its parent's officers.
PART = 2_000  # agencies; a province has about a thousand
INHERITED = (SuccessionKind.RENAMED, SuccessionKind.MERGED)

_PATHS = """
SELECT path FROM accounts_agencyrecord
WHERE recorded_until IS NULL AND agency_id = ANY(%(agencies)s::bigint[])
"""
# What was inherited by branches from outside others. Asked one by one of the successions, of which there are
# few: not of the agencies of the country.
_CAME = """
SELECT came.path
FROM accounts_succession s
CROSS JOIN LATERAL (
    SELECT path FROM accounts_agencyrecord
    WHERE agency_id = s.predecessor_id AND recorded_until IS NULL OFFSET 0) came
CROSS JOIN LATERAL (
    SELECT path FROM accounts_agencyrecord
    WHERE agency_id = s.successor_id AND recorded_until IS NULL OFFSET 0) heir
WHERE s.recorded_until IS NULL AND s.kind = ANY(%(kinds)s)
  AND NOT EXISTS (SELECT FROM unnest(%(found)s::text[]) AS b(path) WHERE starts_with(came.path, b.path))
  AND EXISTS (SELECT FROM unnest(%(new)s::text[]) AS b(path) WHERE starts_with(heir.path, b.path))
"""


@dataclass(slots=True)
class _Asked:
    """What was read of scopes for one page."""

    grants: dict[int, list[RoleGrant]] = field(default_factory=dict)  # by user
    branches: dict[frozenset[int], list[str]] = field(default_factory=dict)  # by agencies granted
    agencies: dict[tuple[str, ...], list[int] | None] = field(default_factory=dict)  # by branches


_asked: ContextVar[_Asked | None] = ContextVar("scopes_asked", default=None)


@contextmanager
def scopes_asked_once() -> Iterator[None]:
    """Read each grant and each branch once until it ends: for a page that writes nothing of them.

    A page asks for its lists one by one, each cut to the same branches.
    """
    token = _asked.set(_Asked())
    try:
        yield
    finally:
        _asked.reset(token)


def in_branches(paths: Iterable[str], field: str = "path") -> Q:
    """The condition that the path in `field` lies in one of the branches; no branches, no rows."""
    return reduce(or_, (below(path, field) for path in paths), Q(pk__in=()))


def covers(paths: Iterable[str], path: str) -> bool:
    """Tell whether an agency's path lies in one of the branches."""
    return any(path.startswith(branch) for branch in paths)


def grants_of(user: User, *roles: Role) -> list[RoleGrant]:
    """The person's grants that are in force, of the given roles (of all, when none is given)."""
    if not user.is_active or user.pk is None:
        return []
    asked = _asked.get()
    grants = asked.grants.get(user.pk) if asked else None
    if grants is None:
        found = RoleGrant.objects.filter(user=user, ended_at=None)
        grants = list(found.select_related("agency").order_by("pk"))
        if asked:
            asked.grants[user.pk] = grants
    return [grant for grant in grants if not roles or grant.role in roles]


def branches_of(user: User, *roles: Role) -> list[str]:
    """The paths a person's roles reach: the granted agencies with all below, and what was merged into them.

    Without roles, those of every role the person has. No path lies below another.
    """
    return with_merged(grant.agency_id for grant in grants_of(user, *roles))


def with_merged(agency_ids: Iterable[int]) -> list[str]:
    """The branches of agencies and of all that was ever renamed or merged into them."""
    granted, asked = frozenset(agency_ids), _asked.get()
    if asked is None:
        return _with_merged(granted)
    if granted not in asked.branches:
        asked.branches[granted] = _with_merged(granted)
    return list(asked.branches[granted])


def named_one_by_one(branches: Sequence[str]) -> list[int] | None:
    """The agencies of branches that are a part of the country; None where they are too many to be named.

    None too for an act: what it decides by is asked of the database in one go.
    """
    asked, key = _asked.get(), tuple(branches)
    if asked is None:
        return None
    if key not in asked.agencies:
        inside = AgencyRecord.objects.current().filter(in_branches(key))
        few = list(inside.values_list("agency", flat=True)[: PART + 1])
        asked.agencies[key] = few if len(few) <= PART else None
    return asked.agencies[key]


def _with_merged(agency_ids: frozenset[int]) -> list[str]:
    if not agency_ids:
        return []
    found: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(_PATHS, {"agencies": list(agency_ids)})
        new = [path for (path,) in cursor.fetchall()]
        while new := outermost(path for path in new if not covers(found, path)):
            found = outermost([*found, *new])
            cursor.execute(_CAME, {"new": new, "found": found, "kinds": list(INHERITED)})
            new = [path for (path,) in cursor.fetchall()]
    return found


def covers_together(user: User, role: Role, *paths: str) -> bool:
    """Tell whether one single grant of the person reaches all the paths.

    That is: the grant covers their common ancestor, or a body into which all of them were merged.
    """
    return any(
        all(covers(branches, path) for path in paths)
        for branches in (with_merged([grant.agency_id]) for grant in grants_of(user, role))
    )


def path_of(official: Official) -> str:
    """The path of the agency an official belongs to now; "" when the register holds no current record."""
    return paths_of([official.pk]).get(official.pk, "")


def paths_of(officials: Iterable[int]) -> dict[int, str]:
    """The paths of the agencies officials belong to now, by official: two queries, however many."""
    records = OfficialRecord.objects.current().filter(official__in=list(officials))
    agencies = dict(records.values_list("official", "agency"))
    current = AgencyRecord.objects.current().filter(agency__in=set(agencies.values()))
    paths = dict(current.values_list("agency", "path"))
    return {official: paths[agency] for official, agency in agencies.items()}


def not_found() -> NotFoundError:
    """The one answer to what does not exist and to what is not the person's to see."""
    return NotFoundError("not_found", _("There is nothing here, or it is not yours to see."))


def require_administrator(by: User | None) -> None:
    """Refuse whoever does not run the installation; None is the system itself.

    Raises:
        NotAllowedError: `administrators_only`.
    """
    if by is not None and not (by.is_active and by.is_superuser):
        raise NotAllowedError("administrators_only", _("Only a system administrator can do this."))


def require_role(user: User, role: Role, path: str) -> None:
    """Let pass who has the role over `path`.

    Raises:
        NotFoundError: the branch is not theirs to see.
        NotAllowedError: they see it in another role, which does not let them do this.
    """
    if path and covers(branches_of(user, role), path):
        return
    if path and covers(branches_of(user), path):
        raise NotAllowedError("not_your_role", _("Your role lets you look at this, not change it."))
    raise not_found()


def require_own(user: User, official: Official) -> None:
    """Let pass the official's own login.

    Raises:
        NotFoundError: the official is not theirs to see.
        NotAllowedError: they may see the official, but only the official may do this.
    """
    if user.is_active and user.official_id == official.pk:
        return
    if covers(branches_of(user), path_of(official)):
        raise NotAllowedError("not_own", _("Only the person concerned can do this."))
    raise not_found()
