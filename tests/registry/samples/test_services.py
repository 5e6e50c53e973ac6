"""Drawing, drawing again, and what is said of what was drawn."""

from datetime import timedelta

import pytest
import time_machine
from django.db import ProgrammingError, connection
from django.db.models import Model
from django.utils import timezone

from accounts import services as book
from accounts.models import Agency, Official
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotFoundError, RegistryError
from registry.samples import services
from registry.samples.confidence import Limits
from registry.samples.method import number_of
from registry.samples.models import Answer, Drawn, Item, Sample, Strata, Stratum, Verdict
from registry.samples.reporting import report_of
from registry.samples.selectors import carried, draw_again, tallies, what_it_says
from registry.samples.services import give_verdict, new_seed
from registry.users.models import Role
from tests.factories import OfficialFactory, RoleGrantFactory, UserFactory
from tests.registry.exports.conftest import judge
from tests.registry.samples.conftest import Branch, Draw

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def who(sample: Sample) -> list[str]:
    return list(sample.items.order_by("place").values_list("official__staff_code", flat=True))


def judge_all(sample: Sample, branch: Branch, *answers: Answer) -> None:
    """The answers in turn, the last for the rest."""
    for number, item in enumerate(sample.items.order_by("place")):
        answer = answers[min(number, len(answers) - 1)]
        give_verdict(item=item, answer=answer, note="thấy", seen=None, by=branch.auditor)


def test_draw_sample_is_ordered_by_the_numbers_of_its_subjects(sampled: Draw):
    sample = sampled()
    people = Official.objects.filter(staff_code__startswith="YT-")
    numbers = sorted((number_of("mầm 1", f"people:{each.public_id}"), each.staff_code) for each in people)
    assert who(sample) == [code for _number, code in numbers[:5]]
    assert list(sample.items.order_by("place").values_list("digest", flat=True)) == [
        number for number, _code in numbers[:5]
    ]
    assert sample.population == 15


def test_draw_sample_again_with_the_same_seed_gives_the_same_and_with_another_not(sampled: Draw):
    first, second, third = sampled(), sampled(), sampled(seed="mầm 2")
    assert who(first) == who(second)
    assert who(first) != who(third)
    assert first.population_sha256 == second.population_sha256 == third.population_sha256


def test_draw_sample_reads_the_seed_in_one_form(sampled: Draw):
    decomposed = "  mầm 1 "
    assert sampled(seed=decomposed).seed == "mầm 1"
    assert who(sampled(seed=decomposed)) == who(sampled())


def test_draw_sample_by_unit_gives_every_unit_its_share(sampled: Draw):
    sample = sampled(strata=Strata.UNIT, size=6)
    assert [(row.code, row.population, row.size) for row in sample.stratum_set.order_by("pk")] == [
        ("BV-A", 10, 4),
        ("BV-B", 4, 1),
        ("TINH-1-YT", 1, 1),
    ]
    strata = list(sample.items.order_by("place").values_list("stratum", flat=True))
    assert strata == ["BV-A"] * 4 + ["BV-B"] + ["TINH-1-YT"]


def test_draw_sample_by_rule_puts_each_subject_into_one_stratum(sampled: Draw):
    sample = sampled(strata=Strata.RULE, drawn=Drawn.ACCOUNTS, size=15)
    assert sum(row.population for row in sample.stratum_set.all()) == sample.population == 15
    assert sample.items.filter(account=None).count() == 0
    assert sample.items.values("account").distinct().count() == 15


def test_draw_sample_of_a_rule_draws_from_its_findings_alone(sampled: Draw):
    sample = sampled(rule="ACC-02", state="open", size=20)
    assert sample.population == 10
    assert len(who(sample)) == 10
    assert draw_again(sample).is_same


def test_draw_sample_as_of_a_past_instant_is_not_moved_by_what_came_later(branch: Branch, sampled: Draw):
    then = timezone.now()
    first = sampled(as_of=then)
    with time_machine.travel(then + DAY):
        for number in range(20):
            OfficialFactory.create(agency=branch.ward_b, full_name=f"Mới {number}")
        book.amend_official(
            official=first.items.get(place=1).official, by=None, full_name="Tên Khác", agency=branch.ward_b
        )
        judge()
        again = draw_again(first)
        assert again.is_same
        assert again.population == 15
        assert sampled(as_of=timezone.now(), again=False).population == 35


