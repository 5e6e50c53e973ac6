"""Declaring: link, details, check; with everything a hostile or careless form can send."""

import io
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.comparison.verdicts import judge_disclaimer
from accounts.models import DisclaimerVerdict, Official
from registry.declarations import services
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Declaration
from registry.declarations.states import State
from registry.users.models import User
from registry.web.official.duties import READY_NOTICE
from tests.factories import DeclarationFactory, OfficialFactory
from tests.registry.web.official.conftest import register

pytestmark = pytest.mark.django_db
LINK = "https://m.facebook.com/nguyen.anh.01?ref=share"


def picture(side: int = 400, name: str = "anh.png") -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.radial_gradient("L").resize((side, side)).convert("RGB").save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def begin(browser: Client, link: str = LINK) -> str:
    answer = browser.post("/me/declare/", {"link": link, "platform": ""})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def said(**changes: Any) -> dict[str, Any]:
    return {"name_shown": "Ánh", "agency_shown": "", "disclaimer": "", "opened_on": ""} | changes


def test_declaring_from_link_to_hr(browser: Client, official: Official, officer: User):
    details = begin(browser)
    answer = browser.post(
        details,
        said(photo=picture(), agency_shown="Sở số 1", disclaimer=READY_NOTICE, opened_on="25/03/2019"),
    )
    check = answer["Location"]
    page = browser.get(check).content.decode()
    for shown in ("Ánh", "Sở số 1", READY_NOTICE, "25/03/2019", "nguyen.anh.01"):
        assert shown in page
    for wording in CURRENT.values():
        assert str(wording) in page
    answer = browser.post(check, {"commitments": list(CURRENT)}, follow=True)
    assert "Đã gửi khai báo" in answer.content.decode()
    sent = Declaration.objects.get(official=official)
    assert sent.state == State.SUBMITTED
    assert sent.facts.photo is not None
    assert sent.facts.commitments_version
    services.approve(declaration=sent, by=officer)
    assert "nguyen.anh.01" in browser.get("/me/").content.decode()


def test_ready_notice_is_one_the_register_recognises_whole():
    assert judge_disclaimer(READY_NOTICE) == DisclaimerVerdict.FULL


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("", "Hãy dán đường dẫn"),
        ("https://fb.me/abc", "fb.me"),
        ("https://www.facebook.com/groups/123456", "nhóm"),
        ("javascript:alert(1)", "https://"),
        ("https://www.facebook.com/a https://www.facebook.com/b", ""),
        ("x" * 10_000, ""),
        ("https://www.facebook.com/\x00anh", ""),
    ],
)
def test_declare_with_a_link_that_names_no_account_is_refused_at_the_field(
    browser: Client, link: str, words: str
):
    answer = browser.post("/me/declare/", {"link": link, "platform": ""})
    assert answer.status_code == 422
    assert "link" in answer.context["form"].errors
    assert words in answer.content.decode()
    assert not Declaration.objects.exists()


def test_declare_with_a_platform_nobody_offers_is_refused_at_the_field(browser: Client):
    answer = browser.post("/me/declare/", {"link": "@anh", "platform": "myspace"})
    assert list(answer.context["form"].errors) == ["platform"]


def test_recognised_shows_platform_and_handle_and_keeps_nothing(browser: Client):
    answer = browser.post("/me/declare/recognise/", {"link": LINK, "platform": ""})
    assert "Facebook" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert not Declaration.objects.exists()
    nothing = browser.post("/me/declare/recognise/", {"link": " ", "platform": ""})
    assert nothing.content.strip() == b'<div id="recognised-answer"></div>'


def test_a_telephone_number_is_masked_everywhere_and_never_sent_back(browser: Client):
    shown = browser.post("/me/declare/recognise/", {"link": "https://zalo.me/0912345678", "platform": ""})
    details = begin(browser, "https://zalo.me/0912345678")
    link_page = details.replace("details", "link")
    pages = [shown.content.decode(), *(browser.get(each).content.decode() for each in (details, link_page))]
    assert all("0912345678" not in page and "912345678" not in page for page in pages)
    assert browser.post(details, said()).status_code == 302


def test_declare_an_account_under_way_points_to_it(browser: Client, official: Official):
    begin(browser)
    answer = browser.post("/me/declare/", {"link": LINK, "platform": ""})
    assert answer.status_code == 422
    assert str(Declaration.objects.get(official=official).public_id) in answer.content.decode()


