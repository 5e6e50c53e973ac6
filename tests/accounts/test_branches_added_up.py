"""The parts of large branches are what is counted of them, whoever changed what in whatever order."""

import random
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from accounts import services
from accounts.comparison import Part, add_up_branches, parts_of, recount_branches, refresh_marked
from accounts.models import (
    Agency,
    AgencyCoverage,
    AgencyRecord,
    BranchCoverage,
    CoverageMark,
    Official,
    Status,
)
from accounts.paths import ancestors
from common.errors import RegistryError
from tests.accounts.test_two_at_once import beside
from tests.factories import AgencyFactory, NilReturnFactory, OfficialFactory

COUNTRY, PROVINCE, COMMUNE, SCHOOL = range(4)


@pytest.fixture
def chain(db: None) -> list[Agency]:  # noqa: ARG001 - what it is made in
    """An agency in each depth of the tree, one below the other, added up."""
    return make_chain()


def make_chain() -> list[Agency]:
    made: list[Agency] = []
    for _depth in range(4):
        made.append(AgencyFactory.create(parent=made[-1] if made else None))
    compare()
    add_up_branches()
    return made


def compare() -> None:
    while refresh_marked():
        pass


def path_of(agency: Agency) -> str:
    return AgencyRecord.objects.current().get(agency=agency).path


def part(top: Agency, step: Agency | None = None) -> Part:
    """Of the branch of `top`, the part that begins with `step`; without it, the top itself."""
    return parts_of([path_of(top)])[path_of(top)].get(str(step.pk) if step else "", Part())


def counted(top: str) -> dict[str, Part]:
    """The parts of a branch, counted here from the agencies and what is known of each."""
    known = dict(AgencyCoverage.objects.values_list("agency_id", "known"))
    rows = {row.agency_id: row for row in AgencyCoverage.objects.all()}
    records = list(AgencyRecord.objects.current())
    listed_below = {each.parent_id for each in records if known.get(each.agency_id)}
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(Part._fields))
    for each in records:
        if not each.path.startswith(top):
            continue
        step = each.path.removeprefix(top).partition("/")[0]
        exists = each.dissolved_on is None or each.dissolved_on > timezone.localdate()
        without = exists and not known.get(each.agency_id)
        around = each.kind == "unit" and known.get(each.parent_id or 0)
        row = rows.get(each.agency_id, AgencyCoverage())
        numbers = (
            1, exists, without and not around and each.agency_id not in listed_below,
            row.staff, row.declared, row.nil, row.proposed,
        )  # fmt: skip
        found[step] = [one + int(more) for one, more in zip(found[step], numbers, strict=True)]
    return {step: Part(*numbers) for step, numbers in found.items()}


def everywhere() -> list[str]:
    return list(AgencyRecord.objects.current().values_list("path", flat=True))


def test_what_is_kept_is_read_and_nothing_is_counted(chain: list[Agency], django_assert_num_queries: Any):
    OfficialFactory.create(agency=chain[SCHOOL])
    compare()
    assert part(chain[COUNTRY], chain[PROVINCE]).staff == 1
    assert part(chain[PROVINCE], chain[COMMUNE]).staff == 1
    add_up_branches()
    assert not CoverageMark.objects.exists()
    BranchCoverage.objects.update(staff=77)
    assert part(chain[COUNTRY], chain[PROVINCE]).staff == 77
    assert part(chain[PROVINCE], chain[COMMUNE]).staff == 77
    assert part(chain[COMMUNE], chain[SCHOOL]).staff == 1  # deeper branches are small
    path = path_of(chain[COUNTRY])
    with django_assert_num_queries(2):
        parts_of([path])


def test_somebody_new_is_counted_at_once_and_only_their_part_afresh(chain: list[Agency]):
    beside_it = AgencyFactory.create(parent=chain[COUNTRY])
    add_up_branches()
    BranchCoverage.objects.filter(path=path_of(beside_it)).update(staff=77)
    OfficialFactory.create(agency=chain[SCHOOL])
    compare()
    assert part(chain[COUNTRY], chain[PROVINCE]).staff == 1
    assert part(chain[COUNTRY], beside_it).staff == 77


def test_an_agency_that_moves_is_counted_where_it_is(chain: list[Agency]):
    OfficialFactory.create(agency=chain[SCHOOL])
    other = AgencyFactory.create(parent=chain[COUNTRY])
    compare()
    add_up_branches()
    services.move_agency(agency=chain[COMMUNE], parent=other, by=None)
    for _again in range(2):
        assert part(chain[COUNTRY], chain[PROVINCE]) == Part(units=1, agencies=1, unlisted=1)
        assert part(chain[COUNTRY], other).staff == 1
        assert part(other, chain[COMMUNE]).units == 2
        add_up_branches()
    assert not BranchCoverage.objects.filter(above=path_of(chain[PROVINCE])).exists()


