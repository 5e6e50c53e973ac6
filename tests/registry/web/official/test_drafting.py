"""What is typed is kept by itself; two windows are told apart in words; the rules speak before HR does."""

import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import Comparison, Official, Proposal
from registry.declarations.models import Declaration, Step
from registry.declarations.states import State
from registry.rules.catalogue import rules_of
from registry.rules.rule import Subject
from registry.users.models import User
from registry.web.official.duties import ABOUT
from tests.factories import DeclarationFactory, PhotoFactory
from tests.registry.web.official.conftest import register
from tests.registry.web.official.test_declaring import picture, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(official: Official, employee: User) -> Declaration:
    return DeclarationFactory.create(official=official, by=employee, name_shown="Ánh")


def at(draft: Declaration, step: str) -> str:
    return f"/me/declarations/{draft.public_id}/{step}/"


def test_save_keeps_what_is_typed_and_says_when(browser: Client, draft: Declaration):
    steps = Step.objects.count()
    answer = browser.post(at(draft, "save"), said(name_shown="Ánh Nguyễn", version=1, window=uuid.uuid4()))
    page = answer.content.decode()
    assert "Đã lưu nháp lúc" in page
    assert 'name="version" value="2" id="draft-version"' in page
    draft.refresh_from_db()
    assert (draft.facts.name_shown, draft.version) == ("Ánh Nguyễn", 2)
    assert Step.objects.count() == steps


def test_save_of_nothing_new_writes_nothing(browser: Client, draft: Declaration):
    answer = browser.post(at(draft, "save"), said(version=1, window=uuid.uuid4()))
    assert answer.status_code == 204
    draft.refresh_from_db()
    assert draft.version == 1


def test_save_keeps_the_rest_while_a_day_is_half_typed(browser: Client, draft: Declaration):
    answer = browser.post(at(draft, "save"), said(name_shown="Ánh Hai", opened_on="25/0", version=1))
    assert "25/03/2019" in answer.content.decode()  # how to write a day
    draft.refresh_from_db()
    assert (draft.facts.name_shown, draft.facts.opened_on) == ("Ánh Hai", None)


def test_save_says_what_the_rules_will_say_and_keeps_nothing_of_it(browser: Client, draft: Declaration):
    page = browser.post(at(draft, "save"), said(name_shown="Mẹ Bắp", version=1)).content.decode()
    assert "Mẹ Bắp" in page.split('id="checks"')[1]
    assert "Chưa phù hợp" in page
    assert not Proposal.objects.exists()
    assert not Comparison.objects.exists()


def test_save_over_a_newer_one_is_told_and_writes_nothing(browser: Client, draft: Declaration):
    mine, other = uuid.uuid4(), uuid.uuid4()
    browser.post(at(draft, "save"), said(name_shown="Cửa sổ kia", version=1, window=other))
    page = browser.post(
        at(draft, "save"), said(name_shown="Cửa sổ này", version=1, window=mine)
    ).content.decode()
    assert "cửa sổ khác lúc" in page
    assert "draft-version" not in page
    draft.refresh_from_db()
    assert draft.facts.name_shown == "Cửa sổ kia"


def test_details_after_its_own_window_saved_by_itself_is_no_conflict(browser: Client, draft: Declaration):
    window = uuid.uuid4()
    browser.post(at(draft, "save"), said(name_shown="Á", version=1, window=window))
    answer = browser.post(at(draft, "details"), said(name_shown="Ánh N", version=1, window=window))
    assert answer.status_code == 302
    late = browser.post(at(draft, "save"), said(name_shown="Á", version=2, window=window))
    assert "cửa sổ khác lúc" in late.content.decode()
    draft.refresh_from_db()
    assert draft.facts.name_shown == "Ánh N"