def test_draw_again_when_the_population_is_another_says_so(branch: Branch, sampled: Draw):
    sample = sampled()
    # What should not happen: something is put on record as if it had stood before.
    OfficialFactory.create_batch(30, agency=branch.ward_a, at=sample.as_of)
    again = draw_again(sample)
    assert not again.is_same
    assert not again.same_population
    assert again.missing == again.added > 0


def test_draw_sample_takes_over_what_failed_last_time(branch: Branch, sampled: Draw):
    first = sampled()
    judge_all(first, branch, Answer.NOT_IN_LINE, Answer.UNCHECKED, Answer.IN_LINE)
    failed = who(first)[0]
    second = sampled(seed="mầm 2")
    assert second.earlier == first
    assert second.items.get(is_carried=True).official.staff_code == failed
    assert second.items.filter(is_drawn=True).count() == 5
    assert carried(second).waiting == 1
    assert draw_again(second).is_same
    # What is said of the earlier one afterwards changes nothing in what was drawn.
    item = first.items.get(place=2)
    seen = item.verdicts.get().pk
    give_verdict(item=item, answer=Answer.NOT_IN_LINE, note="thấy", seen=seen, by=branch.auditor)
    assert draw_again(second).is_same
    assert sampled(seed="mầm 2", again=False).items.filter(is_carried=True).count() == 0


def test_draw_sample_when_who_failed_is_drawn_again_has_them_once(branch: Branch, sampled: Draw):
    first = sampled()
    judge_all(first, branch, Answer.NOT_IN_LINE)
    second = sampled()
    assert second.items.count() == 5
    assert second.items.filter(is_drawn=True, is_carried=True).count() == 5


def test_draw_sample_of_accounts_takes_over_accounts(branch: Branch, sampled: Draw):
    first = sampled(drawn=Drawn.ACCOUNTS)
    judge_all(first, branch, Answer.NOT_IN_LINE)
    second = sampled(drawn=Drawn.ACCOUNTS, seed="mầm 2")
    assert second.items.filter(is_carried=True).count() == 5
    assert second.items.count() >= 5
    assert draw_again(second).is_same
    people = sampled(drawn=Drawn.PEOPLE)
    assert people.earlier is None


def test_draw_sample_when_who_failed_went_to_another_branch_leaves_them_out(branch: Branch, sampled: Draw):
    first = sampled(size=15)
    judge_all(first, branch, Answer.NOT_IN_LINE, Answer.IN_LINE)
    with time_machine.travel(timezone.now() + DAY):
        gone = first.items.get(place=1).official
        other = Agency.objects.get(code="TINH-1-VH")
        book.amend_official(official=gone, by=None, agency=other)
        second = sampled(as_of=timezone.now(), size=1, seed="mầm 2")
        assert gone.staff_code not in who(second)


def test_draw_sample_of_a_foreign_branch_is_not_there(branch: Branch, sampled: Draw):
    with pytest.raises(NotFoundError):
        sampled(by=branch.stranger)
    assert Sample.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"seed": "  "}, "seed_missing"),
        ({"seed": "x" * 61}, "seed_missing"),
        ({"seed": "a\nb"}, "seed_missing"),
        ({"size": 0}, "sample_size"),
        ({"size": 1001}, "sample_size"),
        ({"rule": "ACC-99"}, "unknown_rule"),
        ({"rule": "OFF-02", "state": "contested"}, "nothing_to_draw"),
    ],
)
def test_draw_sample_when_it_cannot_be_drawn_says_why(sampled: Draw, facts: dict[str, object], code: str):
    with pytest.raises(RegistryError) as refused:
        sampled(**facts)
    assert refused.value.code == code
    assert Sample.objects.count() == 0


def test_draw_sample_of_too_large_a_branch_is_refused(sampled: Draw, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "MOST_PEOPLE", 14)
    with pytest.raises(RegistryError) as refused:
        sampled()
    assert refused.value.code == "branch_too_large"


def test_draw_sample_is_written_down(branch: Branch, sampled: Draw):
    sample = sampled()
    event = AuditEvent.objects.get(act="sample.drawn")
    assert (event.actor_id, event.subject_id) == (branch.auditor.pk, sample.pk)
    assert event.payload["seed"] == "mầm 1"
    assert event.payload["population_sha256"] == sample.population_sha256


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [Sample, Stratum, Item, Verdict])
def test_nothing_of_a_sample_can_be_changed(
    branch: Branch, sampled: Draw, model: type[Model], statement: str
):
    judge_all(sampled(), branch, Answer.IN_LINE)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))