def test_a_list_of_the_body_above_is_heard_of_in_every_part_below_it(chain: list[Agency]):
    for agency in chain[PROVINCE:]:
        services.amend_agency(agency=agency, by=None, kind="unit")
    add_up_branches()
    assert part(chain[COUNTRY], chain[PROVINCE]).unlisted == 3
    official = OfficialFactory.create(agency=chain[COUNTRY])
    compare()
    assert part(chain[COUNTRY], chain[PROVINCE]).unlisted == 2
    services.amend_official(official=official, by=None, agency=chain[PROVINCE])
    compare()
    assert part(chain[PROVINCE], chain[COMMUNE]).unlisted == 1
    assert recount_branches() == 0


def test_an_agency_whose_last_day_passes_is_counted_out_without_a_mark(chain: list[Agency]):
    ends = timezone.localdate() + timedelta(days=30)
    services.amend_agency(agency=chain[COMMUNE], by=None, dissolved_on=ends)
    add_up_branches()
    assert part(chain[COUNTRY], chain[PROVINCE]).agencies == 3
    noon = timezone.now() + timedelta(days=30)
    with time_machine.travel(noon, tick=False):
        for _again in range(2):
            assert part(chain[COUNTRY], chain[PROVINCE]).agencies == 2
            assert part(chain[PROVINCE], chain[COMMUNE]).agencies == 1
            add_up_branches()
        assert not BranchCoverage.objects.exclude(holds_until=None).exists()
        assert recount_branches() == 0


def test_recount_branches_puts_wrong_sums_right_and_says_how_many(chain: list[Agency]):
    BranchCoverage.objects.filter(path=path_of(chain[PROVINCE])).update(staff=7)
    BranchCoverage.objects.filter(path=path_of(chain[COMMUNE])).delete()
    BranchCoverage.objects.create(
        path=f"{path_of(chain[PROVINCE])}999/", above=path_of(chain[PROVINCE]), **Part(units=1)._asdict()
    )
    assert recount_branches() == 3
    assert [parts_of([path])[path] for path in everywhere()] == [counted(path) for path in everywhere()]
    assert recount_branches() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_parts_hold_whatever_is_done_in_whatever_order(seed: int):
    dice = random.Random(seed)  # noqa: S311 - a test's, reproducible
    today = timezone.localdate()
    agencies = [AgencyFactory.create(parent=None)]
    people: list[Official] = []

    def somewhere() -> Agency:
        return dice.choice(agencies)

    def come() -> None:
        people.append(OfficialFactory.create(agency=somewhere()))

    acts = (
        lambda: agencies.append(AgencyFactory.create(parent=dice.choice([None, *agencies, *agencies]))),
        lambda: agencies.append(AgencyFactory.create(parent=somewhere(), kind="unit")),
        lambda: services.move_agency(agency=somewhere(), parent=somewhere(), by=None),
        lambda: services.amend_agency(
            agency=somewhere(), by=None, dissolved_on=dice.choice([None, today, today + timedelta(days=9)])
        ),
        lambda: services.amend_agency(agency=somewhere(), by=None, kind=dice.choice(["unit", "commune"])),
        come,
        come,
        lambda: people and services.amend_official(official=dice.choice(people), by=None, agency=somewhere()),
        lambda: (
            people
            and services.amend_official(
                official=dice.choice(people), by=None, status=dice.choice(Status.values)
            )
        ),
        lambda: people and NilReturnFactory.create(official=dice.choice(people)),
        compare,
        add_up_branches,
    )
    for _step in range(80):
        try:
            with transaction.atomic():
                dice.choice(acts)()
        except RegistryError:
            continue
        if not dice.randrange(4):
            for path in everywhere():
                assert parts_of([path])[path] == counted(path)
    assert recount_branches() == 0
    compare()
    branches = [path for path in everywhere() if path.count("/") <= 2]
    assert max(len(ancestors(path)) for path in everywhere()) > 3
    assert parts_of(branches) == {path: counted(path) for path in branches}
    assert recount_branches() == 0


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_a_branch_and_whoever_adds_it_up_do_not_wait_for_each_other():
    chain = make_chain()
    for agency in chain[COMMUNE:]:
        OfficialFactory.create(agency=agency)

    def compared() -> None:
        with transaction.atomic():
            compare()

    beside(compared, add_up_branches)  # it adds up what the other has not committed yet
    assert part(chain[COUNTRY], chain[PROVINCE]).staff == 2
    beside(add_up_branches, lambda: services.amend_agency(agency=chain[SCHOOL], by=None, kind="unit"))
    add_up_branches()
    assert part(chain[COUNTRY], chain[PROVINCE]).staff == 2
    assert recount_branches() == 0
    assert not CoverageMark.objects.exists()
