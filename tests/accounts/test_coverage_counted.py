"""Counters of coverage are true after whatever is compared; counting anew finds no difference."""

import random

import pytest

from accounts import services
from accounts.comparison import recount, refresh_marked
from accounts.models import AgencyCoverage, Official, OfficialRecord, Status
from tests.factories import AgencyFactory, EntryFactory, NilReturnFactory, OfficialFactory

pytestmark = pytest.mark.django_db


def compare() -> None:
    while refresh_marked():
        pass


def counted(agency_id: int) -> tuple[int, ...]:
    fields = ("known", "staff", "declared", "nil", "proposed")
    row: tuple[int, ...] = AgencyCoverage.objects.filter(agency_id=agency_id).values_list(*fields).get()
    return row


def test_refresh_officials_counts_whom_it_compares():
    agency = AgencyFactory.create()
    OfficialFactory.create(agency=agency)
    OfficialFactory.create(agency=agency, status=Status.LEFT)
    NilReturnFactory.create(official__agency=agency)
    EntryFactory.create(facts__official__agency=agency)
    compare()
    assert counted(agency.pk) == (4, 3, 1, 1, 0)
    assert recount() == 0


def test_refresh_officials_of_somebody_moved_counts_them_where_they_are():
    there, here = AgencyFactory.create(), AgencyFactory.create()
    official = OfficialFactory.create(agency=there)
    compare()
    services.amend_official(official=official, by=None, agency=here)
    compare()
    assert (counted(there.pk), counted(here.pk)) == ((0, 0, 0, 0, 0), (1, 1, 0, 0, 0))


def test_recount_brings_a_wrong_counter_in_line():
    agency = AgencyFactory.create()
    OfficialFactory.create(agency=agency)
    compare()
    AgencyCoverage.objects.update(known=5, staff=4)
    assert recount() == 1
    assert counted(agency.pk) == (1, 1, 0, 0, 0)
    assert recount() == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counters_hold_whatever_is_done_in_whatever_order(seed: int):
    dice = random.Random(seed)  # noqa: S311 - a test's, reproducible
    agencies = [AgencyFactory.create() for _each in range(3)]
    people: list[Official] = []
    for _step in range(40):
        act = dice.choice(("new", "move", "status", "nil", "account", "compare"))
        if act == "new" or not people:
            people.append(OfficialFactory.create(agency=dice.choice(agencies)))
            continue
        who = dice.choice(people)
        if act == "move":
            services.amend_official(official=who, by=None, agency=dice.choice(agencies))
        elif act == "status":
            services.amend_official(official=who, by=None, status=dice.choice(Status.values))
        elif act == "account":
            EntryFactory.create(facts__official=who)
        elif act == "compare":
            compare()
            assert recount() == 0
        elif not _has_account(who):
            NilReturnFactory.create(official=who)
    compare()
    assert recount() == 0
    assert sum(AgencyCoverage.objects.values_list("known", flat=True)) == (
        OfficialRecord.objects.current().count()
    )


def _has_account(official: Official) -> bool:
    return official.ownerships.filter(recorded_until=None).exists()
