"""Waiving: by whom, of what, until when, and how it ends by itself."""

import io
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from accounts import services as book
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.exports.selectors import state_words
from registry.findings.models import Episode, Finding, State, Waiver, WaiverBatch
from registry.findings.selectors import ComplianceFilter, compliance_page
from registry.findings.services import (
    contest,
    last_day_allowed,
    open_proof,
    run_changed,
    start_rebuild,
    start_sweep,
    tend,
    undo_waive,
    waive,
    work,
)
from registry.users.models import Role, User
from tests.factories import OfficialFactory, RoleGrantFactory, UserFactory
from tests.registry.findings.scene import Scene, counted, enter, found, make_scene

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def waived(scene: Scene, *, days: int = 30, by: User | None = None) -> WaiverBatch:
    return waive(
        findings=[scene.finding],
        reason="Nghệ danh đã được cơ quan đồng ý",
        until=TODAY() + timedelta(days=days),
        by=by or scene.country.hr,
    ).batch


def all_of(*subjects: int) -> list[Finding]:
    return list(Finding.objects.filter(subject_id__in=subjects, rule="ACC-02"))


def test_waive_takes_the_finding_out_of_the_open_ones_and_counts_it_apart(scene: Scene):
    before = Episode.objects.values().get(finding=scene.finding)
    batch = waived(scene)
    assert scene.finding.state == State.WAIVED
    assert counted() == found()
    assert counted()[scene.country.health.pk, "ACC-02"] == (0, 0, 1, 0)
    assert Episode.objects.values().get(finding=scene.finding) == before  # the fault goes on, and its episode
    event = AuditEvent.objects.get(act="finding.waived")
    assert (event.subject_kind, event.subject_id, event.actor_id) == (
        "official",
        scene.country.lan.pk,
        scene.country.hr.pk,
    )
    assert event.payload["batch"] == str(batch.public_id)
    assert event.agency_path == scene.finding.agency_path


def test_a_waived_finding_stays_so_over_sweeps_rebuilds_and_edits(scene: Scene):
    waived(scene)
    book.amend_official(official=scene.country.lan, by=None, position="Trưởng phòng")
    run_changed()
    scene.show("Bố Bắp")  # still not in line
    work(run=start_sweep())
    work(run=start_rebuild())
    assert scene.finding.state == State.WAIVED
    assert scene.finding.evidence["name_shown"] == "Bố Bắp"
    assert Waiver.objects.get().ended_at is None
    assert counted() == found()


def test_a_waiver_of_a_finding_that_resolves_closes_with_it(scene: Scene):
    waived(scene)
    scene.put_right()
    waiver = Waiver.objects.get()
    assert (waiver.ended_reason, waiver.ended_by) == ("resolved", None)
    assert waiver.ended_at is not None
    assert scene.finding.state == State.RESOLVED
    assert counted() == found()
    scene.show("Mẹ Bắp")  # broken again: the waiver was for what was
    assert scene.finding.state == State.OPEN


@pytest.mark.parametrize("how", ["changed", "sweep", "rebuild", "tend"])
def test_a_waiver_whose_last_day_has_passed_opens_the_finding_again(
    scene: Scene, how: str, monkeypatch: pytest.MonkeyPatch
):
    waived(scene, days=5)
    last = TODAY() + timedelta(days=5)

    def tended(as_of: date) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(timezone, "localdate", lambda: as_of)
            tend()

    def look(as_of: date) -> None:
        {
            "changed": lambda: run_changed(as_of=as_of),
            "sweep": lambda: start_sweep(as_of=as_of),
            "rebuild": lambda: start_rebuild(as_of=as_of),
            "tend": lambda: tended(as_of),
        }[how]()

    look(last)
    assert scene.finding.state == State.WAIVED  # it holds through its last day
    look(last + timedelta(days=1))
    assert scene.finding.state == State.OPEN
    assert Waiver.objects.get().ended_reason == "expired"
    assert counted() == found()
    assert AuditEvent.objects.get(act="finding.waivers_expired").actor_id is None


def test_a_waiver_of_what_could_not_be_checked_gives_back_what_it_is_by_then(scene: Scene):
    scene.show("Lan Trần")
    assert scene.finding.state == State.UNCHECKED
    batch = waived(scene)
    scene.show("Mẹ Bắp")  # now it can be checked, and is not in line
    assert scene.finding.state == State.WAIVED
    assert Episode.objects.get(finding=scene.finding, closed_at=None).state == "open"
    undo_waive(batch=batch, by=scene.country.hr)
    assert scene.finding.state == State.OPEN
    assert counted() == found()


