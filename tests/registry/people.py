"""A small country for tests of people and declarations."""

from dataclasses import dataclass

from accounts.models import Agency, Official
from registry.users.models import Role, User
from tests.factories import AgencyFactory, OfficialFactory, RoleGrantFactory, UserFactory


@dataclass(frozen=True)
class Country:
    """A province with two departments, another province, and people in them."""

    government: Agency
    province: Agency
    health: Agency  # a department of the province
    culture: Agency  # another
    elsewhere: Agency  # another province
    lan: Official  # works in health
    lan_login: User
    hr: User  # HR of health
    hr2: User  # a colleague of hr
    hr_culture: User
    hr_province: User
    hr_elsewhere: User


def officer(
    agency: Agency, name: str, *, official: Official | None = None, role: Role = Role.HR_OFFICER
) -> User:
    """A login with a role in an agency."""
    user = UserFactory.create(full_name=name, official=official)
    RoleGrantFactory.create(user=user, agency=agency, role=role)
    return user


def make_country() -> Country:
    """Make the country anew."""
    government = AgencyFactory.create(kind="government", name="Chính phủ")
    province = AgencyFactory.create(kind="province", parent=government, name="UBND tỉnh Một")
    health = AgencyFactory.create(parent=province, name="Sở Y tế")
    culture = AgencyFactory.create(parent=province, name="Sở Văn hóa")
    elsewhere = AgencyFactory.create(kind="province", parent=government, name="UBND tỉnh Hai")
    lan = OfficialFactory.create(agency=health, full_name="Trần Thị Lan")
    return Country(
        government=government,
        province=province,
        health=health,
        culture=culture,
        elsewhere=elsewhere,
        lan=lan,
        lan_login=UserFactory.create(official=lan, full_name="Trần Thị Lan"),
        hr=officer(health, "Phạm Văn Hòa"),
        hr2=officer(health, "Lê Thị Mai"),
        hr_culture=officer(culture, "Đỗ Văn Sơn"),
        hr_province=officer(province, "Vũ Thị Hạnh"),
        hr_elsewhere=officer(elsewhere, "Bùi Văn Nam"),
    )
