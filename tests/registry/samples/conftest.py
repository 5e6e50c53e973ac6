"""A department with two wards, fifteen people and their accounts, judged by a real run."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Agency
from registry.samples.drawing import Wanted
from registry.samples.models import Drawn, Sample, Strata
from registry.samples.services import draw_sample
from registry.users.models import Role, User
from tests.factories import (
    AgencyFactory,
    DeclaredFactsFactory,
    EntryFactory,
    OfficialFactory,
    RegulationFactory,
    RoleGrantFactory,
    UserFactory,
)
from tests.registry.exports.conftest import judge

Draw = Callable[..., Sample]


@dataclass(frozen=True)
class Branch:
    """The department has one person itself, ward A ten and ward B four; ward A's show another name."""

    health: Agency
    ward_a: Agency
    ward_b: Agency
    auditor: User
    stranger: User


@pytest.fixture
def branch() -> Branch:
    province = AgencyFactory.create(kind="province", name="UBND tỉnh Một", code="TINH-1")
    health = AgencyFactory.create(parent=province, name="Sở Y tế", code="TINH-1-YT")
    ward_a = AgencyFactory.create(parent=health, name="Bệnh viện A", code="BV-A")
    ward_b = AgencyFactory.create(parent=health, name="Bệnh viện B", code="BV-B")
    other = AgencyFactory.create(parent=province, name="Sở Văn hóa", code="TINH-1-VH")
    RegulationFactory.create(agency=province, issued_on=timezone.localdate().replace(year=2020))
    for number, unit in enumerate([health, *[ward_a] * 10, *[ward_b] * 4]):
        official = OfficialFactory.create(
            agency=unit, full_name=f"Trần Thị Số {number}", staff_code=f"YT-{number:03}"
        )
        shown = "Mẹ Bắp" if unit is ward_a else official.records.get().full_name
        EntryFactory.create(facts=DeclaredFactsFactory.create(official=official, name_shown=shown))
    OfficialFactory.create(agency=other, full_name="Người Văn Hóa", staff_code="VH-001")
    auditor = UserFactory.create(username="thanhtra", full_name="Vũ Thanh Tra")
    RoleGrantFactory.create(user=auditor, role=Role.AUDITOR, agency=health)
    stranger = UserFactory.create(username="thanhtra.vh", full_name="Bùi Thanh Tra")
    RoleGrantFactory.create(user=stranger, role=Role.AUDITOR, agency=other)
    judge()
    return Branch(health, ward_a, ward_b, auditor, stranger)


@pytest.fixture
def sampled(branch: Branch) -> Draw:
    """Draw from the department as it stands; facts of the draw as keywords."""

    def draw(*, again: bool = True, by: User | None = None, **facts: Any) -> Sample:
        asked = {
            "agency": branch.health,
            "as_of": timezone.now(),
            "drawn": Drawn.PEOPLE,
            "strata": Strata.NONE,
            "seed": "mầm 1",
            "size": 5,
        }
        return draw_sample(wanted=Wanted(**{**asked, **facts}), again=again, by=by or branch.auditor)

    return draw
