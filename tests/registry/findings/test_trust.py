"""Nothing flickers: unrelated edits change nothing, related ones what they must, rules never silently."""

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import services as book
from common.errors import RegistryError
from registry.findings import engine, writing
from registry.findings.models import Contest, Counter, Episode, Finding, JudgedRule, Run, State, Waiver
from registry.findings.selectors import histories, last_confirmed, subjects_of_broken_rules
from registry.findings.services import (
    contest,
    expire_waivers,
    run_changed,
    start_rebuild,
    start_sweep,
    waive,
    work,
)
from registry.findings.wording import title_of
from registry.rules import catalogue as catalogue_module
from registry.rules.bindings import Binding, bindings_of
from registry.rules.rule import Severity, Subject
from tests.factories import OfficialFactory
from tests.registry.findings.scene import Scene, counted, enter, found, make_scene
from tests.registry.findings.test_engine import ship

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def sweep() -> Run:
    run = start_sweep()
    work(run=run)
    run.refresh_from_db()
    return run


def standing(scene: Scene) -> list[Any]:
    """All that is written down about Lan's account."""
    mine = Finding.objects.filter(official_id=scene.country.lan.pk).order_by("pk")
    return [
        *mine.values(),
        *Episode.objects.filter(finding__in=mine).order_by("pk").values(),
        *Waiver.objects.order_by("pk").values(),
        *Contest.objects.order_by("pk").values(),
    ]


ACTS = ("position", "email", "contact", "colleague", "their account", "same again", "sweep", "rebuild")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=6), state=st.sampled_from(["", "w", "c"]))
def test_unrelated_edits_change_no_finding_no_episode_and_no_id(acts: list[str], state: str):
    scene = make_scene()
    country = scene.country
    if state == "w":
        day = timezone.localdate() + timedelta(days=9)
        waive(findings=[scene.finding], reason="Được", until=day, by=country.hr)
    if state == "c":
        contest(finding=scene.finding, text="Sai", by=country.lan_login)
    before = standing(scene)
    number = iter(range(99))
    edits: dict[str, Callable[[], object]] = {
        "position": lambda: book.amend_official(
            official=country.lan, by=None, position=f"Chức vụ {next(number)}"
        ),
        "email": lambda: book.amend_official(
            official=country.lan, by=None, work_email=f"lan{next(number)}@example.vn"
        ),
        "contact": lambda: book.amend_agency(
            agency=country.health, by=None, portal_url=f"https://syt{next(number)}.gov.vn"
        ),
        "colleague": lambda: OfficialFactory.create(agency=country.health),
        "their account": lambda: enter(OfficialFactory.create(agency=country.health), name_shown="Hoa Hồng"),
        "same again": lambda: enter(country.lan, scene.entry.account, name_shown="Mẹ Bắp"),
        "sweep": lambda: work(run=start_sweep()),
        "rebuild": lambda: work(run=start_rebuild()),
    }
    for act in acts:
        edits[act]()
        run_changed()
    assert standing(scene) == before
    assert counted() == found()


def test_evidence_follows_from_one_wrong_value_to_another_and_the_episode_keeps_its_own(scene: Scene):
    before = scene.finding
    assert before.evidence["name_shown"] == "Mẹ Bắp"
    scene.show("Bố Bắp")
    after = scene.finding
    assert after.evidence["name_shown"] == "Bố Bắp"
    assert (after.pk, after.opened_at, after.state) == (before.pk, before.opened_at, State.OPEN)
    episode = Episode.objects.get(finding=after)
    assert (episode.evidence["name_shown"], episode.severity) == ("Mẹ Bắp", after.severity)


