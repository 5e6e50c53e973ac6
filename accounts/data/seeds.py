"""The real agencies of the state, expanded from the data files.

A seed is what a fresh register starts from: the loader turns it into identities and records. The files
speak of territories ("Tỉnh Hà Tĩnh"); a register of accounts needs the body that governs them, so a
province becomes its People's Committee, with the province's departments and communes beneath it. Sources
and doubts: docs/data.md.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from accounts.data.tables import first_day, first_day_gone, rows, several


class Kind(StrEnum):
    """What sort of body an agency is. Whether it still exists is a date, not a kind."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    MINISTERIAL_AGENCY = "ministerial_agency"
    GOVERNMENT_ATTACHED_AGENCY = "government_attached_agency"
    OTHER_STATE_BODY = "other_state_body"
    PRESS = "press"
    PROVINCE = "province"  # the People's Committee of a province or of a centrally-run city
    DEPARTMENT = "department"
    COMMUNE = "commune"  # the People's Committee of a xã, a phường or a đặc khu


class SuccessionKind(StrEnum):
    """How a body passed into another."""

    RENAMED = "renamed"  # one into one
    MERGED = "merged"  # several into one
    SPLIT = "split"  # one into several


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name the same body bore before."""

    name: str
    until: dt.date  # first day it was no longer the name


@dataclass(frozen=True, slots=True)
class AgencySeed:
    """One agency.

    ``dissolved_on`` is the first day it no longer exists; None where a date is open or not known.
    """

    code: str
    name: str
    name_en: str
    short_name: str
    aliases: tuple[str, ...]
    kind: Kind
    parent_code: str  # "" at the top
    portal_url: str
    established_on: dt.date | None
    dissolved_on: dt.date | None
    legal_basis: str
    certainty: str  # high, medium
    former_names: tuple[FormerName, ...] = ()
    other_codes: tuple[str, ...] = ()  # other codes that mean this very body


@dataclass(frozen=True, slots=True)
class SuccessionSeed:
    """What a dissolved body passed into. ``on`` is the first day the successor stands in its place."""

    predecessor_code: str
    successor_code: str
    kind: SuccessionKind
    on: dt.date
    legal_basis: str


# The two-tier local government begins (Luật Tổ chức chính quyền địa phương 2025).
COMMUNES_BEGIN = dt.date(2025, 7, 1)
COMMUNE_LAW = "Luật Tổ chức chính quyền địa phương 2025"

_COMMITTEE = "Ủy ban nhân dân"
_CITY = "Thành phố"
_TERRITORIES = {
    "Tỉnh": Kind.PROVINCE,
    _CITY: Kind.PROVINCE,
    "Xã": Kind.COMMUNE,
    "Phường": Kind.COMMUNE,
    "Đặc khu": Kind.COMMUNE,
}
_PROVINCE_KINDS = frozenset({"province", "centrally_run_city", "province_former"})
_INSPECTORATE = "DEPT-TT"
_OFFICE = "DEPT-VP"


@dataclass(frozen=True, slots=True)
class _Place:
    """A territory of the files ("Tỉnh Hà Tĩnh") and the forms in which its name is written."""

    type: str  # Tỉnh, Thành phố, Xã, Phường, Đặc khu
    proper: str  # Hà Tĩnh
    extra: tuple[str, ...] = ()  # further customary short forms (TP.HCM)

    @classmethod
    def parse(cls, name: str, extra: tuple[str, ...] = ()) -> "_Place":
        for type_ in _TERRITORIES:
            if name.startswith(f"{type_} "):
                return cls(type_, name.removeprefix(f"{type_} "), extra)
        raise ValueError(f"not a territory: {name!r}")

    @property
    def kind(self) -> Kind:
        return _TERRITORIES[self.type]

    @property
    def full(self) -> str:
        """As it follows a body's name: "tỉnh Hà Tĩnh"."""
        return f"{self.type.lower()} {self.proper}"

    @property
    def loose(self) -> tuple[str, ...]:
        """How people write it in passing, without "tỉnh" and so on."""
        if self.type == _CITY:
            return (self.proper, f"TP. {self.proper}", f"TP {self.proper}", *self.extra)
        return (self.proper, *self.extra)


@dataclass(frozen=True, slots=True)
class _Province:
    """A province's seed with what its departments need to know."""

    seed: AgencySeed
    place: _Place
    former_places: tuple[tuple[_Place, dt.date], ...]
    successor_codes: tuple[str, ...]


