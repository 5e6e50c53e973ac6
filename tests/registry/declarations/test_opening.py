"""Who has a case open: told to colleagues of the branch, to nobody else, and only for a while."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from common.errors import NotAllowedError, NotFoundError
from registry.declarations import services
from registry.declarations.models import Declaration, Lease
from registry.declarations.selectors import leases_on
from registry.declarations.services.opening import LEASE
from registry.users.models import Role, User
from tests.factories import DeclarationFactory, RoleGrantFactory
from tests.registry.people import Country, make_country, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    """A province with two departments, another province, and people in them."""
    return make_country()


@pytest.fixture
def put(country: Country) -> Declaration:
    """Lan's, before HR."""
    return DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)


def seen_by(user: User, put: Declaration) -> str:
    """Whose name the user is told, "" for nobody's."""
    lease = leases_on(user, [put]).get(put.pk)
    return lease.by.get_full_name() if lease else ""


def test_open_case_tells_colleagues_and_not_oneself(country: Country, put: Declaration):
    lease = services.open_case(declaration=put, by=country.hr)
    assert lease is not None
    assert lease.by == country.hr
    assert seen_by(country.hr2, put) == seen_by(country.hr_province, put) == "Phạm Văn Hòa"
    assert seen_by(country.hr, put) == ""


def test_open_case_is_told_to_nobody_outside_the_branch_nor_to_who_does_not_decide(
    country: Country, put: Declaration
):
    services.open_case(declaration=put, by=country.hr)
    auditor = officer(country.province, "Thanh tra", role=Role.AUDITOR)
    for user in (country.hr_culture, country.hr_elsewhere, country.lan_login, auditor):
        assert seen_by(user, put) == ""
    RoleGrantFactory.create(user=country.lan_login, role=Role.HR_OFFICER, agency=country.health)
    assert seen_by(country.lan_login, put) == ""  # it is her own


def test_open_case_again_keeps_since_when_and_lasts_longer(country: Country, put: Declaration):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        services.open_case(declaration=put, by=country.hr)
    with time_machine.travel(start + LEASE / 2, tick=False):
        services.open_case(declaration=put, by=country.hr)
    lease = Lease.objects.get()
    assert (lease.since, lease.until) == (start, start + LEASE * 1.5)


def test_open_case_of_a_colleague_stays_theirs_until_it_runs_out(country: Country, put: Declaration):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        services.open_case(declaration=put, by=country.hr)
    with time_machine.travel(start + LEASE - timedelta(seconds=1), tick=False):
        theirs = services.open_case(declaration=put, by=country.hr2)
        assert theirs is not None
        assert theirs.by == country.hr
    with time_machine.travel(start + LEASE, tick=False):
        assert seen_by(country.hr2, put) == ""
        mine = services.open_case(declaration=put, by=country.hr2)
        assert mine is not None
        assert (mine.by, mine.since) == (country.hr2, start + LEASE)


def test_leave_case_ends_ones_own_and_no_other(country: Country, put: Declaration):
    services.open_case(declaration=put, by=country.hr)
    services.leave_case(declaration=put, by=country.hr2)
    assert seen_by(country.hr2, put)
    services.leave_case(declaration=put, by=country.hr)
    assert not Lease.objects.exists()


def test_open_case_forbids_nobody_to_decide_and_ends_with_the_decision(country: Country, put: Declaration):
    services.open_case(declaration=put, by=country.hr)
    services.approve(declaration=put, by=country.hr2)
    assert not Lease.objects.exists()
    put.refresh_from_db()
    assert services.open_case(declaration=put, by=country.hr) is None
    assert not Lease.objects.exists()


def test_open_case_by_who_does_not_decide_it_is_refused(country: Country, put: Declaration):
    for user in (country.hr_culture, country.hr_elsewhere):
        with pytest.raises(NotFoundError):
            services.open_case(declaration=put, by=user)
    for user in (country.lan_login, officer(country.health, "Thanh tra", role=Role.AUDITOR)):
        with pytest.raises(NotAllowedError):
            services.open_case(declaration=put, by=user)
    assert not Lease.objects.exists()
