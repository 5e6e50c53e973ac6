from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Account, Agency, AgencyKind, Official, Standing
from accounts.platforms import recognise
from accounts.services import account_for, enter, state_page
from registry.lookup.spelling import refresh
from tests.factories import AgencyFactory, OfficialFactory

HEALTH = "Sở Y tế tỉnh Hà Tĩnh"
LINK = "https://www.facebook.com/soyte.hatinh"


@pytest.fixture
def province() -> Agency:
    """A province's committee."""
    return AgencyFactory.create(
        code="P42", name="Ủy ban nhân dân tỉnh Hà Tĩnh", short_name="UBND tỉnh Hà Tĩnh",
        kind=AgencyKind.PROVINCE, aliases=["Hà Tĩnh", "UBND Hà Tĩnh"], contact_phone="02393855555",
        contact_email="ubnd@hatinh.gov.vn",
    )  # fmt: skip


@pytest.fixture
def health(province: Agency) -> Agency:
    """A department of the province."""
    return AgencyFactory.create(
        code="P42-YT", name=HEALTH, short_name="Sở Y tế", parent=province, aliases=["Sở Y tế Hà Tĩnh"],
        contact_phone="02393123456", contact_email="soyte@hatinh.gov.vn",
    )  # fmt: skip


@pytest.fixture
def director(health: Agency) -> Official:
    """Who answers for the department's page."""
    return OfficialFactory.create(full_name="Trần Thị Hồng", agency=health, position="Giám đốc")


@pytest.fixture
def enrol() -> Callable[..., Account]:
    """Put a page of an agency into the register: `enrol(agency, link, name, responsible=official)`."""

    def enrolled(agency: Agency, link: str, name: str, **page: Any) -> Account:
        account = account_for(link=recognise(link), by=None)
        if page.get("responsible"):
            page.setdefault("responsible_role", "head")
        facts = state_page(
            account=account, agency=agency, name_shown=name, administrators=[], by=None, **page
        )
        enter(facts=facts, standing=Standing.CONFIRMED, by=None)
        refresh()
        return account

    return enrolled


@pytest.fixture
def page(health: Agency, director: Official, enrol: Callable[..., Account]) -> Account:
    """The department's page."""
    return enrol(
        health, LINK, HEALTH, responsible=director, contact_phone="02393123456",
        contact_email="soyte@hatinh.gov.vn", portal_url="https://soyte.hatinh.gov.vn/mxh",
    )  # fmt: skip
