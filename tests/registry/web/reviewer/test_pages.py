"""The agency's own pages as HR sees them: declared, decided, changed, given over, closed; and fakes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from accounts.models import Entry, PageFacts, ReportedFake
from accounts.platforms import recognise
from registry.declarations.models import PageDeclaration
from registry.declarations.services import approve_page, put_page_forward, return_page
from registry.declarations.states import PageKind, State
from registry.findings.services import run_changed
from registry.users.models import User
from tests.factories import OfficialFactory, SuccessionFactory
from tests.registry.pages import LINK, put_forward, said
from tests.registry.people import Country

SAID = {
    "name_shown": "Sở Y tế",
    "decision_number": "12/QĐ-SYT",
    "decision_on": "05/01/2026",
    "responsible_role": "head",
    "contact_phone": "024 3823 4567",
    "portal_url": "soyte.tinhmot.gov.vn/mxh",
    "badge": "none",
    "badge_seen_on": "01/11/2026",
}


@pytest.fixture
def hr2(country: Country, signed_in: Callable[[User], Client]) -> Client:
    """The browser of a colleague of the officer."""
    return signed_in(country.hr2)


def named(country: Country) -> str:
    return f"Trần Thị Lan ({country.lan.staff_code})"


def put(country: Country) -> PageDeclaration:
    return put_forward(
        country.health, said(responsible=country.lan, administrators=[country.lan]), by=country.hr
    )


def stands(country: Country) -> PageDeclaration:
    return approve_page(declaration=put(country), by=country.hr2)


def test_declare_asks_which_page_then_all_there_is_to_say(country: Country, hr: Client):
    address = reverse("reviewer:page_declare")
    refused = hr.get(address, {"agency": country.health.code, "link": "https://example.com/"})
    assert refused.status_code == 422
    asked = hr.get(address, {"agency": country.health.code, "link": LINK})
    assert named(country) in asked.content.decode()  # offered by name
    answer = hr.post(
        reverse("reviewer:page_declare", query={"agency": country.health.code, "link": LINK}),
        SAID | {"responsible": named(country), "administrator_1": country.lan.staff_code},
    )
    declared = PageDeclaration.objects.get()
    assert answer["Location"] == reverse("reviewer:page_case", args=[declared.public_id])
    kept = PageFacts.objects.get(facts=declared.facts)
    assert (kept.responsible, kept.contact_phone) == (country.lan, "+842438234567")
    assert kept.portal_url == "https://soyte.tinhmot.gov.vn/mxh"
    assert [each.official for each in kept.administrators.all()] == [country.lan]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"responsible": "Người Lạ"}, "Không có ai đang công tác ở đây"),
        ({"contact_email": "soyte@gmail.com"}, "thuộc gov.vn"),
        ({"contact_phone": "12"}, "không phải số điện thoại"),
        ({"administrator_2": "CB-KHÔNG-CÓ"}, "Không có ai đang công tác ở đây"),
        ({"decision_on": "31/02/2026"}, "12/QĐ-SYT"),
    ],
)
def test_declare_says_at_the_field_what_is_wrong_and_keeps_the_rest(
    country: Country, hr: Client, changes: dict[str, Any], words: str
):
    address = reverse("reviewer:page_declare", query={"agency": country.health.code, "link": LINK})
    answer = hr.post(address, SAID | {"responsible": named(country)} | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "12/QĐ-SYT" in answer.content.decode()
    assert not PageDeclaration.objects.exists()


def test_declare_says_all_that_is_wrong_at_once(country: Country, hr: Client):
    address = reverse("reviewer:page_declare", query={"agency": country.health.code, "link": LINK})
    wrong = {
        "contact_phone": "12", "contact_email": "soyte@gmail.com", "portal_url": "https://soyte-hatinh.com/",
        "decision_on": "31/12/2199", "badge_seen_on": "31/02/2026", "responsible_role": "",
    }  # fmt: skip
    answer = hr.post(address, SAID | {"responsible": named(country)} | wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)
    assert not PageDeclaration.objects.exists()


def test_two_of_one_name_are_told_apart_by_the_staff_code(country: Country, hr: Client):
    OfficialFactory.create(agency=country.health, full_name="Trần Thị Lan")
    address = reverse("reviewer:page_declare", query={"agency": country.health.code, "link": LINK})
    answer = hr.post(address, SAID | {"responsible": "tran thi lan"})
    assert "nhiều người trùng tên" in answer.content.decode()


def test_declare_of_what_stands_leads_to_its_change(country: Country, hr: Client):
    declared = stands(country)
    answer = hr.get(reverse("reviewer:page_declare"), {"agency": country.health.code, "link": LINK})
    assert answer["Location"] == reverse("reviewer:page_change", args=[declared.account.public_id])


def test_case_lets_another_officer_decide_and_its_author_not(country: Country, hr: Client, hr2: Client):
    declared = put(country)
    run_changed()
    case = reverse("reviewer:page_case", args=[declared.public_id])
    approve = reverse("reviewer:page_approve", args=[declared.public_id])
    own = hr.get(case).content.decode()
    assert approve not in own
    assert "cán bộ tổ chức khác quyết định" in own
    assert hr.post(approve, {"version": 1}).status_code == 403
    page = hr2.get(case).content.decode()
    assert approve in page
    assert "Trang có đủ người quản trị" in page  # what the rules say of it
    assert hr2.post(approve, {"version": 7}).status_code == 409
    assert hr2.post(approve, {"version": 1}).status_code == 302
    declared.refresh_from_db()
    assert declared.state == State.APPROVED


def test_return_wants_a_reason_and_the_author_corrects_it(country: Country, hr: Client, hr2: Client):
    declared = put(country)
    address = reverse("reviewer:page_return", args=[declared.public_id])
    assert hr2.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert hr2.post(address, {"version": 1, "reason": "Sai tên trang"}).status_code == 302
    correct = reverse("reviewer:page_correct", args=[declared.public_id])
    assert "Sai tên trang" in hr.get(correct).content.decode()
    answer = hr.post(correct, SAID | {"name_shown": "Sở Y tế tỉnh Một", "version": 2})
    assert answer.status_code == 302
    declared.refresh_from_db()
    assert (declared.state, declared.facts.name_shown) == (State.SUBMITTED, "Sở Y tế tỉnh Một")


def test_withdraw_ends_it(country: Country, hr: Client):
    declared = put(country)
    hr.post(reverse("reviewer:page_withdraw", args=[declared.public_id]), {"version": 1})
    declared.refresh_from_db()
    assert declared.state == State.WITHDRAWN


def test_pages_list_what_stands_what_waits_and_what_is_fake(country: Country, hr: Client, hr2: Client):
    empty = hr.get(reverse("reviewer:pages")).content.decode()
    assert "Chưa có trang nào trong sổ đăng ký" in empty
    put(country)
    assert "Chờ cán bộ khác" in hr.get(reverse("reviewer:pages")).content.decode()
    assert "Chờ anh/chị quyết định" in hr2.get(reverse("reviewer:pages")).content.decode()
    approve_page(declaration=PageDeclaration.objects.get(), by=country.hr2)
    run_changed()
    assert "việc cần chấn chỉnh" in hr.get(reverse("reviewer:pages")).content.decode()


def test_page_shows_what_is_to_be_put_right_and_can_be_confirmed(country: Country, hr: Client):
    declared = stands(country)
    run_changed()
    address = reverse("reviewer:page", args=[declared.account.public_id])
    assert "số người quản trị đang công tác: 1" in hr.get(address).content.decode()
    before = Entry.objects.current().get(account=declared.account)
    hr.post(reverse("reviewer:page_confirm", args=[declared.account.public_id]))
    now = Entry.objects.current().get(account=declared.account)
    assert now.pk > before.pk
    assert now.confirmed_at is not None
    assert now.confirmed_at > before.recorded_from


def test_change_begins_from_what_stands_and_shows_both_sides(country: Country, hr: Client, hr2: Client):
    declared = stands(country)
    address = reverse("reviewer:page_change", args=[declared.account.public_id])
    form = hr.get(address).content.decode()
    assert "024 3823 4567" in form
    assert named(country) in form
    hr.post(address, SAID | {"contact_phone": "1022"})
    changed = PageDeclaration.objects.get(state=State.SUBMITTED)
    page = hr2.get(reverse("reviewer:page_case", args=[changed.public_id])).content.decode()
    assert "024 3823 4567" in page
    assert "1022" in page


def test_transfer_after_a_merger_asks_whose_page_it_is_now(
    country: Country, signed_in: Callable[[User], Client]
):
    declared = stands(country)
    SuccessionFactory.create(predecessor=country.health, successor=country.culture, on=timezone.localdate())
    browser = signed_in(country.hr_culture)
    address = reverse("reviewer:page_transfer", args=[declared.account.public_id])
    assert browser.get(address).status_code == 200
    answer = browser.post(
        reverse(
            "reviewer:page_transfer",
            args=[declared.account.public_id],
            query={"agency": country.culture.code},
        ),
        SAID | {"name_shown": "Sở Văn hóa"},
    )
    moved = PageDeclaration.objects.get(kind=PageKind.TRANSFER)
    assert answer["Location"] == reverse("reviewer:page_case", args=[moved.public_id])
    assert moved.agency == country.culture


def test_close_asks_back_and_waits_for_another_officer(country: Country, hr: Client):
    declared = stands(country)
    address = reverse("reviewer:page_close", args=[declared.account.public_id])
    assert hr.get(address).status_code == 200
    hr.post(address)
    assert PageDeclaration.objects.filter(kind=PageKind.CLOSE, state=State.SUBMITTED).exists()
    again = hr.post(address)
    assert again.status_code == 409


def test_fake_is_confirmed_and_taken_back(country: Country, hr: Client, stranger: Client):
    link = "https://www.facebook.com/soyte.gia"
    answer = hr.post(
        reverse("reviewer:fake"), {"agency": country.health.code, "link": link, "name_shown": "Sở Y tế ✓"}
    )
    assert answer.status_code == 302
    fake = ReportedFake.objects.get()
    assert "mạo danh Sở Y tế" in hr.get(reverse("reviewer:pages")).content.decode()
    take_back = reverse("reviewer:fake_withdraw", args=[fake.pk])
    assert stranger.post(take_back).status_code == 404
    assert hr.get(take_back).status_code == 200
    hr.post(take_back)
    assert not ReportedFake.objects.current().exists()


def test_pages_cost_the_same_number_of_queries_however_many(
    country: Country, hr: Client, django_assert_max_num_queries: Any
):
    for number in range(6):
        declared = put_forward(
            country.health,
            said(responsible=country.lan, administrators=[country.lan]),
            by=country.hr,
            link=f"https://www.tiktok.com/@soyte{number}",
        )
        approve_page(declaration=declared, by=country.hr2)
    with django_assert_max_num_queries(25):
        assert hr.get(reverse("reviewer:pages")).status_code == 200


def test_pages_of_a_big_agency_come_twenty_five_at_a_time(country: Country, hr: Client):
    for number in range(26):
        declared = put_forward(
            country.health,
            said(responsible=country.lan, administrators=[country.lan]),
            by=country.hr,
            link=f"https://www.tiktok.com/@soyte{number}",
        )
        approve_page(declaration=declared, by=country.hr2)
    first = hr.get(reverse("reviewer:pages"))
    rest = hr.get(reverse("reviewer:pages"), {"after": first.context["page"].next_cursor})
    shown = [[entry.account_id for entry in answer.context["page"].rows] for answer in (first, rest)]
    assert [len(each) for each in shown] == [25, 1]
    assert len({*shown[0], *shown[1]}) == 26
    assert rest.context["page"].next_cursor == ""


def test_returned_closing_is_withdrawn_and_not_corrected(country: Country, hr: Client):
    declared = stands(country)
    hr.post(reverse("reviewer:page_close", args=[declared.account.public_id]))
    closing = PageDeclaration.objects.get(kind=PageKind.CLOSE)
    return_page(declaration=closing, reason="Trang vẫn dùng", by=country.hr2)
    answer = hr.post(reverse("reviewer:page_correct", args=[closing.public_id]), SAID | {"version": 2})
    assert answer.status_code == 422


def test_a_portal_that_is_not_on_record_is_told_in_words_and_not_refused(country: Country, hr: Client):
    words = "không thuộc cổng nào mà Sổ đăng ký đang ghi"
    declared = stands(country)
    case = reverse("reviewer:page_case", args=[declared.public_id])
    page = reverse("reviewer:page", args=[declared.account.public_id])
    for address in (case, page):
        assert words in hr.get(address).content.decode()
    book.amend_agency(agency=country.province, by=None, portal_url="https://tinhmot.gov.vn/")
    for address in (case, page):
        assert words not in hr.get(address).content.decode()


def test_page_shows_its_permanent_id_to_hr_and_to_citizens(country: Country, hr: Client):
    declared = put_page_forward(
        agency=country.health,
        said=said(responsible=country.lan, administrators=[country.lan]),
        by=country.hr,
        link=recognise(LINK),
        permanent_text="https://www.facebook.com/profile.php?id=100064123456789",
    )
    address = reverse("reviewer:page", args=[declared.account.public_id])
    approve_page(declaration=declared, by=country.hr2)
    assert "100064123456789" in hr.get(address).content.decode()
    public = Client().get(reverse("citizen:page", args=[declared.account.public_id]))
    assert "100064123456789" in public.content.decode()
