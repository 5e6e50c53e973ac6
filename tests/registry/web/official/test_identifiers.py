"""The permanent id of my account: where it is found, shown back, sent; everything that is refused."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts import services as book
from accounts.models import AccountIdentifier, Entry, Official
from accounts.platforms import recognise
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.declarations.states import State
from registry.findings.models import Finding
from registry.findings.services import run_changed
from registry.users.models import User
from tests.factories import EntryFactory, OfficialFactory
from tests.registry.web.official.conftest import register

pytestmark = pytest.mark.django_db

ID = "https://m.facebook.com/profile.php?id=100012345678901&ref=share"


def address(entry: Entry) -> str:
    return f"/me/accounts/{entry.account.public_id}/permanent-id/"


def page(browser: Client, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def permanent(entry: Entry) -> list[str]:
    held = AccountIdentifier.objects.current().filter(account=entry.account, kind="permanent_id")
    return list(held.values_list("key", flat=True))


def test_stating_shows_back_first_then_goes_to_hr_and_is_recorded(
    browser: Client, entry: Entry, officer: User
):
    run_changed()
    mine = page(browser, f"/me/accounts/{entry.account.public_id}/")
    assert address(entry) in mine
    finding = Finding.objects.get(rule="ACC-19", subject_id=entry.account_id)
    assert address(entry) in page(browser, f"/me/findings/{finding.public_id}/")
    form = page(browser, address(entry))
    assert "profile.php?id=" in form  # where it is found
    assert "anh.nguyen.77" in form

    shown = browser.post(address(entry), {"link": ID})
    assert shown.status_code == 200
    assert "100012345678901" in shown.content.decode()
    assert "https://www.facebook.com/profile.php?id=100012345678901" in shown.content.decode()
    assert not Declaration.objects.filter(kind="identify").exists()

    sent = browser.post(address(entry), {"link": ID, "confirmed": "1"}, follow=True)
    declaration = Declaration.objects.get(kind="identify")
    assert sent.redirect_chain == [(f"/me/declarations/{declaration.public_id}/", 302)]
    assert "100012345678901" in sent.content.decode()
    assert permanent(entry) == []
    assert "Đang có một khai báo" in page(browser, address(entry))

    services.approve(declaration=declaration, by=officer)
    assert permanent(entry) == ["100012345678901"]
    mine = page(browser, f"/me/accounts/{entry.account.public_id}/")
    assert "100012345678901" in mine
    assert address(entry) not in mine
    assert "Đã ghi mã vào sổ" in page(browser, f"/me/declarations/{declaration.public_id}/")
    run_changed()
    assert address(entry) not in page(browser, f"/me/findings/{finding.public_id}/")


@pytest.mark.parametrize("text", ["100012345678901", "facebook.com/people/Ánh/100012345678901"])
def test_stating_takes_every_form_of_the_id(browser: Client, entry: Entry, text: str):
    browser.post(address(entry), {"link": text, "confirmed": "1"})
    assert Declaration.objects.get(kind="identify").link_text == text


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("", "Hãy dán đường dẫn hoặc mã"),
        ("https://www.facebook.com/anh.nguyen.77", "không có mã định danh cố định"),
        ("https://www.youtube.com/channel/UC" + "a" * 22, "thuộc nền tảng khác"),
        ("https://fb.me/abc", "rút gọn"),
        ("https://www.facebook.com/groups/123456", "nhóm"),
        ("javascript:alert(1)", "https://"),
        ("x" * 10_000, ""),
        ("https://www.facebook.com/\x00anh", ""),
    ],
)
@pytest.mark.parametrize("confirmed", ["", "1"])
def test_stating_what_is_no_permanent_id_is_refused_at_its_field(
    browser: Client, entry: Entry, link: str, words: str, confirmed: str
):
    answer = browser.post(address(entry), {"link": link, "confirmed": confirmed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'id="id_link_error"' in answer.content.decode()
    assert not Declaration.objects.filter(kind="identify").exists()


@pytest.mark.parametrize("confirmed", ["", "1"])
def test_stating_an_id_of_somebody_elses_account_names_nobody(
    browser: Client, entry: Entry, officer: User, confirmed: str
):
    theirs = OfficialFactory.create(agency=officer.grants.get().agency, full_name="Phạm Minh Đức")
    EntryFactory.create(facts__official=theirs, facts__account=book.account_for(link=recognise(ID), by=None))
    answer = browser.post(address(entry), {"link": ID, "confirmed": confirmed})
    assert answer.status_code == 422
    assert "đã biết một tài khoản khác" in answer.content.decode()
    assert "Đức" not in answer.content.decode()
    assert permanent(entry) == []


def test_stating_again_after_a_return_corrects_it(browser: Client, entry: Entry, officer: User):
    browser.post(address(entry), {"link": "100099999999999", "confirmed": "1"})
    declaration = Declaration.objects.get(kind="identify")
    services.return_(declaration=declaration, reasons={"link": "Trang khác"}, by=officer)
    told = page(browser, f"/me/declarations/{declaration.public_id}/")
    assert "Trang khác" in told
    assert f'href="{address(entry)}"' in told
    assert browser.get(f"/me/declarations/{declaration.public_id}/details/").status_code == 409
    browser.post(address(entry), {"link": ID, "confirmed": "1"})
    declaration.refresh_from_db()
    assert (declaration.state, declaration.link_text) == (State.SUBMITTED, ID)


def test_stating_while_another_declaration_is_under_way_leads_to_it(browser: Client, entry: Entry):
    browser.post(f"/me/accounts/{entry.account.public_id}/change/")
    draft = Declaration.objects.get(state=State.DRAFT)
    assert str(draft.public_id) in page(browser, address(entry))
    answer = browser.post(address(entry), {"link": ID, "confirmed": "1"})
    assert answer.status_code == 422
    assert str(draft.public_id) in answer.content.decode()
    assert address(entry) not in page(browser, f"/me/accounts/{entry.account.public_id}/")


@pytest.mark.parametrize("link", ["https://www.instagram.com/anh.77/", "https://zalo.me/0912345678"])
def test_an_account_of_a_kind_without_permanent_ids_says_so(
    browser: Client, official: Official, officer: User, link: str
):
    services.register_on_behalf(official=official, link=recognise(link), statement={}, by=officer)
    entry = Entry.objects.current().get()
    told = page(browser, address(entry))
    assert "Loại tài khoản này không có mã định danh cố định" in told
    assert 'name="link"' not in told
    assert address(entry) not in page(browser, f"/me/accounts/{entry.account.public_id}/")


def test_stating_of_another_persons_account_is_not_there(
    browser: Client, official: Official, officer: User, signed_in: Callable[[User], Client]
):
    del official
    foreign = register(OfficialFactory.create(agency=officer.grants.get().agency), officer, "nguoi.khac")
    for who in (browser, signed_in(officer)):
        assert who.get(address(foreign)).status_code == 404
        assert who.post(address(foreign), {"link": ID, "confirmed": "1"}).status_code == 404
    assert not Declaration.objects.filter(kind="identify").exists()


def test_declaring_by_a_link_with_the_id_needs_no_more(browser: Client, official: Official, officer: User):
    details = browser.post("/me/declare/", {"link": ID, "platform": ""})["Location"]
    assert details
    draft = Declaration.objects.get(official=official)
    known = AccountIdentifier.objects.current().get(account=draft.account)
    assert (known.kind, known.key) == ("permanent_id", "100012345678901")
    services.register_on_behalf(
        official=OfficialFactory.create(agency=officer.grants.get().agency),
        link=recognise("https://www.facebook.com/profile.php?id=100055555555555"), statement={}, by=officer,
    )  # fmt: skip
    assert permanent(Entry.objects.current().get()) == ["100055555555555"]
