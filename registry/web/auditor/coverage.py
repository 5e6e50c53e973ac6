"""How far a branch has declared: what the home page shows, from the counters kept with the comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.comparison import Part
from accounts.models import AgencyRecord
from accounts.paths import below
from registry.users.policies import in_branches
from registry.web.units import CODE

Parts = dict[str, dict[str, Part]]


@dataclass(slots=True)
class Coverage:
    """People in post of a branch. Without a staff list nothing is known, which is not 100 %."""

    name: str = ""
    code: str = ""
    officials: int = 0
    declared: int = 0
    nil: int = 0
    proposed: int = 0
    missing: int = 0
    unlisted: int = 0  # agencies of the branch nobody knows the people of
    agencies: int = 0

    @property
    def percent(self) -> int:
        """Whole percent that said something; rounded down, so that 100 means everybody."""
        return (self.declared + self.nil) * 100 // self.officials if self.officials else 0


def coverage_of(parts: Parts, branches: Sequence[str]) -> Coverage:
    """The whole of some branches, of the parts `parts_of` found."""
    found = Coverage()
    for branch in branches:
        for part in parts[branch].values():
            _add(found, _told(part))
    return found


def coverage_below(parts: Parts, top: AgencyRecord) -> list[Coverage]:
    """The branch of `top`, one of those with these parts, part by part: the units right below it.

    Units dissolved by now are left out unless somebody is still on record there.
    """
    today = timezone.localdate()
    found = []
    children = AgencyRecord.objects.current().filter(below(top.path), parent=top.agency_id)
    rows = children.order_by("kind", "name", "pk").values_list("agency", CODE, "name", "dissolved_on")
    for agency_id, code, name, dissolved_on in rows:
        part = _told(parts[top.path].get(str(agency_id), Part()))
        if part.officials or dissolved_on is None or dissolved_on > today:
            part.name, part.code = name, code
            found.append(part)
    return found


def tops(branches: Sequence[str]) -> list[AgencyRecord]:
    """The agencies at the top of branches."""
    if not branches:
        return []
    records = AgencyRecord.objects.current().filter(in_branches(branches), path__in=list(branches))
    return list(records.select_related("agency").order_by("name"))


def _told(part: Part) -> Coverage:
    return Coverage(
        officials=part.staff,
        declared=part.declared,
        nil=part.nil,
        proposed=part.proposed,
        missing=part.missing,
        unlisted=part.unlisted,
        agencies=part.agencies,
    )


def _add(whole: Coverage, part: Coverage) -> None:
    for name in ("officials", "declared", "nil", "proposed", "missing", "unlisted", "agencies"):
        setattr(whole, name, getattr(whole, name) + getattr(part, name))