def test_details_of_two_windows_shows_both_and_loses_neither(browser: Client, draft: Declaration):
    browser.post(at(draft, "save"), said(name_shown="Cửa sổ kia", version=1, window=uuid.uuid4()))
    mine = said(name_shown="Cửa sổ này", version=1, window=str(uuid.uuid4()))
    answer = browser.post(at(draft, "details"), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Đang mở ở hai cửa sổ" in page
    assert 'value="Cửa sổ này"' in page
    assert "Cửa sổ kia" in page
    again = browser.post(at(draft, "details"), {**mine, "version": answer.context["seen"]["version"]})
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.facts.name_shown == "Cửa sổ này"


def test_check_of_what_another_window_changed_sends_nothing(browser: Client, draft: Declaration):
    browser.post(at(draft, "save"), said(name_shown="Cửa sổ kia", version=1, window=uuid.uuid4()))
    answer = browser.post(at(draft, "check"), {"version": 1, "window": uuid.uuid4()})
    assert answer.status_code == 409
    assert "Chưa gửi gì" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


@pytest.mark.parametrize("nonsense", ["", "x", "9" * 30, "-1", "٣"])
def test_details_with_a_broken_version_or_window_is_no_failure(
    browser: Client, draft: Declaration, nonsense: str
):
    answer = browser.post(at(draft, "details"), said(version=nonsense, window=nonsense))
    assert answer.status_code in {302, 409}


def test_a_photo_is_drawn_again_as_soon_as_it_is_chosen(browser: Client, draft: Declaration):
    page = browser.post(at(draft, "save"), said(version=1, photo=picture())).content.decode()
    draft.refresh_from_db()
    assert draft.facts.photo is not None
    assert f"/photos/{draft.facts.photo.public_id}" in page
    refused = browser.post(at(draft, "save"), said(version=2, photo=picture(60))).content.decode()
    assert "60 × 60" in refused
    draft.refresh_from_db()
    assert draft.version == 2


def test_without_script_a_photo_is_sent_and_looked_at(browser: Client, draft: Declaration):
    answer = browser.post(at(draft, "details"), said(photo=picture(), next="look"))
    assert answer["Location"].endswith("/details/#photo-part")
    assert "/photos/" in browser.get(answer["Location"]).content.decode()


def test_check_shows_the_rules_answers_with_sources(browser: Client, draft: Declaration):
    page = browser.get(at(draft, "check")).content.decode()
    assert "Kết quả đối chiếu quy tắc" in page
    assert "/law/rules/ACC-03/" in page  # no photo
    assert "ACC-11" not in page
    assert "/details/#id_name_shown" in page
    draft.refresh_from_db()
    assert draft.version == 1


def test_recognised_says_by_what_the_account_is_known(browser: Client):
    def read(link: str) -> str:
        return browser.post("/me/declare/recognise/", {"link": link, "platform": ""}).content.decode()

    assert "về tay người khác" in read("https://www.facebook.com/nguyen.anh.01")
    assert "mã cố định" in read("https://www.youtube.com/channel/UCYUxsH8xyKAQx1WpCcex5LA")


def test_a_link_registered_for_oneself_leads_to_its_account(
    browser: Client, official: Official, officer: User
):
    entry = register(official, officer)
    link = {"link": "https://www.facebook.com/anh.nguyen.77", "platform": ""}
    for address, status in (("/me/declare/recognise/", 200), ("/me/declare/", 422)):
        answer = browser.post(address, link)
        assert answer.status_code == status
        assert f"/me/accounts/{entry.account.public_id}/" in answer.content.decode()
    assert not Declaration.objects.filter(state=State.DRAFT).exists()


def test_changing_a_link_is_not_told_of_its_own_draft(browser: Client, draft: Declaration):
    link = draft.link_text
    page = browser.post(
        "/me/declare/recognise/", {"link": link, "but": str(draft.public_id)}
    ).content.decode()
    assert "đang xử lý" not in page
    assert "Facebook" in page
    assert browser.post("/me/declare/recognise/", {"link": link, "but": "nonsense"}).status_code == 200


def test_cropping_shows_moves_and_keeps_a_part(browser: Client, official: Official, employee: User):
    draft = DeclarationFactory.create(official=official, by=employee, photo=PhotoFactory.create())
    address = at(draft, "photo")
    assert 'viewBox="0 0 400 400"' in browser.get(address).content.decode()
    frame: dict[str, Any] = {"left": 20, "top": 40, "side": 240}
    shown = browser.post(address, {**frame, "act": "show"}).content.decode()
    assert 'viewBox="20 40 240 240"' in shown
    assert 'viewBox="40 40 240 240"' in browser.post(address, {**frame, "act": "right"}).content.decode()
    draft.refresh_from_db()
    assert draft.version == 1
    answer = browser.post(address, {**frame, "act": "use", "version": 1})
    assert answer["Location"].endswith("#photo-part")
    draft.refresh_from_db()
    assert draft.facts.photo is not None
    assert (draft.facts.photo.width, draft.facts.photo.height) == (240, 240)


@pytest.mark.parametrize(
    "frame",
    [
        {"left": 300, "top": 0, "side": 200},
        {"left": 0, "top": 0, "side": 100},
        {"left": -1, "top": 0, "side": 200},
        {"left": "x", "top": "", "side": "9" * 400},
    ],
)
def test_cropping_to_what_cannot_be_is_refused(
    browser: Client, official: Official, employee: User, frame: dict[str, Any]
):
    photo = PhotoFactory.create()
    draft = DeclarationFactory.create(official=official, by=employee, photo=photo)
    answer = browser.post(at(draft, "photo"), {**frame, "act": "use"})
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.facts.photo == photo


def test_cropping_of_no_photo_or_of_another_s_draft(browser: Client, draft: Declaration):
    assert browser.get(at(draft, "photo"))["Location"] == at(draft, "details")
    foreign = DeclarationFactory.create(photo=PhotoFactory.create())
    for step in ("photo", "save"):
        assert browser.post(at(foreign, step), {"act": "use"}).status_code == 404


def test_a_photo_cut_in_an_older_window_is_told(browser: Client, official: Official, employee: User):
    draft = DeclarationFactory.create(official=official, by=employee, photo=PhotoFactory.create())
    browser.post(at(draft, "save"), said(name_shown="Cửa sổ kia", version=1, window=uuid.uuid4()))
    frame = {"left": 0, "top": 0, "side": 300, "act": "use", "version": 1, "window": uuid.uuid4()}
    answer = browser.post(at(draft, "photo"), frame)
    assert answer.status_code == 409
    assert "Ảnh chưa được cắt" in answer.content.decode()


def test_every_rule_of_an_account_is_about_a_part_of_the_form_or_of_its_standing():
    of_standing = {"ACC-10", "ACC-11", "ACC-12", "ACC-24", "ACC-25"}
    assert {rule.code for rule in rules_of(Subject.ACCOUNT)} == set(ABOUT) | of_standing
