"""What every page of the area asks first: whose branch, which unit of it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import AgencyRecord, Official, OfficialRecord
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import agency_records_for, granted_agencies
from registry.web.access import person

HR = Role.HR_OFFICER
# More units than this are no list anybody chooses from: one gets there by the page of coverage.
LISTED = 400


def unit_of(user: User, code: str) -> AgencyRecord | None:
    """The unit an address names by its code, "" for none.

    Raises:
        NotFoundError: none such, or outside the officer's branches.
    """
    if not code:
        return None
    found = agency_records_for(user, HR).filter(agency__code=code).select_related("agency").first()
    if found is None:
        raise not_found()
    return found


def own_agencies(user: User) -> list[AgencyRecord]:
    """The agencies the officer was made an officer of."""
    seen = {record.agency_id: record for _grant, record in granted_agencies(user, HR)}
    return list(seen.values())


def units(user: User) -> QuerySet[AgencyRecord]:
    """The units of the officer's branches that exist, by name."""
    return (
        agency_records_for(user, HR)
        .filter(dissolved_on=None)
        .select_related("agency")
        .order_by("name", "agency")
    )


def unit_choices(user: User) -> list[tuple[str, str]]:
    """Units to choose from, code and name; none where they are too many to choose from."""
    found = [(record.agency.code, record.name) for record in units(user)[: LISTED + 1]]
    return found if len(found) <= LISTED else []


def records_of(officials: set[int]) -> dict[int, OfficialRecord]:
    """The current records of officials, by official."""
    rows = OfficialRecord.objects.current().filter(official__in=officials).select_related("official")
    return {row.official_id: row for row in rows}


def unit_names(agencies: set[int]) -> dict[int, str]:
    """The current names of agencies, by agency."""
    rows = AgencyRecord.objects.current().filter(agency__in=agencies)
    return dict(rows.values_list("agency", "name"))


@dataclass(frozen=True, slots=True)
class Who:
    """A person as lists name them."""

    official: Official
    full_name: str
    staff_code: str
    position: str
    unit: str


def people(officials: set[int]) -> dict[int, Who]:
    """Name, code, position and unit of officials: two queries, however many."""
    records = records_of(officials)
    names = unit_names({record.agency_id for record in records.values()})
    return {
        official_id: Who(
            record.official,
            record.full_name,
            record.official.staff_code,
            record.position,
            names.get(record.agency_id, ""),
        )
        for official_id, record in records.items()
    }


def officer(request: HttpRequest) -> User:
    """The officer who asks."""
    return person(request)