def _unique(forms: Iterable[str], *, without: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form not in without))


def _central(row: dict[str, str]) -> AgencySeed:
    return AgencySeed(
        code=row["code"],
        name=row["name_vi"],
        name_en=row["name_en"],
        short_name=row["name_vi"],
        aliases=several(row["aliases"]),
        kind=Kind(row["kind"].removesuffix("_former")),
        parent_code=row["parent_code"],
        portal_url=row["portal_url"],
        established_on=first_day(row["effective_from"]),
        dissolved_on=first_day_gone(row["effective_to"]),
        legal_basis=row["legal_basis"],
        certainty=row["certainty"],
    )


def _province(
    row: dict[str, str], *, other_codes: tuple[str, ...], former: Sequence[tuple[_Place, dt.date]]
) -> _Province:
    place = _Place.parse(row["name_vi"], several(row["aliases"]))
    name, short = f"{_COMMITTEE} {place.full}", f"UBND {place.full}"
    seed = AgencySeed(
        code=row["code"],
        name=name,
        name_en=f"People's Committee of {row['name_en']}",
        short_name=short,
        aliases=_unique(
            (
                row["name_vi"],
                *place.loose,
                *(f"UBND {form}" for form in place.loose),
                f"UBND {place.type.lower()}",
                f"{_COMMITTEE} {place.type.lower()}",
            ),
            without=(name, short),
        ),
        kind=place.kind,
        parent_code=row["parent_code"],
        portal_url=row["portal_url"],
        established_on=first_day(row["effective_from"]),
        dissolved_on=first_day_gone(row["effective_to"]),
        legal_basis=row["legal_basis"],
        certainty=row["certainty"],
        former_names=tuple(FormerName(f"{_COMMITTEE} {old.full}", until) for old, until in former),
        other_codes=other_codes,
    )
    return _Province(seed, place, tuple(former), several(row["successor_codes"]))


def _department_names(template: str, title: str, place: _Place) -> tuple[str, str, tuple[str, ...]]:
    """Name, short name and the body's own further forms of a department of ``place``."""
    type_ = place.type.lower()
    if template == _OFFICE:
        name, short = f"{title} {place.full}", f"Văn phòng UBND {place.full}"
        forms = (f"{title} {type_}", f"Văn phòng UBND {type_}", f"VP UBND {type_}", f"VP UBND {place.full}")
        return name, short, (*forms, *(f"Văn phòng UBND {form}" for form in place.loose))
    if template == _INSPECTORATE:
        return f"{title} {place.full}", f"{title} {type_}", tuple(f"{title} {form}" for form in place.loose)
    return f"{title} {place.full}", title, tuple(f"{title} {form}" for form in place.loose)


def _department(row: dict[str, str], province: _Province) -> AgencySeed:
    """A department of one province: of today's provinces since NĐ 45/2025, of the former ones until then."""
    owner, place = province.seed, province.place
    name, short, forms = _department_names(row["code"], row["name_vi"], place)
    begins = max(filter(None, (first_day(row["effective_from"]), owner.established_on)), default=None)
    abbreviations = several(row["aliases"])
    former = (
        FormerName(_department_names(row["code"], row["name_vi"], old)[0], until)
        for old, until in province.former_places
        if begins is None or until > begins
    )
    return AgencySeed(
        code=department_code(owner.code, row["code"]),
        name=name,
        name_en=f"{row['name_en']} of {_english_place(owner)}",
        short_name=short,
        aliases=_unique(
            (
                *forms,
                *abbreviations,
                *(
                    f"{abbreviation} {form}"
                    for abbreviation in abbreviations
                    for form in (place.full, *place.loose)
                ),
            ),
            without=(name, short),
        ),
        kind=Kind.DEPARTMENT,
        parent_code=owner.code,
        portal_url="",
        established_on=begins,
        dissolved_on=first_day_gone(row["effective_to"]),
        legal_basis=row["legal_basis"],
        certainty=row["certainty"],
        former_names=tuple(former),
    )


def _english_place(province: AgencySeed) -> str:
    return province.name_en.removeprefix("People's Committee of ")


def department_code(province_code: str, template_code: str) -> str:
    """A department's code: T34-42 + DEPT-NV = T34-42-NV, T63-02 + STTTT63 = T63-02-STTTT.

    A former department of a province that went on unchanged keeps the template's "63" (T34-42-STTTT63), so
    that it can never meet the code of a present one.
    """
    part = template_code.removeprefix("DEPT-")
    return f"{province_code}-{part.removesuffix('63') if province_code.startswith('T63') else part}"


