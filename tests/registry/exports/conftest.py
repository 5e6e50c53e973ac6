"""A department with people of every kind in it, judged by a real run."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import Account, Agency, Official, Standing
from registry.findings.services import run_changed, start_sweep, work
from registry.users.models import Role, User
from tests.factories import (
    AccountFactory,
    AgencyFactory,
    DeclaredFactsFactory,
    EntryFactory,
    NilReturnFactory,
    OfficialFactory,
    RegulationFactory,
    RoleGrantFactory,
    UserFactory,
)


@dataclass(frozen=True)
class Audited:
    """A province whose department has Lan (two accounts, both wrong), Bình (none declared) and Hòa (none)."""

    province: Agency
    health: Agency
    culture: Agency
    lan: Official
    account: Account
    auditor: User
    stranger: User  # audits another department


def judge() -> None:
    """Run what the worker runs."""
    run_changed()
    work(run=start_sweep())


@pytest.fixture
def audited() -> Audited:
    province = AgencyFactory.create(kind="province", name="UBND tỉnh Một", code="TINH-1")
    health = AgencyFactory.create(parent=province, name="Sở Y tế", code="TINH-1-YT")
    culture = AgencyFactory.create(parent=province, name="Sở Văn hóa", code="TINH-1-VH")
    RegulationFactory.create(agency=province, issued_on=timezone.localdate().replace(year=2020))
    lan = OfficialFactory.create(agency=health, full_name="Trần Thị Lan", staff_code="YT-001")
    OfficialFactory.create(agency=health, full_name="=Đỗ Văn Bình", staff_code="YT-002")
    NilReturnFactory.create(
        official=OfficialFactory.create(agency=health, full_name="Phạm Hòa", staff_code="YT-003")
    )
    account = AccountFactory.create(url="https://www.tiktok.com/@lan.yt")
    EntryFactory.create(
        facts=DeclaredFactsFactory.create(account=account, official=lan, name_shown="Mẹ Bắp"),
        standing=Standing.UNCONFIRMED,
    )
    phone = AccountFactory.create(url="https://zalo.me/0912345678")
    EntryFactory.create(facts=DeclaredFactsFactory.create(account=phone, official=lan, name_shown="Lan Trần"))
    OfficialFactory.create(agency=culture, full_name="Người Văn Hóa", staff_code="VH-001")
    auditor = UserFactory.create(username="thanhtra", full_name="Vũ Thanh Tra")
    RoleGrantFactory.create(user=auditor, role=Role.AUDITOR, agency=health)
    stranger = UserFactory.create(username="thanhtra.vh", full_name="Bùi Thanh Tra")
    RoleGrantFactory.create(user=stranger, role=Role.AUDITOR, agency=culture)
    judge()
    return Audited(province, health, culture, lan, account, auditor, stranger)


@pytest.fixture(autouse=True)
def _own_signing_key(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"  # type: ignore[attr-defined]
