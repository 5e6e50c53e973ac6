"""How far a branch has declared: what the home page shows, from one pass over the comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from accounts.models import AgencyRecord, OwnerStatus
from accounts.paths import below, path_end
from registry.users.policies import in_branches

if TYPE_CHECKING:
    from datetime import date


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


# A unit's part of the branch is known by the step of the path right below it.
_BY_STEP = """
SELECT split_part(substr(c.agency_path, length(%(top)s) + 1), '/', 1) AS step,
       count(*), count(*) FILTER (WHERE c.accounts > 0),
       count(*) FILTER (WHERE c.accounts = 0 AND c.nil),
       count(*) FILTER (WHERE c.accounts = 0 AND NOT c.nil AND c.proposed > 0),
       count(*) FILTER (WHERE c.accounts = 0 AND NOT c.nil AND c.proposed = 0)
FROM accounts_officialcomparison c
WHERE c.agency_path >= %(top)s AND c.agency_path < %(end)s AND c.status = %(in_post)s
GROUP BY 1
"""
_AGENCIES_BY_STEP = """
SELECT split_part(substr(a.path, length(%(top)s) + 1), '/', 1) AS step, count(*),
       count(*) FILTER (WHERE NOT EXISTS (
           SELECT FROM accounts_officialrecord r
           WHERE r.agency_id = a.agency_id AND r.recorded_until IS NULL))
FROM accounts_agencyrecord a
WHERE a.recorded_until IS NULL AND a.path >= %(top)s AND a.path < %(end)s
  AND (a.dissolved_on IS NULL OR a.dissolved_on > %(today)s)
GROUP BY 1
"""


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
    facts: dict[str, str | int | date] = {
        "top": top,
        "end": path_end(top),
        "in_post": OwnerStatus.IN_POST.value,
        "today": timezone.localdate(),
    }
    found: dict[str, Coverage] = {}
    with connection.cursor() as cursor:
        cursor.execute(_AGENCIES_BY_STEP, facts)
        for step, agencies, without in cursor.fetchall():
            found[step] = Coverage(agencies=agencies, without_list=without)
        cursor.execute(_BY_STEP, facts)
        for step, officials, declared, nil, proposed, missing in cursor.fetchall():
            part = found.setdefault(step, Coverage())
            part.officials, part.declared, part.nil = officials, declared, nil
            part.proposed, part.missing = proposed, missing
    return found


def _add(whole: Coverage, part: Coverage) -> None:
    for name in ("officials", "declared", "nil", "proposed", "missing", "without_list", "agencies"):
        setattr(whole, name, getattr(whole, name) + getattr(part, name))