def test_undo_waive_leaves_what_ended_already(scene: Scene):
    second = enter(scene.country.lan, name_shown="Chị Lan Xinh")
    run_changed()
    rows = all_of(scene.entry.account_id, second.account_id)
    made = waive(findings=rows, reason="Đợt chuyển đổi", until=TODAY(), by=scene.country.hr)
    assert (made.count, made.passed_over) == (2, {})
    scene.put_right()
    assert undo_waive(batch=made.batch, by=scene.country.hr2) == 1
    reasons = dict(Waiver.objects.values_list("finding__subject_id", "ended_reason"))
    assert reasons == {scene.entry.account_id: "resolved", second.account_id: "undone"}
    assert Waiver.objects.get(ended_reason="undone").ended_by == scene.country.hr2
    assert counted() == found()
    with pytest.raises(ConflictError):
        undo_waive(batch=made.batch, by=scene.country.hr)


def test_undo_waive_of_one_of_many_leaves_the_others(scene: Scene):
    second = enter(scene.country.lan, name_shown="Chị Lan Xinh")
    run_changed()
    made = waive(
        findings=all_of(scene.entry.account_id, second.account_id),
        reason="Đợt chuyển đổi",
        until=TODAY(),
        by=scene.country.hr,
    )
    one = Waiver.objects.get(finding__subject_id=second.account_id)
    assert undo_waive(waiver=one, by=scene.country.hr) == 1
    assert [row.state for row in all_of(second.account_id, scene.entry.account_id)].count("waived") == 1
    assert Waiver.objects.filter(batch=made.batch, ended_at=None).count() == 1


def test_waive_passes_over_what_resolved_meanwhile(scene: Scene):
    second = enter(scene.country.lan, name_shown="Chị Lan Xinh")
    run_changed()
    rows = all_of(scene.entry.account_id, second.account_id)
    scene.put_right()
    made = waive(findings=rows, reason="Đợt chuyển đổi", until=TODAY(), by=scene.country.hr)
    assert (made.count, list(made.passed_over.values())) == (1, [State.RESOLVED])
    with pytest.raises(ConflictError):
        waive(findings=rows, reason="Lần nữa", until=TODAY(), by=scene.country.hr)


def test_waive_many_takes_as_many_statements_as_one(
    scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for number in range(12):
        enter(scene.country.lan, name_shown=f"Bé Bi {number}")
    run_changed()
    rows = Finding.objects.filter(rule="ACC-02", state=State.OPEN)
    with django_assert_max_num_queries(18):
        made = waive(findings=rows, reason="Đợt chuyển đổi", until=TODAY(), by=scene.country.hr)
    assert made.count == 13
    assert AuditEvent.objects.get(act="finding.waived").payload["count"] == 13
    assert counted() == found()


def test_waive_of_a_branch_above_is_the_officers_above_too(scene: Scene):
    assert waived(scene, by=scene.country.hr_province).waived_by == scene.country.hr_province


def test_waive_in_another_branch_finds_nothing(scene: Scene):
    for stranger in (scene.country.hr_culture, scene.country.hr_elsewhere, scene.country.lan_login):
        with pytest.raises(NotFoundError):
            waived(scene, by=stranger)
    assert not WaiverBatch.objects.exists()


def test_waive_one_foreign_among_many_waives_none(scene: Scene):
    other = enter(OfficialFactory.create(agency=scene.country.culture), name_shown="Hoa Hồng")
    run_changed()
    rows = all_of(scene.entry.account_id, other.account_id)
    with pytest.raises(NotFoundError):
        waive(findings=rows, reason="Đợt chuyển đổi", until=TODAY(), by=scene.country.hr)
    assert not Waiver.objects.exists()
    assert waive(
        findings=rows, reason="Đợt chuyển đổi", until=TODAY(), by=scene.country.hr_province
    ).count == len(rows)


def test_an_auditor_only_looks(scene: Scene):
    auditor = UserFactory.create()
    RoleGrantFactory.create(user=auditor, role=Role.AUDITOR, agency=scene.country.health)
    batch = waived(scene)
    for act in (lambda: waived(scene, by=auditor), lambda: undo_waive(batch=batch, by=auditor)):
        with pytest.raises(NotAllowedError) as refused:
            act()
        assert refused.value.code == "not_your_role"
    assert scene.finding.state == State.WAIVED


def test_nobody_waives_what_is_about_themselves(scene: Scene):
    RoleGrantFactory.create(user=scene.country.lan_login, agency=scene.country.health)
    with pytest.raises(NotAllowedError) as refused:
        waived(scene, by=scene.country.lan_login)
    assert refused.value.code == "own_finding"
    batch = waived(scene, by=scene.country.hr_province)
    with pytest.raises(NotAllowedError):
        undo_waive(batch=batch, by=scene.country.lan_login)


@pytest.mark.parametrize(
    ("reason", "days", "code"),
    [
        ("  ", 1, "reason_missing"),
        ("x" * 1001, 1, "too_long"),
        ("a\x00b", 1, "bad_characters"),
        ("Lý do", -1, "until_past"),
        ("Lý do", 366, "until_too_far"),
    ],
)
def test_waive_asks_for_a_reason_and_a_day_within_a_year(scene: Scene, reason: str, days: int, code: str):
    with pytest.raises(RegistryError) as refused:
        waive(
            findings=[scene.finding],
            reason=reason,
            until=TODAY() + timedelta(days=days),
            by=scene.country.hr,
        )
    assert refused.value.code == code
    assert scene.finding.state == State.OPEN


def test_last_day_allowed_is_a_year_ahead_unless_the_settings_say_otherwise(settings: pytest.FixtureRequest):
    assert last_day_allowed(date(2026, 11, 22)) == date(2027, 11, 22)
    settings.WAIVER_DAYS = 30  # type: ignore[attr-defined]
    assert last_day_allowed(date(2026, 11, 22)) == date(2026, 12, 22)


def test_a_proof_is_kept_privately_and_told_by_its_content(scene: Scene):
    made = waive(
        findings=[scene.finding],
        reason="Có văn bản",
        until=TODAY(),
        proof=io.BytesIO(PDF),
        by=scene.country.hr,
    )
    assert made.batch.proof_type == "application/pdf"
    with open_proof(made.batch.proof) as file:
        assert file.read() == PDF
    kept = Path(settings.PRIVATE_MEDIA_ROOT) / "proofs" / made.batch.proof
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html>%PDF-", "proof_type"),
        (b"%PDF-1.4 cut off", "proof_type"),
        (b"", "proof_type"),
        (b"%PDF-" + b"0" * (5 * 1024 * 1024) + b"%%EOF", "proof_too_large"),
    ],
)
def test_a_proof_of_another_kind_is_refused_and_nothing_kept(scene: Scene, content: bytes, code: str):
    with pytest.raises(RegistryError) as refused:
        waive(
            findings=[scene.finding],
            reason="Có văn bản",
            until=TODAY(),
            proof=io.BytesIO(content),
            by=scene.country.hr,
        )
    assert refused.value.code == code
    assert scene.finding.state == State.OPEN