def test_change_link_keeps_what_was_said(browser: Client, official: Official):
    details = begin(browser)
    browser.post(details, said(name_shown="Ánh của link cũ"))
    browser.post(details.replace("details", "link"), {"link": "https://www.tiktok.com/@anh", "platform": ""})
    draft = Declaration.objects.get(official=official)
    assert (draft.account.platform, draft.facts.name_shown) == ("tiktok", "Ánh của link cũ")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_shown": "x" * 10_000}, "name_shown"),
        ({"name_shown": "Ánh\x00"}, "name_shown"),
        ({"agency_shown": "x" * 301}, "agency_shown"),
        ({"disclaimer": "\x07"}, "disclaimer"),
        ({"opened_on": "31/02/2020"}, "opened_on"),
        ({"opened_on": "01/01/2999"}, "opened_on"),
        ({"photo": SimpleUploadedFile("a.png", b"")}, "photo"),
        ({"photo": SimpleUploadedFile("a.png", b"MZ not a picture" * 100)}, "photo"),
        ({"photo": picture(60)}, "photo"),
        ({"photo": [picture(), picture(name="hai.png")]}, "photo"),
    ],
)
def test_details_refuses_at_the_field_and_keeps_what_stood(
    browser: Client, official: Official, changes: dict[str, Any], field: str
):
    details = begin(browser)
    browser.post(details, said(name_shown="Đã lưu"))
    answer = browser.post(details, said(**changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f"id_{field}_error" in answer.content.decode()
    assert Declaration.objects.get(official=official).facts.name_shown == "Đã lưu"


def test_details_with_a_lone_surrogate_in_the_bytes_is_no_failure(browser: Client):
    details = begin(browser)
    body = "name_shown=" + quote(b"\xed\xa0\x80Anh") + "&agency_shown=&disclaimer=&opened_on="
    answer = browser.post(details, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {302, 422}


def test_details_of_a_flood_is_refused_before_it_is_read(browser: Client):
    answer = browser.post("/me/declare/", {"link": LINK}, CONTENT_LENGTH=str(100 * 1024 * 1024))
    assert answer.status_code == 413
    assert "cd-header" in answer.content.decode()


def test_details_keeps_a_good_photo_when_another_answer_is_refused(browser: Client, official: Official):
    details = begin(browser)
    answer = browser.post(details, said(name_shown="x" * 201, photo=picture()))
    assert answer.status_code == 422
    draft = Declaration.objects.get(official=official)
    assert draft.facts.photo is not None
    assert f'name="version" value="{draft.version}"' in answer.content.decode()
    assert browser.post(details, said(version=draft.version, remove_photo="on")).status_code == 302
    draft.refresh_from_db()
    assert draft.facts.photo is None


def test_details_from_an_older_window_is_a_conflict_in_words(browser: Client):
    details = begin(browser)
    browser.post(details, said(version=1))
    answer = browser.post(details, said(version=1, name_shown="cũ"))
    assert answer.status_code == 409
    assert "cửa sổ khác" in answer.content.decode()


def test_save_and_go_on_later_returns_home_with_the_draft(browser: Client):
    answer = browser.post(begin(browser), said(next="save"), follow=True)
    assert answer.redirect_chain[-1][0] == "/me/"
    assert "Khai tiếp bản nháp" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "agreed", "words"),
    [
        ("Ánh", [], "cam kết"),
        ("Ánh", ["truthful"], "cam kết"),
        ("Ánh", ["made-up"], "made-up"),
        ("", list(CURRENT), "tên"),
    ],
)
def test_check_refuses_what_is_incomplete_and_sends_nothing(
    browser: Client, official: Official, name: str, agreed: list[str], words: str
):
    check = browser.post(begin(browser), said(name_shown=name))["Location"]
    answer = browser.post(check, {"commitments": agreed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Declaration.objects.get(official=official).state == State.DRAFT


def test_check_of_what_is_on_its_way_is_a_conflict(browser: Client, official: Official, employee: User):
    sent = DeclarationFactory.create(official=official, by=employee, submitted=True)
    for step in ("details", "check", "link"):
        assert browser.get(f"/me/declarations/{sent.public_id}/{step}/").status_code == 409


def test_returned_shows_reasons_by_field_and_is_sent_again(
    browser: Client, official: Official, employee: User, officer: User
):
    sent = DeclarationFactory.create(official=official, by=employee, submitted=True)
    services.return_(declaration=sent, reasons={"name_shown": "<b>Sai tên</b>", "": "Xem lại"}, by=officer)
    for step in ("", "details/"):
        page = browser.get(f"/me/declarations/{sent.public_id}/{step}").content.decode()
        assert "&lt;b&gt;Sai tên&lt;/b&gt;" in page
        assert "Xem lại" in page
    check = browser.post(f"/me/declarations/{sent.public_id}/details/", said())["Location"]
    browser.post(check, {"commitments": list(CURRENT)})
    sent.refresh_from_db()
    assert (sent.state, sent.reasons) == (State.SUBMITTED, {})


def test_a_disputed_claim_reveals_nobody(browser: Client, official: Official, officer: User):
    other = OfficialFactory.create(agency=official.records.get().agency, full_name="Phạm Minh Đức")
    standing = register(other, officer, "cung.mot.trang", agency_shown="Bí mật của Đức")
    details = begin(browser, "https://www.facebook.com/cung.mot.trang")
    check = browser.post(details, said())["Location"]
    answer = browser.post(check, {"commitments": list(CURRENT)}, follow=True)
    pages = [
        answer.content.decode(),
        browser.get("/me/").content.decode(),
        browser.get("/me/declarations/").content.decode(),
    ]
    assert "Cần làm rõ tài khoản này là của ai" in pages[0]
    for page in pages:
        assert "Phạm Minh Đức" not in page
        assert "Bí mật của Đức" not in page
        assert str(other.public_id) not in page
    assert browser.get(f"/me/accounts/{standing.account.public_id}/").status_code == 404


def test_another_person_s_declaration_is_not_there(browser: Client):
    foreign = DeclarationFactory.create(submitted=True)
    for step in ("", "link/", "details/", "check/", "withdraw/"):
        assert browser.get(f"/me/declarations/{foreign.public_id}/{step}").status_code == 404
        assert browser.post(f"/me/declarations/{foreign.public_id}/{step}").status_code in {404, 405}


def test_an_officer_s_own_pages_do_not_show_the_branch(officer: User, entry: Any, signed_in: Any):
    """HR looks at people on HR's pages; /me/ is for one's own."""
    officer.official = OfficialFactory.create()
    officer.save()
    browser = signed_in(officer)
    assert browser.get("/me/").status_code == 200
    assert browser.get(f"/me/accounts/{entry.account.public_id}/").status_code == 404