def _commune(row: dict[str, str], province: _Province) -> AgencySeed:
    place = _Place.parse(row["name_vi"])
    name, short = f"{_COMMITTEE} {place.full}", f"UBND {place.full}"
    return AgencySeed(
        code=row["code"],
        name=name,
        name_en=f"People's Committee of {row['name_en']}",
        short_name=short,
        aliases=(
            row["name_vi"],
            f"{short}, {province.place.full}",
            f"{name}, {province.place.full}",
            f"{row['name_vi']}, {province.place.full}",
        ),
        kind=place.kind,
        parent_code=province.seed.code,
        portal_url="",
        established_on=COMMUNES_BEGIN,
        dissolved_on=None,
        legal_basis=COMMUNE_LAW,
        certainty="high",
    )


@cache
def _provinces() -> dict[str, _Province]:
    """Today's 34 and the 52 that went into them; one body that only changed its list has one entry."""
    listed = list(rows("agencies.csv"))
    same = defaultdict(list)
    for row in listed:
        if row["kind"] == "province_same":
            same[row["successor_codes"]].append(row["code"])
    former: defaultdict[str, list[tuple[_Place, dt.date]]] = defaultdict(list)
    for row in rows("former_names.csv"):
        former[row["code"]].append((_Place.parse(row["name_vi"]), dt.date.fromisoformat(row["until"])))
    return {
        row["code"]: _province(row, other_codes=tuple(same[row["code"]]), former=former[row["code"]])
        for row in listed
        if row["kind"] in _PROVINCE_KINDS
    }


def _departments() -> Iterator[tuple[dict[str, str], _Province]]:
    """Every (template, province) pair that makes a department."""
    templates = list(rows("department_templates.csv"))
    for province in _provinces().values():
        today = province.seed.dissolved_on is None
        for row in templates:
            if row["kind"] == "department_former":
                # What ended on 01/3/2025 was in every province of that day.
                if not today or province.seed.established_on is None:
                    yield row, province
            elif today and (row["provinces"] == "*" or province.seed.code in several(row["provinces"])):
                yield row, province


def agency_tree() -> Iterator[AgencySeed]:
    """Every agency of the data files, a parent always before its children."""
    for row in rows("agencies.csv"):
        if row["kind"] not in _PROVINCE_KINDS and row["kind"] != "province_same":
            yield _central(row)
    provinces = _provinces()
    for province in provinces.values():
        yield province.seed
    for row, province in _departments():
        yield _department(row, province)
    for row in rows("communes.csv"):
        yield _commune(row, provinces[row["province_code"]])


def _links() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(predecessor, its successors, legal basis) for every dissolved body."""
    for row in rows("agencies.csv"):
        if row["kind"] != "province_same" and row["successor_codes"]:
            yield row["code"], several(row["successor_codes"]), row["legal_basis"]
    for row, province in _departments():
        if row["kind"] == "department_former":
            heirs = province.successor_codes or (province.seed.code,)
            codes = tuple(
                department_code(heir, template)
                for heir in heirs
                for template in several(row["successor_codes"])
            )
            yield department_code(province.seed.code, row["code"]), codes, row["legal_basis"]


def successions() -> Iterator[SuccessionSeed]:
    """What every dissolved body passed into.

    A department that ended on 01/3/2025 in a province that itself ended on 01/7/2025 passes into the
    department of the new province, which exists only since 01/7/2025: ``on`` is then that later day, so
    that no succession names a body that was not there yet (docs/data.md, "the gap of 2025").
    """
    agencies = {seed.code: seed for seed in agency_tree()}
    links = list(_links())
    heirs_of = Counter(code for _, codes, _ in links for code in codes)
    for predecessor, codes, basis in links:
        gone = agencies[predecessor].dissolved_on
        if gone is None:
            raise ValueError(f"{predecessor} has a successor but no end")
        for code in codes:
            if len(codes) > 1:
                kind = SuccessionKind.SPLIT
            else:
                kind = SuccessionKind.MERGED if heirs_of[code] > 1 else SuccessionKind.RENAMED
            begins = agencies[code].established_on
            yield SuccessionSeed(predecessor, code, kind, max(gone, begins) if begins else gone, basis)