def test_a_proof_of_a_waiver_that_fails_is_not_left_behind(scene: Scene):
    finding = scene.finding
    waived(scene)
    before = set((Path(settings.PRIVATE_MEDIA_ROOT) / "proofs").rglob("*.pdf"))
    with pytest.raises(ConflictError):
        waive(
            findings=[finding],
            reason="Có văn bản",
            until=TODAY(),
            proof=io.BytesIO(PDF),
            by=scene.country.hr,
        )
    assert set((Path(settings.PRIVATE_MEDIA_ROOT) / "proofs").rglob("*.pdf")) == before


@pytest.mark.parametrize("name", ["../secret.pdf", "ab/cd.pdf", "", "ab/" + "ab" * 16 + ".exe"])
def test_open_proof_of_no_name_of_its_own_finds_nothing(name: str):
    with pytest.raises(NotFoundError):
        open_proof(name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ended_at": timezone.now()},
        {"ended_reason": "expired"},
        {"ended_at": timezone.now(), "ended_reason": "undone"},
        {"ended_at": timezone.now(), "ended_reason": "because"},
    ],
)
def test_a_waiver_ends_with_who_and_when_or_not_at_all(scene: Scene, wrong: dict[str, object]):
    waived(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.update(**wrong)


def test_a_finding_has_one_open_waiver(scene: Scene):
    batch = waived(scene)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.create(batch=batch, finding=scene.finding)


def test_the_compliance_list_tells_waived_and_contested_lines_as_they_were(scene: Scene):
    def told(at: datetime) -> set[tuple[str, str]]:
        rows, _end = compliance_page([""], at)
        return {(row.state, row.cause) for row in rows if row.rule == "ACC-02"}

    before = timezone.now()
    batch = waived(scene)
    during = timezone.now()
    undo_waive(batch=batch, by=scene.country.hr)
    contest(finding=scene.finding, text="Sai", by=scene.country.lan_login)
    assert told(before) == {("open", "")}
    assert told(during) == {("waived", batch.expires_on.isoformat())}
    assert told(timezone.now()) == {("contested", "")}
    wanted = ComplianceFilter(states=["waived"])
    assert [row.rule for row in compliance_page([""], during, wanted)[0]] == ["ACC-02"]
    with translation.override("vi"):
        words = state_words("waived", batch.expires_on.isoformat())
        assert words == f"Được miễn đến hết ngày {batch.expires_on:%d/%m/%Y}"
        assert state_words("waived", "needs_a_look") == "Được miễn"
