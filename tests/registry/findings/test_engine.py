"""The folded engine: the same answers as rule by rule, written once, nothing written twice."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Q

from accounts.models import (
    Account,
    Agency,
    AgencyVerdict,
    Comparison,
    DeclaredFacts,
    DisclaimerVerdict,
    OfficialRecord,
    OwnerStatus,
    PhotoVerdict,
    StandingCode,
)
from accounts.names import NameVerdict
from registry.findings import engine, queue, runs, selectors
from registry.findings.folding import conditions, fold, live
from registry.findings.models import Counter, Episode, Finding, JudgedRule, Run, State
from registry.findings.services import start_sweep, work
from registry.rules import catalogue as catalogue_module
from registry.rules.bindings import bindings_of
from registry.rules.catalogue import rules_of
from registry.rules.rule import Cause, Rule, Subject
from tests.factories.comparisons import IN_LINE, make_agency, make_comparison, make_official, path_of

DAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return make_agency()


def sweep(as_of: date = DAY, **kwargs: Any) -> Run:
    run = start_sweep(as_of=as_of, **kwargs)
    work(run=run)
    run.refresh_from_db()
    return run


def standing() -> set[tuple[str, int, str]]:
    rows = Finding.objects.exclude(state=State.RESOLVED)
    return set(rows.values_list("rule", "subject_id", "state"))


def ship(monkeypatch: pytest.MonkeyPatch, rules: tuple[Rule, ...]) -> None:
    """Let the register have these rules from here on."""
    for module in (catalogue_module, runs, queue):
        monkeypatch.setattr(module, "catalogue", lambda: rules)


def _random_rows(agency: Agency, how_many: int, seed: int) -> None:
    """Comparison rows of every shape, their columns drawn independently."""
    draw = random.Random(seed)  # noqa: S311 - test data
    official = make_official(agency)
    record = OfficialRecord.objects.current().get(official=official)
    accounts = Account.objects.bulk_create([Account(platform="tiktok") for _n in range(how_many)])
    facts = DeclaredFacts.objects.bulk_create(
        [DeclaredFacts(account=account, official=official) for account in accounts]
    )
    Comparison.objects.bulk_create(
        [
            Comparison(
                **IN_LINE
                | {
                    "account": account,
                    "facts": said,
                    "official_id": official.pk,
                    "official_record_id": record.pk,
                    "agency_id": agency.pk,
                    "agency_path": path_of(agency),
                    "profile": draw.randint(1, 8),
                    "standing": draw.choice(StandingCode.values),
                    "owner_status": draw.choice(OwnerStatus.values),
                    "name_verdict": draw.choice(list(NameVerdict)),
                    "name_flags": draw.randint(0, 7),
                    "agency_verdict": draw.choice(AgencyVerdict.values),
                    "disclaimer_verdict": draw.choice(DisclaimerVerdict.values),
                    "photo_verdict": draw.choice(PhotoVerdict.values),
                    "rival_claims": draw.randint(0, 2),
                }
            )
            for account, said in zip(accounts, facts, strict=True)
        ]
    )


def _rule_by_rule(as_of: date) -> set[tuple[str, int, str]]:
    found = set()
    for rule in rules_of(Subject.ACCOUNT):
        if rule.is_set_rule:
            continue
        fires, cannot_tell = conditions(rule, as_of)
        unchecked = set()
        if cannot_tell is not None:
            unchecked = set(live(Subject.ACCOUNT).filter(cannot_tell).values_list("account_id", flat=True))
        fired = set(live(Subject.ACCOUNT).filter(fires).values_list("account_id", flat=True)) - unchecked
        found |= {(rule.code, pk, "open") for pk in fired} | {
            (rule.code, pk, "unchecked") for pk in unchecked
        }
    return found


@pytest.mark.parametrize("as_of", [date(2018, 12, 10), date(2018, 12, 11), date(2026, 3, 4), DAY])
def test_sweep_finds_what_rule_by_rule_finds(agency: Agency, as_of: date):
    _random_rows(agency, 400, seed=as_of.toordinal())
    sweep(as_of)
    expected = _rule_by_rule(as_of)
    assert standing() == expected
    assert Counter.objects.filter(agency_id=agency.pk).count() == len({code for code, _pk, _s in expected})
    for code, count in selectors.counters(path_of(agency)).items():
        of_rule = [state for rule, _pk, state in expected if rule == code]
        assert (count.open, count.unchecked) == (of_rule.count("open"), of_rule.count("unchecked"))


def test_sweep_after_random_edits_agrees_again(agency: Agency):
    _random_rows(agency, 200, seed=1)
    sweep()
    for pk in list(Comparison.objects.values_list("pk", flat=True))[::3]:
        Comparison.objects.filter(pk=pk).update(
            name_verdict=random.Random(pk).choice(list(NameVerdict)),  # noqa: S311 - test data
            rival_claims=pk % 2,
        )
    sweep()
    assert standing() == _rule_by_rule(DAY)


def test_sweep_when_nothing_changed_writes_nothing_but_its_own_rows(agency: Agency):
    _random_rows(agency, 100, seed=2)
    sweep()

    def versions() -> list[Any]:
        with connection.cursor() as cursor:
            answers: list[Any] = []
            for table in (
                "accounts_comparison", "findings_finding", "findings_pastepisode", "findings_counter",
                "findings_judgedrule",
            ):  # fmt: skip
                cursor.execute(f"SELECT ctid::text, xmin::text, cmin::text FROM {table} ORDER BY 1")  # noqa: S608
                answers.append(cursor.fetchall())
            return answers[:-1]

    before = versions()
    again = sweep()
    assert versions() == before
    assert (again.opened, again.resolved, again.subjects) == (0, 0, live(Subject.ACCOUNT).count())


def test_finding_open_resolved_and_open_again_is_one_with_two_episodes(agency: Agency):
    row = make_comparison(agency, name_verdict=NameVerdict.DIFFERENT, name_shown="Mẹ Bắp")
    first = sweep()
    finding = Finding.objects.get(rule="ACC-02")
    assert finding.state == State.OPEN
    assert finding.evidence["name_shown"] == "Mẹ Bắp"
    assert finding.evidence["name_on_record"].startswith("Trần Thị Hoa")
    assert (finding.article, finding.rule_version) == ("DRAFT-2018.o1", 1)

    Comparison.objects.filter(pk=row.pk).update(name_verdict=NameVerdict.SAME)
    second = sweep()
    finding.refresh_from_db()
    assert finding.state == State.RESOLVED
    assert finding.resolved_at is not None

    Comparison.objects.filter(pk=row.pk).update(name_verdict=NameVerdict.DIFFERENT)
    third = sweep()
    again = Finding.objects.get(rule="ACC-02")
    assert (again.pk, again.state) == (finding.pk, State.OPEN)
    episodes = list(Episode.objects.filter(finding=again).order_by("opened_at"))
    assert [(e.opened_in_id, e.closed_in_id) for e in episodes] == [(first.pk, second.pk), (third.pk, None)]
    assert [(r.opened, r.resolved) for r in (first, second, third)] == [(1, 0), (0, 1), (1, 0)]
    assert selectors.counters()["ACC-02"].open == 1


def test_unchecked_then_decided_is_a_new_episode_of_the_same_finding(agency: Agency):
    row = make_comparison(agency, name_verdict=NameVerdict.POSSIBLE)
    sweep()
    assert Finding.objects.get().cause == Cause.NEEDS_A_LOOK
    Comparison.objects.filter(pk=row.pk).update(name_verdict=NameVerdict.DIFFERENT)
    sweep()
    assert (Finding.objects.get().state, Finding.objects.get().cause) == (State.OPEN, "")
    assert list(Episode.objects.order_by("opened_at").values_list("state", flat=True)) == [
        "unchecked",
        "open",
    ]
    count = selectors.counters()["ACC-02"]
    assert (count.open, count.unchecked) == (1, 0)


def test_an_unrelated_change_leaves_findings_as_they_are(agency: Agency):
    row = make_comparison(agency, name_verdict=NameVerdict.DIFFERENT)
    sweep()
    before = Finding.objects.values().get()
    Comparison.objects.filter(pk=row.pk).update(registered_on=DAY, confirmed_on=DAY)
    sweep()
    assert Finding.objects.values().get() == before


def test_a_finding_moves_with_its_person_to_another_agency(agency: Agency):
    other = make_agency()
    row = make_comparison(agency, name_verdict=NameVerdict.DIFFERENT)
    sweep()
    Comparison.objects.filter(pk=row.pk).update(agency_id=other.pk, agency_path=path_of(other))
    run = start_sweep(as_of=DAY)
    engine.judge(engine.usable(Subject.ACCOUNT, run), [row.account_id], run=run, at=run.started_at)
    finding = Finding.objects.get()
    assert (finding.agency_id, finding.agency_path) == (other.pk, path_of(other))
    assert Episode.objects.count() == 1
    assert dict(Counter.objects.values_list("agency_id", "open")) == {agency.pk: 0, other.pk: 1}


def test_drafts_are_judged_but_never_findings(agency: Agency):
    draft = make_comparison(agency, standing=StandingCode.DRAFT, name_verdict=NameVerdict.DIFFERENT)
    sweep()
    assert not Finding.objects.exists()
    answers = {each.rule.code: each.answer for each in engine.verdicts(draft, DAY)}
    assert answers["ACC-02"] == engine.Answer.NOT_IN_LINE
    assert answers["ACC-01"] == engine.Answer.IN_LINE
    asked = [
        each.code
        for each in rules_of(Subject.ACCOUNT)
        if draft.profile in {one.profile for one in bindings_of(each, DAY)}
    ]
    assert sorted(answers) == asked


def test_sweep_of_a_branch_touches_no_other(agency: Agency):
    child = make_agency(parent=agency)
    elsewhere = make_agency()
    for each in (agency, child, elsewhere):
        make_comparison(each, rival_claims=1)
    run = sweep(scope=agency)
    assert run.subjects == 2
    assert set(Finding.objects.values_list("agency_id", flat=True)) == {agency.pk, child.pk}
    assert selectors.counters(path_of(child))["ACC-10"].open == 1


def _divides_by_zero(_as_of: date) -> Q:
    return Q(pk__lt=F("pk") / (F("rival_claims") - F("rival_claims")))


def _is_no_sql(_as_of: date) -> Q:
    return Q(no_such_column=1)


def _raises(_as_of: date) -> Q:
    raise ZeroDivisionError


@pytest.mark.parametrize("condition", [_divides_by_zero, _is_no_sql, _raises])
def test_a_broken_rule_is_not_checked_and_the_others_finish(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, condition: Any
):
    make_comparison(agency, rival_claims=1, name_verdict=NameVerdict.DIFFERENT)
    sweep()
    rules = catalogue_module.catalogue()
    broken = tuple(replace(r, when=condition) if r.code == "ACC-02" else r for r in rules)
    ship(monkeypatch, broken)
    make_comparison(agency, rival_claims=1)
    run = sweep()
    assert run.state == Run.State.DONE
    assert set(run.broken_rules) == {"ACC-02"}
    assert selectors.subjects_of_broken_rules(run) == {"ACC-02": 2}
    # what stood stands, what the other rules say is written
    assert dict(Counter.objects.values_list("rule", "open")) == {"ACC-02": 1, "ACC-10": 2}
    assert not JudgedRule.objects.filter(rule="ACC-02", run=run).exists()


def test_a_new_version_of_a_rule_shows_as_by_rule_change(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    make_comparison(agency, rival_claims=0)
    sweep()
    rules = catalogue_module.catalogue()
    newer = tuple(
        replace(r, version=2, when=lambda _day: Q(rival_claims=0)) if r.code == "ACC-10" else r for r in rules
    )
    ship(monkeypatch, newer)
    run = sweep()
    assert run.changed_rules == ["ACC-10"]
    episode = Episode.objects.get()
    assert (episode.opened_reason, episode.rule_version) == ("rule_change", 2)
    assert sweep().changed_rules == []


def test_fold_keeps_the_bits_it_does_not_judge(agency: Agency):
    row = make_comparison(agency)
    photo = next(rule for rule in rules_of(Subject.ACCOUNT) if rule.is_set_rule)
    Comparison.objects.filter(pk=row.pk).update(fired=photo.mask | 1 << 60)
    folded = fold(rules_of(Subject.ACCOUNT), Subject.ACCOUNT, DAY)
    judged = folded.judged(live(Subject.ACCOUNT)).get()
    assert judged.now_fired == photo.mask  # bit 60 is no rule's: it goes


def test_a_finding_that_stands_otherwise_is_written_in_its_place(agency: Agency):
    _random_rows(agency, 20, seed=4)
    sweep()

    def in_place() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_get_xact_tuples_hot_updated('findings_finding'::regclass)")
            return int(cursor.fetchone()[0])

    before = in_place()
    one = Finding.objects.filter(state=State.OPEN, cause="")[:1]
    assert Finding.objects.filter(pk__in=one.values("pk")).update(state=State.UNCHECKED, cause="x") == 1
    assert in_place() == before + 1  # else each of its indexes was written too


def test_open_findings_of_those_answered_are_all_there_are(agency: Agency):
    _random_rows(agency, 20, seed=5)
    sweep()
    first, second, *_rest = Finding.objects.order_by("pk")
    Finding.objects.filter(pk=first.pk).update(state=State.WAIVED)
    Finding.objects.filter(pk=second.pk).update(state=State.CONTESTED)

    def found(*states: State) -> list[int]:
        return [row.pk for row in selectors.open_findings([path_of(agency)], states=states)]

    assert found(State.WAIVED) == [first.pk]
    assert sorted(found(State.WAIVED, State.CONTESTED)) == [first.pk, second.pk]
    assert first.pk in found(State.WAIVED, State.OPEN, State.UNCHECKED)
