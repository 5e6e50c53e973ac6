"""How far a branch has declared: what the home page shows, from the counters kept with the comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import AgencyRecord
from accounts.paths import below
from registry.users.policies import in_branches
from registry.web.coverage import parts_of


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
    without_list: int = 0  # agencies of the branch that have nobody on record
    agencies: int = 0

    @property
    def percent(self) -> int:
        """Whole percent that said something; rounded down, so that 100 means everybody."""
        return (self.declared + self.nil) * 100 // self.officials if self.officials else 0


def coverage_of(branches: Sequence[str]) -> Coverage:
    """The whole of some branches."""
    whole = Coverage()
    for branch in branches:
        for part in _steps(branch).values():
            _add(whole, part)
    return whole


def coverage_below(top: AgencyRecord) -> list[Coverage]:
    """The branch part by part: the units right below it, and the unit's own people first.

    Units dissolved by now are left out unless somebody is still on record there.
    """
    parts = _steps(top.path)
    today = timezone.localdate()
    found = []
    children = AgencyRecord.objects.current().filter(below(top.path), parent=top.agency_id)
    for child in children.select_related("agency").order_by("kind", "name", "pk"):
        part = parts.get(str(child.agency_id), Coverage())
        if part.officials or child.dissolved_on is None or child.dissolved_on > today:
            part.name, part.code = child.name, child.agency.code
            found.append(part)
    return found


def tops(branches: Sequence[str]) -> list[AgencyRecord]:
    """The agencies at the top of branches."""
    if not branches:
        return []
    records = AgencyRecord.objects.current().filter(in_branches(branches), path__in=list(branches))
    return list(records.select_related("agency").order_by("name"))


def _steps(top: str) -> dict[str, Coverage]:
    return {
        step: Coverage(
            officials=part.staff,
            declared=part.declared,
            nil=part.nil,
            proposed=part.proposed,
            missing=part.missing,
            without_list=part.without_list,
            agencies=part.agencies,
        )
        for step, part in parts_of([top])[top].items()
    }


def _add(whole: Coverage, part: Coverage) -> None:
    for name in ("officials", "declared", "nil", "proposed", "missing", "without_list", "agencies"):
        setattr(whole, name, getattr(whole, name) + getattr(part, name))
