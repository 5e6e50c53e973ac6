"""What every page of the area asks first: whose branch, which unit of it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import AgencyRecord, Official, OfficialRecord
from accounts.names import search_key
from accounts.paths import ancestors
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import agency_records_for, granted_agencies
from registry.web.access import person
from registry.web.units import choices_of

HR = Role.HR_OFFICER


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


def unit_choices(user: User) -> list[tuple[str, str]] | None:
    """Units to choose from, code and name; None where they are too many to choose from."""
    return choices_of(units(user))


def units_named(user: User, text: str) -> list[tuple[str, str]]:
    """The units in whose name each word of `text` begins a word, diacritics aside: code and name, by name.

    Of units called exactly so, nothing longer is added.
    """
    key = search_key(text)
    wanted = key.split()
    if not wanted:
        return []
    fitting, exact = [], []
    for code, name, short in units(user).values_list("agency__code", "name", "short_name"):
        keys = (search_key(name), search_key(short))
        if key in keys:
            exact.append((code, name))
        elif any(_fits(wanted, known.split()) for known in keys):
            fitting.append((code, name))
    return exact or fitting


def _fits(wanted: list[str], known: list[str]) -> bool:
    return all(any(word.startswith(part) for word in known) for part in wanted)


def with_parents(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Code and name of units, each name with that of the agency above: many offices are called alike."""
    records = AgencyRecord.objects.current().filter(agency__code__in=[code for code, _name in found])
    above = {code: ancestors(path)[-2:-1] for code, path in records.values_list("agency__code", "path")}
    names = unit_names({parent for steps in above.values() for parent in steps})
    return [
        (code, " · ".join([name, *(names[parent] for parent in above[code] if parent in names)]))
        for code, name in found
    ]


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
