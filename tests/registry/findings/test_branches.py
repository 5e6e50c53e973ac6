"""The sums of the largest branches: what is counted from the findings, whoever changes them in what order."""

import pytest
from structlog.testing import capture_logs

from accounts import services as book
from accounts.models import BranchCoverage, CoverageMark
from registry.findings import branches
from registry.findings.models import BranchCounter, Finding
from registry.findings.selectors import Count, counters
from registry.findings.services import last_day_allowed, run_changed, start_rebuild, tend, waive
from tests.accounts.test_two_at_once import beside, in_haste
from tests.factories import OfficialFactory
from tests.registry.findings.scene import Scene, counted, enter, found, make_scene

RULE = "ACC-02"


@pytest.fixture
def scene(db: None) -> Scene:  # noqa: ARG001 - what it is made in
    return make_scene()


def _sum(*of: str) -> Count:
    return counters(*of).get(RULE, Count())


def _branches(path: str) -> list[str]:
    """Everything, and each branch the path lies in."""
    steps = path.split("/")[:-1]
    return ["".join(f"{step}/" for step in steps[:depth]) for depth in range(len(steps) + 1)]


def test_counters_of_a_branch_of_any_depth_say_what_is_found_there(scene: Scene):
    around = _branches(scene.finding.agency_path)
    assert [branches.kept(branch) for branch in around] == [True, True, True, False]
    for branch in around:
        assert _sum(branch) == Count(open=1)
    assert counters() == counters("")


def test_counters_of_several_branches_add_large_ones_and_deep_ones(scene: Scene):
    country = scene.country
    enter(OfficialFactory.create(agency=country.elsewhere), name_shown="Gà Con")
    enter(OfficialFactory.create(agency=country.culture), name_shown="Gà Con")
    run_changed()
    paths = dict(Finding.objects.filter(rule=RULE).values_list("agency_id", "agency_path"))
    assert _sum(paths[country.elsewhere.pk], paths[country.culture.pk]) == Count(open=2)
    assert _sum(paths[country.culture.pk], paths[country.health.pk]) == Count(open=2)
    assert _sum("") == Count(open=3)


def test_what_moves_with_its_agency_is_taken_from_one_branch_and_given_to_another(scene: Scene):
    country, before = scene.country, _branches(scene.finding.agency_path)[2]
    book.move_agency(agency=country.health, parent=country.elsewhere, by=None)
    run_changed()
    after = _branches(scene.finding.agency_path)[2]
    assert before != after
    assert (_sum(before), _sum(after)) == (Count(), Count(open=1))
    assert counted() == found()


def test_tend_puts_the_rows_of_a_sum_together(scene: Scene):
    scene.put_right()
    scene.show("Gà Con")
    assert BranchCounter.objects.filter(path="", rule=RULE).count() == 3
    tend()
    assert BranchCounter.objects.get(path="", rule=RULE).open == 1
    scene.put_right()
    tend()
    assert not BranchCounter.objects.filter(rule=RULE).exists()
    assert counted() == found()


def test_tend_adds_up_the_people_of_branches(scene: Scene):
    path = _branches(scene.finding.agency_path)[2]
    assert CoverageMark.objects.exists()
    tend()
    assert not CoverageMark.objects.exists()
    assert BranchCoverage.objects.get(path=path).declared == 1


def test_start_rebuild_puts_wrong_sums_of_people_right_and_says_so(scene: Scene):
    start_rebuild()
    path = _branches(scene.finding.agency_path)[2]
    BranchCoverage.objects.filter(path=path).update(declared=7)
    with capture_logs() as said:
        start_rebuild()
    assert BranchCoverage.objects.get(path=path).declared == 1
    (wrong,) = [each for each in said if each["event"] == "branch_coverage_was_wrong"]
    assert wrong["branches"] == 1
    with capture_logs() as said:
        start_rebuild()
    assert not [each for each in said if each["event"] == "branch_coverage_was_wrong"]


def test_start_rebuild_puts_wrong_sums_right_and_says_so(scene: Scene):
    start_rebuild()
    BranchCounter.objects.create(path="", rule=RULE, waived=7)
    BranchCounter.objects.filter(path=_branches(scene.finding.agency_path)[1]).delete()
    assert counted() != found()
    with capture_logs() as said:
        start_rebuild()
    assert counted() == found()
    (wrong,) = [each for each in said if each["event"] == "branch_counters_were_wrong"]
    assert wrong["sums"] >= 2
    with capture_logs() as said:
        start_rebuild()
    assert not [each for each in said if each["event"] == "branch_counters_were_wrong"]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_who_has_changed_a_finding_of_the_same_branch():
    scene = make_scene()
    enter(OfficialFactory.create(agency=scene.country.culture), name_shown="Gà Con")
    waived = lambda: waive(  # noqa: E731 - an act, to be done beside another
        findings=[scene.finding], reason="Đang xử lý", until=last_day_allowed(), by=scene.country.hr
    )

    def judged() -> None:
        run_changed()
        branches.fold()

    beside(waived, lambda: in_haste(judged))
    assert _sum("") == Count(open=1, waived=1)
    branches.fold()
    assert counted() == found()
