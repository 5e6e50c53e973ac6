"""Invented units below the real agencies, until there are as many agencies as a whole civil service has."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, AgencyKind, AgencyRecord
from registry.demo.places import places

_AT_ONCE: Final = 2000
_OF_A_COMMUNE: Final = (
    "Trường Tiểu học", "Trường Trung học cơ sở", "Trường Mầm non", "Trạm Y tế", "Trường Tiểu học số 2",
    "Trung tâm Phục vụ hành chính công", "Trường Mầm non số 2", "Trung tâm Văn hóa",
)  # fmt: skip
# Bodies of the sectors that have a profile of their own: central body → what it has in each province.
_OF_A_PROVINCE: Final = {
    "TW-BQP": "Bộ Chỉ huy quân sự", "TW-BCA": "Công an", "TW-VKSNDTC": "Viện kiểm sát nhân dân",
}  # fmt: skip
_POLICE: Final = "TW-BCA"


@dataclass(frozen=True, slots=True)
class _Unit:
    """A body to be: its parent is known, or made a moment before."""

    code: str
    name: str
    parent_id: int
    parent_path: str


@transaction.atomic
def add_units(wanted: int) -> int:
    """Put invented units below the real agencies until there are `wanted` living ones; return how many."""
    missing = wanted - len(places())
    if missing <= 0:
        return 0
    known = set(Agency.objects.values_list("code", flat=True))
    added = 0
    for kind in (_of_provinces, _of_police, _of_communes):
        units = islice((unit for unit in kind() if unit.code not in known), missing - added)
        while chunk := list(islice(units, _AT_ONCE)):
            _write(chunk)
            added += len(chunk)
    return added


def _living(**among: object) -> list[AgencyRecord]:
    found = AgencyRecord.objects.current().filter(dissolved_on=None, **among).select_related("agency")
    return list(found.order_by("pk"))


def _of_provinces() -> Iterator[_Unit]:
    provinces = _living(kind=AgencyKind.PROVINCE)
    for head in _living(agency__code__in=_OF_A_PROVINCE):
        for province in provinces:
            number = province.agency.code.rsplit("-", maxsplit=1)[-1]
            name = f"{_OF_A_PROVINCE[head.agency.code]} {_place(province)}"
            yield _Unit(f"{head.agency.code}-{number}", name, head.agency_id, head.path)


def _of_police() -> Iterator[_Unit]:
    heads = {
        record.agency.code: record for record in _living(agency__code__startswith=f"{_POLICE}-", kind="unit")
    }
    provinces = {
        record.agency_id: record.agency.code.rsplit("-", maxsplit=1)[-1]
        for record in _living(kind=AgencyKind.PROVINCE)
    }
    for commune in _living(kind=AgencyKind.COMMUNE):
        head = heads.get(f"{_POLICE}-{provinces.get(commune.parent_id or 0)}")
        if head:
            code = f"{commune.agency.code}-CA"
            yield _Unit(code, f"Công an {_place(commune)}", head.agency_id, head.path)


def _of_communes() -> Iterator[_Unit]:
    communes = _living(kind=AgencyKind.COMMUNE)
    for number, kind in enumerate(_OF_A_COMMUNE, start=1):
        for commune in communes:
            code = f"{commune.agency.code}-D{number}"
            yield _Unit(code, f"{kind} {_place(commune)}", commune.agency_id, commune.path)


def _place(record: AgencyRecord) -> str:
    """Out of "UBND xã Tân Lập", the place: "xã Tân Lập"."""
    return (record.short_name or record.name).removeprefix("UBND ")


def _write(units: list[_Unit]) -> None:
    instant = timezone.now()
    agencies = Agency.objects.bulk_create([Agency(code=unit.code) for unit in units])
    AgencyRecord.objects.bulk_create(
        [
            AgencyRecord(
                agency=agency,
                parent_id=unit.parent_id,
                path=f"{unit.parent_path}{agency.pk}/",
                name=unit.name,
                kind=AgencyKind.UNIT,
                recorded_from=instant,
            )
            for agency, unit in zip(agencies, units, strict=True)
        ]
    )
