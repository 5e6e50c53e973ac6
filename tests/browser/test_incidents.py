"""A lost account reported over the telephone: HR writes it down, the person sees it, in a real browser."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Incident
from tests.browser.conftest import PHONE, WIDE
from tests.factories import EntryFactory
from tests.registry.people import make_country

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "vi": {
        "begin": "Báo thay người này",
        "what": "Tài khoản bị người khác chiếm dùng",
        "send": "Gửi báo cáo",
        "told": "Nhà cung cấp mạng xã hội",
        "record": "Ghi nhận",
        "own": "Người khác đang sử dụng tài khoản của tôi",
        "by_hr": "Cán bộ tổ chức đã báo thay anh/chị",
    },
    "en": {
        "begin": "Report it for this person",
        "what": "Somebody else uses the person's account",
        "send": "Report it",
        "told": "The platform",
        "record": "Record it",
        "own": "Somebody else uses my account",
        "by_hr": "HR reported this for you",
    },
}


@pytest.mark.parametrize(("language", "size"), [("vi", PHONE), ("en", WIDE), ("en", PHONE), ("vi", WIDE)])
def test_hr_reports_for_somebody_who_called_and_the_person_sees_it(
    language: str,
    size: tuple[int, int],
    open_page: Callable[..., Page],
    shoot: Callable[[Page, str], None],
    hurdles: Callable[[Page], list[str]],
):
    words = WORDS[language]
    country = make_country()
    EntryFactory.create(facts__official=country.lan)
    page = open_page(country.hr, language=language, size=size)
    page.goto("/hr/incidents/")
    shoot(page, "incidents-none")
    page.goto(f"/hr/staff/{country.lan.public_id}/")
    page.get_by_role("link", name=words["begin"]).click()
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_role("alert")).to_be_focused()  # nothing was said
    page.get_by_label(words["what"]).check()
    page.locator("select[name=account]").select_option(index=1)
    shoot(page, "incident-report")
    if size == WIDE:
        assert hurdles(page) == []
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["what"])
    page.get_by_label(words["told"], exact=True).check()
    page.locator("input[name=on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_role("button", name=words["record"]).click()
    expect(page.get_by_text("(Phạm Văn Hòa)")).to_be_visible()
    shoot(page, "incident")
    page.goto("/hr/incidents/")
    shoot(page, "incidents")
    page.goto(f"/hr/staff/{country.lan.public_id}/")
    shoot(page, "incident-on-the-persons-page")

    mine = open_page(country.lan_login, language=language, size=size)
    mine.goto("/me/")
    expect(mine.get_by_text(words["by_hr"])).to_be_visible()
    shoot(mine, "incident-own-home")
    mine.goto("/me/incidents/")
    shoot(mine, "incidents-own")
    mine.get_by_role("link", name=words["own"]).click()
    expect(mine.get_by_text("(Phạm Văn Hòa)")).to_be_visible()
    shoot(mine, "incident-own")
    assert Incident.objects.current().get().reported_by == country.hr
