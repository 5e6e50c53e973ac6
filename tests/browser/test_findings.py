"""What people say to a finding, from both sides and to the end, in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registry.findings.models import Finding, State, WaiverBatch
from registry.findings.services import run_changed, start_sweep, work
from registry.users.models import Role
from tests.browser.conftest import PHONE, WIDE
from tests.factories import OfficialFactory, RoleGrantFactory, UserFactory
from tests.registry.bulk.at_work import work_off
from tests.registry.findings.scene import Scene, enter, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
Shoot = Callable[[Page, str], None]


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """Lan and a colleague, whose names shown are not theirs."""
    del transactional_db
    made = make_scene()
    colleague = OfficialFactory.create(agency=made.country.health, full_name="Đỗ Văn Bình")
    enter(colleague, name_shown="Thầy Giáo Làng")
    run_changed()
    work(run=start_sweep())
    return made


@pytest.mark.parametrize(("language", "size"), [("vi", PHONE), ("en", WIDE)])
def test_a_contest_is_made_and_answered(
    scene: Scene, open_page: Open, shoot: Shoot, language: str, size: tuple[int, int]
):
    says = {
        "vi": ("Điều gì chưa đúng?", "Gửi cán bộ tổ chức", "Ý kiến đúng: hồ sơ sẽ được sửa", "Trả lời"),
        "en": ("What is not right about it?", "Send it to HR", "The person is right: what is on", "Answer"),
    }[language]
    address = f"findings/{scene.finding.public_id}/"
    mine = open_page(scene.country.lan_login, language=language, size=size)
    mine.goto(f"/me/{address}")
    shoot(mine, "finding-own")
    with mine.expect_navigation():
        mine.get_by_role("button", name=says[1]).click()
    expect(mine.get_by_role("alert").first).to_be_visible()  # nothing was written
    mine.get_by_label(says[0]).fill("Mẹ Bắp là bút danh cơ quan đã biết")
    with mine.expect_navigation():
        mine.get_by_role("button", name=says[1]).click()
    expect(mine.get_by_text("Mẹ Bắp là bút danh").first).to_be_visible()

    officer = open_page(scene.country.hr, language=language, size=size)
    officer.goto(f"/hr/{address}")
    shoot(officer, "finding-contested")
    officer.get_by_label(says[2]).check()
    officer.locator("textarea[name=text]").fill("Đúng, hồ sơ sẽ được bổ sung bút danh")
    with officer.expect_navigation():
        officer.get_by_role("button", name=says[3], exact=True).click()
    shoot(officer, "finding-answered")
    mine.reload()
    expect(mine.get_by_text("Đúng, hồ sơ sẽ được bổ sung").first).to_be_visible()
    shoot(mine, "finding-own-answered")
    assert scene.finding.state == State.CONTESTED


@pytest.mark.parametrize(("language", "size"), [("en", PHONE), ("vi", WIDE)])
def test_many_are_waived_with_one_reason_and_taken_back(
    scene: Scene, open_page: Open, shoot: Shoot, language: str, size: tuple[int, int]
):
    says = {
        "vi": ("Cho miễn các trường hợp đã đánh dấu", "Cho miễn", "Hủy bỏ", "Hủy bỏ"),
        "en": ("Waive the ticked ones", "Waive", "Take it back", "Take it back"),
    }[language]
    officer = open_page(scene.country.hr, language=language, size=size)
    officer.goto("/hr/findings/?rule=ACC-02")
    shoot(officer, "findings")
    for box in officer.get_by_role("checkbox").all():
        box.check()
    with officer.expect_navigation():
        officer.get_by_role("button", name=says[0]).click()
    shoot(officer, "waive")
    officer.locator("textarea[name=reason]").fill("Hai bút danh đã đăng ký với cơ quan")
    officer.locator("input[name=until]").fill(f"{timezone.localdate() + timedelta(days=90):%d/%m/%Y}")
    officer.locator("input[name=proof]").set_input_files(
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    )
    with officer.expect_navigation():
        officer.locator("form[action$='/waive/'] button").click()
    shoot(officer, "waiving")
    work_off()
    officer.locator("a[href*='/hr/waivers/']").click()
    shoot(officer, "waiver")
    assert Finding.objects.filter(rule="ACC-02", state=State.WAIVED).count() == 2
    officer.goto(f"/hr/findings/{scene.finding.public_id}/")
    shoot(officer, "finding-waived")
    auditor = UserFactory.create()
    RoleGrantFactory.create(user=auditor, role=Role.AUDITOR, agency=scene.country.health)
    looking = open_page(auditor, language=language, size=size)
    looking.goto(f"/audit/findings/{scene.finding.public_id}/")
    expect(looking.get_by_text("Hai bút danh đã đăng ký").first).to_be_visible()
    shoot(looking, "finding-audited")
    looking.goto("/audit/list/?state=waived")
    shoot(looking, "list-waived")
    officer.goto(f"/hr/waivers/{WaiverBatch.objects.get().public_id}/undo/")
    shoot(officer, "waiver-undo")
    with officer.expect_navigation():
        officer.locator("form.cd-card button").click()
    work_off()
    assert Finding.objects.filter(rule="ACC-02", state=State.OPEN).count() == 2