def test_give_verdict_keeps_what_was_said_before_and_the_last_stands(branch: Branch, sampled: Draw):
    item = sampled().items.get(place=1)
    first = give_verdict(item=item, answer=Answer.NOT_IN_LINE, note=" sai tên ", seen=None, by=branch.auditor)
    give_verdict(item=item, answer=Answer.IN_LINE, note="", seen=first.pk, by=branch.auditor)
    assert [(each.answer, each.note) for each in item.verdicts.order_by("pk")] == [
        ("not_in_line", "sai tên"),
        ("in_line", ""),
    ]
    assert [(row.in_line, row.not_in_line) for row in tallies(item.sample)] == [(1, 0)]
    assert AuditEvent.objects.filter(act="sample.judged", subject_id=item.sample_id).count() == 2


@pytest.mark.parametrize("answer", [Answer.NOT_IN_LINE, Answer.UNCHECKED])
def test_give_verdict_without_a_note_is_refused_unless_in_line(branch: Branch, sampled: Draw, answer: Answer):
    item = sampled().items.get(place=1)
    with pytest.raises(RegistryError) as refused:
        give_verdict(item=item, answer=answer, note=" ", seen=None, by=branch.auditor)
    assert (refused.value.code, refused.value.field) == ("note_missing", "note")


def test_give_verdict_when_somebody_was_faster_is_refused(branch: Branch, sampled: Draw):
    item = sampled().items.get(place=1)
    give_verdict(item=item, answer=Answer.IN_LINE, note="", seen=None, by=branch.auditor)
    with pytest.raises(ConflictError):
        give_verdict(item=item, answer=Answer.NOT_IN_LINE, note="sai", seen=None, by=branch.auditor)
    assert item.verdicts.count() == 1


def test_give_verdict_by_a_stranger_is_not_there(branch: Branch, sampled: Draw):
    item = sampled().items.get(place=1)
    with pytest.raises(NotFoundError):
        give_verdict(item=item, answer=Answer.IN_LINE, note="", seen=None, by=branch.stranger)


def test_tallies_count_by_stratum_and_verdict(branch: Branch, sampled: Draw):
    sample = sampled(strata=Strata.UNIT, size=6)
    judge_all(sample, branch, Answer.NOT_IN_LINE, Answer.UNCHECKED, Answer.IN_LINE)
    found = {row.code: row for row in tallies(sample)}
    ward = found["BV-A"]
    assert (ward.population, ward.drawn) == (10, 4)
    assert (ward.in_line, ward.not_in_line, ward.unchecked, ward.waiting) == (2, 1, 1, 0)
    assert found["BV-B"].in_line == 1
    assert what_it_says(sample, list(found.values())) is None  # divided: this method does not speak of it


def test_what_it_says_waits_until_everything_drawn_was_judged(branch: Branch, sampled: Draw):
    sample = sampled(size=5)
    assert what_it_says(sample, tallies(sample)) is None
    judge_all(sample, branch, Answer.NOT_IN_LINE, Answer.IN_LINE)
    assert what_it_says(sample, tallies(sample)) == Limits(1, 9, 15)


def test_new_seed_is_twenty_digits():
    assert len(new_seed()) == 20
    assert new_seed().isdigit()


def test_draw_sample_by_an_hr_officer_is_not_there(branch: Branch, sampled: Draw):
    officer = UserFactory.create(username="tochuc")
    RoleGrantFactory.create(user=officer, role=Role.HR_OFFICER, agency=branch.health)
    with pytest.raises(NotFoundError):
        sampled(by=officer)


def test_draw_sample_takes_over_no_more_than_a_report_holds(
    branch: Branch, sampled: Draw, monkeypatch: pytest.MonkeyPatch
):
    first = sampled(size=15)
    judge_all(first, branch, Answer.NOT_IN_LINE)
    monkeypatch.setattr(services, "MOST", 10)
    with pytest.raises(RegistryError) as refused:
        sampled(size=4)
    assert (refused.value.code, refused.value.field) == ("too_many_failed", "again")
    assert sampled(size=4, again=False).items.count() == 4
    assert sampled(size=6, again=False).items.count() == 6
    assert Sample.objects.count() == 3


def test_report_of_has_a_line_for_each_item_of_the_largest_sample(
    branch: Branch, sampled: Draw, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(services, "MOST", 8)
    first = sampled(size=8)
    judge_all(first, branch, Answer.NOT_IN_LINE)
    second = sampled(size=8, seed="mầm 2")
    lines = list(report_of(second).lines)
    assert len(lines) == second.items.count()
    assert services.MOST <= len(lines) <= 2 * services.MOST
