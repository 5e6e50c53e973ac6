"""Where invented officials work: real agencies, and for a whole civil service invented units below them."""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from accounts.models import AgencyKind, AgencyRecord, Succession
from accounts.paths import ancestors
from registry.demo.dice import dice
from registry.rules.profiles import DEFAULT, Polarity, profile_by_number

STAFF_OF_AN_AGENCY = 80  # 2.4 million officials in 30,000 agencies
_FEWEST = 20  # officials an agency has when there are fewer people than agencies
_MISTAKEN_FOR = 6
_ALSO_CALLED = 4
# How many people work there, in relation to each other.
_SIZES = {AgencyKind.DEPARTMENT: 60, AgencyKind.COMMUNE: 45, AgencyKind.UNIT: 80}
_SIZE_OF_OTHERS = 150  # ministries, provincial offices


@dataclass(slots=True)
class Branch:
    """The province or central body whose staff codes its agencies use, and names worn within it."""

    agency_id: int
    code: str
    name: str
    living: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """What the branch's staff codes begin with: "42" for T34-42."""
        return self.code.rsplit("-", maxsplit=1)[-1]


@dataclass(frozen=True, slots=True)
class Place:
    """A living agency, its path and its branch."""

    agency_id: int
    name: str
    path: str
    branch: Branch
    size: int
    aliases: tuple[str, ...] = ()
    hidden: bool = False  # its people are not to show it

    def mistaken_for(self, names: list[str]) -> list[str]:
        """A few of the branch's names, always the same: people take an agency for its neighbours."""
        start = self.agency_id % len(names) if names else 0
        return names[start : start + _MISTAKEN_FOR]


class Staffing:
    """Who works where: officials are numbered, each place has a run of them."""

    def __init__(self, places: list[Place], officials: int, *, seed: int) -> None:
        if not places:
            raise ValueError("no agencies")
        rng = dice(seed, "places")
        shuffled = sorted(places, key=lambda place: place.agency_id)
        rng.shuffle(shuffled)
        self._places = shuffled[: max(1, min(len(shuffled), officials // _FEWEST))]
        weights = accumulate(place.size * rng.lognormvariate(0, 0.4) for place in self._places)
        bounds = list(weights)
        self._ends = [round(bound / bounds[-1] * officials) for bound in bounds]

    def of(self, number: int) -> Place:
        """Where official `number` (from 0) works."""
        return self._places[bisect_right(self._ends, number)]


def places(within: str = "") -> list[Place]:
    """Every living agency that has staff of its own, in the branch with the path `within`."""
    records = list(AgencyRecord.objects.current().select_related("agency").order_by("path"))
    by_agency = {record.agency_id: record for record in records}
    branches: dict[int, Branch] = {}
    profiles: dict[str, int] = {}
    found: list[Place] = []
    for record in records:  # by path: whoever is above comes first
        above = record.path[: record.path.rfind("/", 0, -1) + 1]
        profile = record.profile or profiles.get(above, DEFAULT.number)
        profiles[record.path] = profile
        if record.kind == AgencyKind.GOVERNMENT:
            continue
        head = by_agency[_branch(record, by_agency)]
        branch = branches.setdefault(
            head.agency_id, Branch(head.agency_id, head.agency.code, head.short_name or head.name)
        )
        name = record.short_name or record.name
        if record.dissolved_on is not None:
            branch.former.append(name)
            continue
        branch.living.append(name)
        if record.path.startswith(within):
            size = _SIZES.get(AgencyKind(record.kind), _SIZE_OF_OTHERS)
            hidden = profile_by_number(profile).agency_shown is Polarity.HIDE
            aliases = tuple(record.aliases[:_ALSO_CALLED])
            found.append(Place(record.agency_id, name, record.path, branch, size, aliases, hidden))
    for before, after in (
        Succession.objects.current().order_by("pk").values_list("predecessor_id", "successor_id")
    ):
        left, joined = (_branch(by_agency[one], by_agency) for one in (before, after))
        if left != joined:  # what a province that went into this one left behind
            branches[joined].former.append(by_agency[before].short_name or by_agency[before].name)
    return found


def _branch(record: AgencyRecord, by_agency: dict[int, AgencyRecord]) -> int:
    steps = ancestors(record.path)
    below_government = by_agency[steps[0]].kind == AgencyKind.GOVERNMENT and len(steps) > 1
    return steps[1] if below_government else steps[0]
