"""The reads of people, each already cut to what the asking person may see."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import (
    Agency,
    AgencyRecord,
    Official,
    OfficialRecord,
    Ownership,
    PeopleMove,
    Reorganisation,
    Succession,
)
from accounts.paths import ancestors, one_of
from registry.users.models import Invitation, Role, RoleGrant, SavedList, User
from registry.users.policies import (
    INHERITED,
    branches_of,
    grants_of,
    in_branches,
    named_one_by_one,
    not_found,
)


def agency_records_for(user: User, *roles: Role) -> QuerySet[AgencyRecord]:
    """The current records of the agencies in the person's branches."""
    return AgencyRecord.objects.current().filter(in_branches(branches_of(user, *roles)))


def official_records_for(user: User, *roles: Role) -> QuerySet[OfficialRecord]:
    """The current records of the officials in the person's branches.

    Not the person's own record: see `own_official`. Page it by (sort_key, official).
    """
    named = named_one_by_one(branches_of(user, *roles))
    if named is not None:
        return OfficialRecord.objects.current().filter(one_of(named, "agency"))
    return OfficialRecord.objects.current().filter(
        agency__in=agency_records_for(user, *roles).values("agency")
    )


def officials_for(user: User, *roles: Role) -> QuerySet[Official]:
    """The officials in the person's branches."""
    return Official.objects.filter(pk__in=official_records_for(user, *roles).values("official"))


def own_official(user: User) -> Official:
    """The official a login belongs to.

    Raises:
        NotFoundError: the login is nobody's on a staff list.
    """
    official = user.official if user.is_active else None
    if official is None:
        raise not_found()
    return official


def official_for(user: User, public_id: UUID, *roles: Role) -> Official:
    """One official in the person's branches.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = officials_for(user, *roles).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def agency_for(user: User, code: str, *roles: Role) -> Agency:
    """One agency in the person's branches.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = Agency.objects.filter(code=code, pk__in=agency_records_for(user, *roles).values("agency")).first()
    if found is None:
        raise not_found()
    return found


def mergers_for(user: User, *roles: Role) -> QuerySet[Reorganisation]:
    """The mergers of units within the person's branches, newest first: both units must be in them."""
    mine = agency_records_for(user, *roles).values("agency")
    return (
        Reorganisation.objects.filter(agency__in=mine, successor__in=mine)
        .select_related("agency", "successor", "recorded_by", "ended_by")
        .order_by("-pk")
    )


def move_for(user: User, public_id: UUID, *roles: Role) -> PeopleMove:
    """One move of many people within the person's branches: all units concerned must be in them.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = (
        PeopleMove.objects.filter(public_id=public_id)
        .select_related("agency", "moved_by", "undone_by")
        .first()
    )
    if found is None:
        raise not_found()
    units = {found.agency_id, *found.came_from}
    if agency_records_for(user, *roles).filter(agency__in=units).count() != len(units):
        raise not_found()
    return found


def saved_lists(user: User) -> QuerySet[SavedList]:
    """The person's own saved lists, by name."""
    return SavedList.objects.filter(user=user).order_by("name")


def saved_list(user: User, public_id: UUID) -> SavedList:
    """One of the person's own saved lists.

    Raises:
        NotFoundError: none such, or somebody else's.
    """
    found = SavedList.objects.filter(user=user, public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def ownerships_for(user: User, *roles: Role) -> QuerySet[Ownership]:
    """The current ownerships in the person's branches, of officials and of agencies.

    Asked row by row: for those of a few accounts, not to go through all there are.
    """
    staff = official_records_for(user, *roles).filter(official=OuterRef("official"))
    agencies = agency_records_for(user, *roles).filter(agency=OuterRef("agency"))
    return Ownership.objects.current().filter(Exists(staff) | Exists(agencies))


def open_invitation_of(official: Official) -> Invitation | None:
    """The invitation an official has neither used nor had withdrawn; it may have expired."""
    return Invitation.objects.filter(official=official, used_at=None, withdrawn_at=None).first()


def granted_agencies(user: User, *roles: Role) -> list[tuple[RoleGrant, AgencyRecord]]:
    """The person's grants, each with the granted agency as it is now: what a page says at its top."""
    grants = grants_of(user, *roles)
    current = AgencyRecord.objects.current().select_related("agency")
    records = {
        record.agency_id: record
        for record in current.filter(agency__in=[grant.agency_id for grant in grants])
    }
    return [(grant, records[grant.agency_id]) for grant in grants]


def officers_of(agency_ids: list[int], role: Role) -> dict[int, set[int]]:
    """Who holds a role in exactly these agencies: agency id → ids of active users."""
    found: dict[int, set[int]] = {}
    grants = RoleGrant.objects.filter(agency__in=agency_ids, role=role, ended_at=None, user__is_active=True)
    for agency_id, user_id in grants.values_list("agency", "user"):
        found.setdefault(agency_id, set()).add(user_id)
    return found


def officers_over(agency_ids: Iterable[int], role: Role) -> dict[int, set[int]]:
    """Who answers for these agencies in a role: agency id → ids of active users.

    The officers of the agency itself; where it has none, those of the nearest above that has any; of an
    agency renamed or merged, those of what it became.
    """
    heirs = _heirs_of(set(agency_ids))
    paths = dict(
        AgencyRecord.objects.current().filter(agency__in=heirs.values()).values_list("agency", "path")
    )
    chains = {one: [one, *ancestors(paths[heir])[::-1]] for one, heir in heirs.items() if heir in paths}
    officers = officers_of(sorted({step for chain in chains.values() for step in chain}), role)
    return {
        one: next((officers[step] for step in chain if step in officers), set())
        for one, chain in chains.items()
    }


def _heirs_of(agency_ids: set[int]) -> dict[int, int]:
    """What each agency became in the end: itself, where it is neither renamed nor merged."""
    became: dict[int, int] = {}
    new = agency_ids
    while new:
        inherited = Succession.objects.current().filter(predecessor__in=new, kind__in=INHERITED)
        step = dict(inherited.order_by("happened_on", "pk").values_list("predecessor", "successor"))
        became |= step
        new = set(step.values()) - became.keys()
    heirs = {}
    for one in agency_ids:
        last, seen = one, {one}
        while (following := became.get(last, last)) not in seen:
            last = following
            seen.add(last)
        heirs[one] = last
    return heirs