def written(table: str) -> tuple[int, int]:
    """Rows of a table this transaction updated, and how many in their place, with no index written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_get_xact_tuples_updated(%s::regclass),"
            " pg_stat_get_xact_tuples_hot_updated(%s::regclass)",
            [table, table],
        )
        updated, in_place = cursor.fetchone()
        return updated, in_place


def test_what_is_said_anew_is_written_in_its_place(scene: Scene):
    tables = ("accounts_comparison", "findings_finding")
    before = [written(table) for table in tables]
    scene.show("Bố Bắp")
    after = [written(table) for table in tables]
    for (updated, in_place), (was_updated, was_in_place) in zip(after, before, strict=True):
        assert updated - was_updated == in_place - was_in_place > 0


def test_ids_shown_to_the_world_lie_in_the_order_findings_opened(scene: Scene):
    first = scene.finding
    other = make_scene().finding
    assert {each.public_id.version for each in (first, other)} == {7}
    assert first.public_id < other.public_id


def test_an_episode_that_ended_tells_what_was_compared_when_it_opened(scene: Scene):
    opened = scene.finding
    scene.show("Bố Bắp")
    scene.put_right()
    assert scene.finding.state == State.RESOLVED
    past = Episode.objects.get(finding=opened)
    assert past.evidence["name_shown"] == "Mẹ Bắp"
    assert (past.opened_at, past.closed_at) == (opened.opened_at, scene.finding.resolved_at)
    scene.show("Bà Bắp")
    assert scene.finding.state == State.OPEN
    latest, first = histories([opened])
    assert (latest.evidence["name_shown"], latest.closed_at) == ("Bà Bắp", None)
    assert first == past


def test_evidence_follows_the_record_too(scene: Scene):
    book.amend_official(official=scene.country.lan, by=None, full_name="Trần Thị Lan Anh")
    run_changed()
    assert scene.finding.evidence["name_on_record"] == "Trần Thị Lan Anh"
    assert Episode.objects.filter(finding=scene.finding).count() == 1


def test_a_rule_that_left_the_catalogue_resolves_by_rule_change(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    sweep()
    day = timezone.localdate() + timedelta(days=9)
    waive(findings=[scene.finding], reason="Được", until=day, by=scene.country.hr)
    rules = tuple(rule for rule in catalogue_module.catalogue() if rule.code != "ACC-02")
    ship(monkeypatch, rules)
    monkeypatch.setattr(engine, "catalogue", lambda: rules)
    monkeypatch.setattr(engine, "rules_of", lambda subject: tuple(r for r in rules if r.subject is subject))
    scene.show("Bố Bắp")  # what changed meanwhile changes nothing of it, and fails at nothing
    assert scene.finding.state == State.WAIVED
    run = sweep()
    assert run.state == Run.State.DONE
    episode = Episode.objects.get(finding=scene.finding)
    assert (episode.closed_reason, episode.closed_in) == ("rule_change", run)
    assert scene.finding.state == State.RESOLVED
    assert Waiver.objects.get().ended_reason == "resolved"
    assert run.changed_rules == ["ACC-02"]
    assert run.resolved >= 1
    assert counted() == found()
    assert not JudgedRule.objects.filter(rule="ACC-02").exists()
    again = sweep()
    assert (again.changed_rules, again.opened, again.resolved) == ([], 0, 0)


def test_a_code_nobody_knows_any_more_breaks_no_reading(scene: Scene):
    run = Run(as_of=timezone.localdate(), broken_rules={"OLD-99": "DatabaseError"})
    assert subjects_of_broken_rules(run) == {}
    assert title_of("OLD-99") == "OLD-99"
    assert scene.finding.rule == "ACC-02"


@pytest.mark.usefixtures("scene")
def test_a_slice_of_a_rule_lost_since_it_was_cut_retires_it():
    run = start_sweep()
    run.slices.filter(rule="").delete()
    run.slices.update(rule="OLD-99")
    Finding.objects.filter(rule="ACC-02").update(rule="OLD-99")
    Counter.objects.filter(rule="ACC-02").update(rule="OLD-99")
    work(run=run)
    run.refresh_from_db()
    assert run.state == Run.State.DONE
    assert Finding.objects.get(rule="OLD-99").state == State.RESOLVED


def test_another_weight_is_another_episode_of_the_same_finding(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    before = scene.finding
    known = bindings_of

    def heavier(rule: Any, as_of: Any) -> tuple[Binding, ...]:
        return tuple(
            Binding(each.profile, "CODE-NEW.1", Severity.HIGH) if rule.code == "ACC-02" else each
            for each in known(rule, as_of)
        )

    monkeypatch.setattr(writing, "bindings_of", heavier)
    run = start_sweep()
    Run.objects.filter(pk=run.pk).update(changed_rules=["ACC-02"])
    work(run=run)
    after = scene.finding
    assert (after.pk, after.opened_at) == (before.pk, before.opened_at)
    assert (after.article, after.severity) == ("CODE-NEW.1", Severity.HIGH)
    told = Episode.objects.filter(finding=after).order_by("opened_at").values_list("article", "severity")
    assert list(told) == [(before.article, before.severity), ("CODE-NEW.1", Severity.HIGH)]
    latest = Episode.objects.get(finding=after, closed_at=None)
    assert (latest.opened_reason, latest.opened_in) == ("rule_change", run)
    run.refresh_from_db()
    assert (run.opened, run.resolved) == (0, 0)


def test_last_confirmed_is_the_last_run_that_looked(scene: Scene):
    assert last_confirmed(scene.finding) == scene.finding.opened_at
    first = sweep()
    done = first.slices.get(subject=Subject.ACCOUNT, rule="").finished_at
    assert last_confirmed(scene.finding) == done
    elsewhere = start_sweep(scope=scene.country.elsewhere)
    work(run=elsewhere)
    assert last_confirmed(scene.finding) == done
    own = start_sweep(scope=scene.country.health)
    work(run=own)
    assert last_confirmed(scene.finding) == own.slices.get(subject=Subject.ACCOUNT).finished_at
    broken = sweep()
    Run.objects.filter(pk=broken.pk).update(broken_rules={"ACC-02": "DatabaseError"})
    assert last_confirmed(scene.finding) == own.slices.get(subject=Subject.ACCOUNT).finished_at
    rebuilt = start_rebuild()
    work(run=rebuilt)
    assert last_confirmed(scene.finding) == rebuilt.slices.get(subject=Subject.ACCOUNT, rule="").finished_at
    scene.put_right()
    assert last_confirmed(scene.finding) is None


@pytest.mark.parametrize("seed", range(2))
def test_counters_hold_whatever_people_and_engine_do_in_whatever_order(seed: int):
    chance = random.Random(seed)  # noqa: S311 - a repeatable order of acts, no secret
    scene = make_scene()
    country = scene.country
    entries = [scene.entry, *(enter(country.lan, name_shown="Bé Bi") for _n in range(3))]
    day = timezone.localdate() + timedelta(days=9)

    def pick() -> list[Finding]:
        return list(Finding.objects.exclude(state=State.RESOLVED).order_by("?")[: chance.randint(1, 4)])

    acts: list[Callable[[], object]] = [
        lambda: enter(
            country.lan,
            chance.choice(entries).account,
            name_shown=chance.choice(["", "Trần Thị Lan", "Lan Trần", "Mẹ Bắp"]),
        ),
        lambda: waive(findings=pick(), reason="Được", until=day, by=country.hr),
        lambda: contest(finding=pick()[0], text="Sai", by=country.lan_login),
        lambda: expire_waivers(as_of=day + timedelta(days=1)),
        lambda: book.amend_official(
            official=country.lan, by=None, agency=chance.choice([country.health, country.culture])
        ),
        run_changed,
        sweep,
    ]
    for _act in range(40):
        try:
            chance.choice(acts)()
        except RegistryError:
            continue
        assert counted() == found()
    waived = set(Waiver.objects.filter(ended_at=None).values_list("finding", flat=True))
    assert waived == set(Finding.objects.filter(state=State.WAIVED).values_list("pk", flat=True))
    contested = set(Contest.objects.filter(closed_at=None).values_list("finding", flat=True))
    assert contested == set(Finding.objects.filter(state=State.CONTESTED).values_list("pk", flat=True))
