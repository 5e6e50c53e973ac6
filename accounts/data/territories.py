"""The territories of the data files, whether or not the register has their authorities."""

from collections.abc import Iterator
from typing import NamedTuple

from accounts.data.tables import rows

_PROVINCES = frozenset({"province", "centrally_run_city", "province_former", "province_same"})


class Territory(NamedTuple):
    """A commune or a province, as the files name it: "Xã Tân Thành"; of a commune, the province it is in."""

    name: str
    province: str


def territories() -> Iterator[Territory]:
    """Every commune of today, every province of today and of before 01/7/2025: docs/data.md."""
    provinces = {row["code"]: row["name_vi"] for row in rows("agencies.csv") if row["kind"] in _PROVINCES}
    for name in dict.fromkeys(provinces.values()):
        yield Territory(name, "")
    for row in rows("communes.csv"):
        yield Territory(row["name_vi"], provinces[row["province_code"]])
