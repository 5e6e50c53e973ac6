"""The pages of what people say to a finding: HR, the person, the auditor; nobody else."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.audit.models import AuditEvent
from registry.findings.models import Contest, Finding, Outcome, State, WaiverBatch
from registry.findings.services import answer, contest, run_changed, waive
from registry.users.models import Role, User
from tests.factories import OfficialFactory, RoleGrantFactory, UserFactory
from tests.registry.bulk.at_work import after_work
from tests.registry.findings.scene import Scene, a_day, enter, make_scene

pytestmark = pytest.mark.django_db

Opened = Callable[[User], Client]
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def hr(scene: Scene, signed_in: Opened) -> Client:
    return signed_in(scene.country.hr)


@pytest.fixture
def lan(scene: Scene, signed_in: Opened) -> Client:
    return signed_in(scene.country.lan_login)


@pytest.fixture
def auditor(scene: Scene, signed_in: Opened) -> Client:
    user = UserFactory.create()
    RoleGrantFactory.create(user=user, role=Role.AUDITOR, agency=scene.country.health)
    return signed_in(user)


def said(**facts: object) -> dict[str, object]:
    """What the form of a waiver sends."""
    until = a_day(timezone.localdate() + timedelta(days=30))
    return {"reason": "Bút danh đã đăng ký", "until": until, "count": "1", **facts}


def page(browser: Client, area: str, finding: Finding) -> str:
    answered = browser.get(reverse(f"{area}:finding", args=[finding.public_id]))
    assert answered.status_code == 200
    return answered.content.decode()


def test_waiving_shows_first_and_writes_then(scene: Scene, hr: Client):
    address = reverse("reviewer:waive")
    preview = hr.get(address, {"finding": str(scene.finding.public_id)})
    assert "Trần Thị Lan" in preview.content.decode()
    assert scene.finding.state == State.OPEN
    sent = said(finding=str(scene.finding.public_id), proof=SimpleUploadedFile("a.exe", PDF))
    told, _query = after_work(hr.post(address, sent))
    batch = WaiverBatch.objects.get()
    assert hr.get(told).context["thing"][0] == reverse("reviewer:waiver", args=[batch.public_id])
    assert scene.finding.state == State.WAIVED
    assert "Bút danh đã đăng ký" in page(hr, "reviewer", scene.finding)
    file = hr.get(reverse("reviewer:proof", args=[batch.public_id]))
    assert file.getvalue() == PDF
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Content-Type"] == "application/pdf"
    after_work(hr.post(reverse("reviewer:waiver_undo", args=[batch.public_id])))
    assert scene.finding.state == State.OPEN


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"until": ""}, {"until": "31/02/2027"}, {"until": "01/01/2020"}, {"proof": 1}]
)
def test_a_waiver_that_lacks_something_is_refused_at_its_field(
    scene: Scene, hr: Client, wrong: dict[str, object]
):
    if "proof" in wrong:
        wrong = {"proof": SimpleUploadedFile("a.pdf", b"<script>")}
    sent = said(finding=str(scene.finding.public_id), **wrong)
    refused = hr.post(reverse("reviewer:waive"), sent)
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == wrong.keys()
    assert scene.finding.state == State.OPEN


def test_waiving_all_that_match_takes_the_whole_list_but_not_more_than_was_shown(scene: Scene, hr: Client):
    for number in range(3):
        enter(OfficialFactory.create(agency=scene.country.health), name_shown=f"Bé Bi {number}")
    run_changed()
    asked = {"all": "1", "rule": "ACC-02"}
    shown = hr.get(reverse("reviewer:waive"), asked)
    assert shown.context["count"] == 4
    changed = hr.post(reverse("reviewer:waive"), said(**asked, count="3"))
    assert changed.status_code == 409
    assert not WaiverBatch.objects.exists()
    after_work(hr.post(reverse("reviewer:waive"), said(**asked, count="4")))
    assert WaiverBatch.objects.get().waivers.count() == 4
    assert "Bé Bi 0" not in hr.get(reverse("reviewer:findings"), {"rule": "ACC-02"}).content.decode()
    listed = hr.get(reverse("reviewer:findings"), {"rule": "ACC-02", "state": "waived"}).content.decode()
    assert "Bé Bi 0" in listed


def test_waiving_leaves_out_what_is_the_officers_own(scene: Scene, lan: Client):
    RoleGrantFactory.create(user=scene.country.lan_login, agency=scene.country.health)
    shown = lan.get(reverse("reviewer:waive"), {"finding": str(scene.finding.public_id)})
    assert (shown.context["count"], shown.context["own"]) == (0, 1)
    own = page(lan, "reviewer", scene.finding)
    assert reverse("reviewer:waive") not in own
    assert f'value="{scene.finding.public_id}"' not in lan.get(reverse("reviewer:findings")).content.decode()


def test_contest_and_answer_from_page_to_page(scene: Scene, hr: Client, lan: Client, auditor: Client):
    home = lan.get("/me/").content.decode()
    address = reverse("official:finding", args=[scene.finding.public_id])
    assert address in home
    assert lan.post(address, {"text": " "}).status_code == 422
    assert lan.post(address, {"text": "Đó là bút danh của tôi"}).status_code == 302
    assert scene.finding.state == State.CONTESTED
    for browser, area in ((hr, "reviewer"), (auditor, "auditor"), (lan, "official")):
        assert "Đó là bút danh của tôi" in page(browser, area, scene.finding)
    assert "?state=contested" in hr.get("/hr/").content.decode() or not hr.get("/hr/").context["total"].staff
    answered_at = reverse("reviewer:finding", args=[scene.finding.public_id])
    assert hr.post(answered_at, {"outcome": "waived", "text": "Đồng ý"}).status_code == 422
    assert hr.post(answered_at, {"outcome": "upheld", "text": "Chưa đăng ký"}).status_code == 302
    assert Contest.objects.get().answer == "upheld"
    assert scene.finding.state == State.OPEN
    assert "Chưa đăng ký" in page(lan, "official", scene.finding)


def test_history_tells_everything_newest_first(scene: Scene, auditor: Client):
    country = scene.country
    made = contest(finding=scene.finding, text="Ý kiến một", by=country.lan_login)
    answer(contest=made, outcome=Outcome.UPHELD, text="Trả lời một", by=country.hr)
    waive(findings=[scene.finding], reason="Lý do hai", until=timezone.localdate(), by=country.hr)
    scene.put_right()
    scene.show("Bố Bắp")
    history = page(auditor, "auditor", scene.finding)
    history = history[history.index('id="history"') :]
    order = ["Bố Bắp", "Lý do hai", "Trả lời một", "Ý kiến một", "Mẹ Bắp"]
    places = [history.index(text) for text in order]
    assert places == sorted(places)


def test_the_auditor_has_no_button_and_no_address_to_change_anything(scene: Scene, auditor: Client):
    waive(findings=[scene.finding], reason="Lý do", until=timezone.localdate(), by=scene.country.hr)
    shown = page(auditor, "auditor", scene.finding)
    assert "Lý do" in shown
    forms = shown[shown.index("<main") : shown.index("</main")].count("<form")
    assert forms == 0
    assert auditor.post(reverse("auditor:finding", args=[scene.finding.public_id])).status_code == 405
    assert auditor.get(reverse("reviewer:finding", args=[scene.finding.public_id])).status_code == 404
    for state, there in (("waived", True), ("open", False)):
        listed = auditor.get(reverse("auditor:list"), {"rule": "ACC-02", "state": state}).content.decode()
        assert ("Mẹ Bắp" in listed) == there


def test_a_proof_is_for_hr_and_auditors_of_the_branch_and_taking_it_is_written_down(
    scene: Scene, auditor: Client, lan: Client, signed_in: Opened
):
    sent = said(finding=str(scene.finding.public_id), proof=SimpleUploadedFile("a.pdf", PDF))
    after_work(signed_in(scene.country.hr).post(reverse("reviewer:waive"), sent))
    batch = WaiverBatch.objects.get()
    assert auditor.get(reverse("auditor:proof", args=[batch.public_id])).getvalue() == PDF
    assert AuditEvent.objects.filter(act="waiver.proof_taken").count() == 1
    stranger = signed_in(scene.country.hr_culture)
    for browser in (lan, stranger):
        for area in ("auditor", "reviewer"):
            assert browser.get(reverse(f"{area}:proof", args=[batch.public_id])).status_code == 404


def test_anothers_finding_is_not_there(scene: Scene, signed_in: Opened):
    thing = scene.finding.public_id
    colleague = UserFactory.create(official=OfficialFactory.create(agency=scene.country.health))
    for user in (colleague, scene.country.hr_culture, scene.country.hr_elsewhere):
        browser = signed_in(user)
        addresses = [reverse(f"{area}:finding", args=[thing]) for area in ("official", "reviewer", "auditor")]
        addresses.append(reverse("reviewer:finding_undo", args=[thing]))
        addresses.append(f"{reverse('reviewer:waive')}?finding={thing}")
        for address in addresses:
            assert browser.get(address).status_code in {404, 405}, address
            assert browser.post(address, {"text": "x", "finding": str(thing)}).status_code in {404, 405}
    assert scene.finding.state == State.OPEN


def test_an_address_of_nothing_to_waive_is_not_there(hr: Client):
    for asked in ({"finding": str(uuid.uuid4())}, {"finding": "x"}, {"all": "1", "unit": "none-such"}):
        assert hr.get(reverse("reviewer:waive"), asked).status_code == 404
