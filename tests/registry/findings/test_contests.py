"""Contesting a finding, and HR's answer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.findings.models import Contest, Outcome, State, Waiver
from registry.findings.selectors import open_findings
from registry.findings.services import answer, contest, run_changed, start_sweep, waive, work
from registry.users.models import Role
from tests.factories import RoleGrantFactory, UserFactory
from tests.registry.findings.scene import Scene, counted, found, make_scene

pytestmark = pytest.mark.django_db

TEXT = "Đây là nghệ danh của tôi"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def contested(scene: Scene) -> Contest:
    return contest(finding=scene.finding, text=TEXT, by=scene.country.lan_login)


def test_contest_stays_in_every_list_as_contested(scene: Scene):
    made = contested(scene)
    assert (made.text, made.contested_by) == (TEXT, scene.country.lan_login)
    assert scene.finding.state == State.CONTESTED
    assert scene.finding in open_findings([""])
    assert counted() == found()
    assert counted()[scene.country.health.pk, "ACC-02"] == (0, 0, 0, 1)
    work(run=start_sweep())
    assert scene.finding.state == State.CONTESTED
    assert AuditEvent.objects.get(act="finding.contested").subject_id == scene.country.lan.pk


def test_contest_is_the_persons_own(scene: Scene):
    for stranger in (UserFactory.create(), scene.country.hr_elsewhere):
        with pytest.raises(NotFoundError):
            contest(finding=scene.finding, text=TEXT, by=stranger)
    with pytest.raises(NotAllowedError) as refused:
        contest(finding=scene.finding, text=TEXT, by=scene.country.hr)
    assert refused.value.code == "not_own"
    with pytest.raises(RegistryError) as empty:
        contest(finding=scene.finding, text=" \n", by=scene.country.lan_login)
    assert empty.value.code == "reason_missing"


def test_contest_twice_or_of_what_is_waived_is_refused(scene: Scene):
    contested(scene)
    with pytest.raises(ConflictError):
        contested(scene)
    waive(findings=[scene.finding], reason="Được", until=timezone.localdate(), by=scene.country.hr)
    with pytest.raises(ConflictError):
        contested(scene)


def test_answer_that_the_finding_stands_opens_it_again_and_keeps_both_texts(scene: Scene):
    made = answer(
        contest=contested(scene), outcome=Outcome.UPHELD, text="Nghệ danh chưa đăng ký", by=scene.country.hr
    )
    assert scene.finding.state == State.OPEN
    assert (made.answer, made.answer_text, made.answered_by) == (
        "upheld",
        "Nghệ danh chưa đăng ký",
        scene.country.hr,
    )
    assert made.closed_at is not None
    assert counted() == found()
    again = contested(scene)  # with better reasons; what was said before is kept
    assert again.pk != made.pk
    assert Contest.objects.count() == 2


def test_answer_that_facts_will_be_corrected_keeps_it_contested_until_they_are(scene: Scene):
    made = answer(contest=contested(scene), outcome=Outcome.FACTS, text="Sẽ sửa hồ sơ", by=scene.country.hr)
    assert (scene.finding.state, made.closed_at) == (State.CONTESTED, None)
    scene.put_right()
    made.refresh_from_db()
    assert (scene.finding.state, made.closed_reason) == (State.RESOLVED, "resolved")
    assert counted() == found()


def test_answer_with_a_waiver_waives_and_closes(scene: Scene):
    made = answer(
        contest=contested(scene),
        outcome=Outcome.WAIVED,
        text="Đồng ý",
        until=timezone.localdate() + timedelta(days=9),
        by=scene.country.hr,
    )
    assert scene.finding.state == State.WAIVED
    assert (made.answer, made.answer_text, made.closed_reason) == ("waived", "Đồng ý", "answered")
    assert Waiver.objects.get().batch.reason == "Đồng ý"
    assert counted() == found()


def test_answer_with_a_waiver_asks_until_when_and_changes_nothing_without(scene: Scene):
    made = contested(scene)
    with pytest.raises(RegistryError) as refused:
        answer(contest=made, outcome=Outcome.WAIVED, text="Đồng ý", by=scene.country.hr)
    assert refused.value.code == "until_missing"
    assert scene.finding.state == State.CONTESTED


def test_waive_of_a_contested_finding_answers_the_contest(scene: Scene):
    made = contested(scene)
    waive(findings=[scene.finding], reason="Đồng ý", until=timezone.localdate(), by=scene.country.hr)
    made.refresh_from_db()
    assert (made.answer, made.answer_text, made.closed_reason) == ("waived", "Đồng ý", "answered")


def test_contest_of_a_finding_that_resolves_closes_unanswered(scene: Scene):
    made = contested(scene)
    scene.put_right()
    made.refresh_from_db()
    assert (made.closed_reason, made.answer) == ("resolved", "")
    with pytest.raises(ConflictError):
        answer(contest=made, outcome=Outcome.UPHELD, text="Muộn rồi", by=scene.country.hr)


def test_contest_of_what_could_not_be_checked_goes_back_to_that(scene: Scene):
    scene.show("Lan Trần")
    assert scene.finding.state == State.UNCHECKED
    answer(contest=contested(scene), outcome=Outcome.UPHELD, text="Phải xem", by=scene.country.hr)
    assert scene.finding.state == State.UNCHECKED
    run_changed()
    assert counted() == found()


def test_answer_is_not_the_persons_own_nor_a_strangers_nor_the_auditors(scene: Scene):
    made = contested(scene)
    RoleGrantFactory.create(user=scene.country.lan_login, agency=scene.country.health)
    auditor = UserFactory.create()
    RoleGrantFactory.create(user=auditor, role=Role.AUDITOR, agency=scene.country.province)
    for who, error in (
        (scene.country.lan_login, NotAllowedError),
        (auditor, NotAllowedError),
        (scene.country.hr_culture, NotFoundError),
    ):
        with pytest.raises(error):
            answer(contest=made, outcome=Outcome.UPHELD, text="Không", by=who)
    made.refresh_from_db()
    assert made.answer == ""
    answer(contest=made, outcome=Outcome.UPHELD, text="Không", by=scene.country.hr_province)


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "upheld"},
        {"answered_at": timezone.now()},
        {"answer": "upheld", "answer_text": "Không", "answered_by": None},
        {"closed_at": timezone.now()},
        {"closed_reason": "resolved"},
        {"closed_reason": "answered", "closed_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_a_contest_is_answered_and_closed_with_who_when_and_why(scene: Scene, wrong: dict[str, object]):
    contested(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.update(**wrong)
