"""The review queue's pages: who has a case open, what came back, what went up, and approving together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services as book
from accounts.platforms import recognise
from registry.declarations import services
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Declaration, Lease
from registry.findings.services import run_changed
from registry.users.models import User
from registry.web.reviewer.differences import marked
from tests.factories import DeclarationFactory, OfficialFactory, PhotoFactory
from tests.registry.cases import clean_case
from tests.registry.people import Country, officer
from tests.registry.web.reviewer.test_review import at

QUEUE, TOGETHER = "/hr/review/", "/hr/review/together/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def declaration(country: Country) -> Declaration:
    """Lan's, before HR."""
    return DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)


@pytest.fixture
def mai(country: Country, signed_in: Callable[[User], Client]) -> Client:
    """The browser of the officer's colleague Lê Thị Mai."""
    return signed_in(country.hr2)


def said(answer: object) -> str:
    """The page as text."""
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # an answer of the test client


@pytest.mark.parametrize(
    ("text", "beside", "pieces"),
    [
        ("Trần Thị Lan", ["Trần Thị Lan"], [("Trần Thị Lan", False)]),
        ("Trần Thị Lan", ["TRẦN thị Lan"], [("Trần Thị Lan", False)]),
        ("Trần Lan Hương", ["Trần Thị Lan"], [("Trần Lan", False), ("Hương", True)]),
        ("Trần Lan", [], [("Trần Lan", False)]),
        ("", ["Trần Lan"], []),
        ("a b c", ["a b", "b c"], [("a", True), ("b", False), ("c", True)]),
    ],
)
def test_marked_are_the_words_another_text_has_not(
    text: str, beside: list[str], pieces: list[tuple[str, bool]]
):
    assert marked(text, *beside) == pieces


def test_queue_says_in_words_why_a_case_is_urgent(country: Country, hr: Client, declaration: Declaration):
    today = timezone.localdate()
    book.record_regulation(
        agency=country.health, number="1/QĐ", issued_on=today, in_force_from=today - timedelta(days=60),
        obliges_declaration=True, days_to_declare=30, by=None,
    )  # fmt: skip
    run_changed()
    last = (today - timedelta(days=31)).strftime("%d/%m/%Y")
    assert f"Gấp: đã quá hạn khai báo ngày {last}" in said(hr.get(QUEUE))
    assert f"Gấp: đã quá hạn khai báo ngày {last}" in said(hr.get(at("case", declaration)))


def test_queue_of_many_is_paged_by_key_in_the_order_of_urgency(country: Country, hr: Client):
    for number in range(27):
        DeclarationFactory.create(
            official=country.lan, url=f"https://www.facebook.com/tran.lan.{number}", submitted=True
        )
    first = hr.get(QUEUE)
    second = hr.get(QUEUE, {"after": first.context["page"].next_cursor})
    keys = [row["declaration"].pk for page in (first, second) for row in page.context["rows"]]
    assert keys == sorted(keys)
    assert len(keys) == 27
    past = hr.get(QUEUE, {"after": "broken"})
    assert len(past.context["rows"]) == 25  # a broken address is the beginning


def test_opening_a_case_is_told_to_colleagues(
    hr: Client, mai: Client, hr_province: Client, stranger: Client, declaration: Declaration
):
    assert not Lease.objects.exists()
    hr.get(at("case", declaration))
    assert not Lease.objects.exists()  # looking writes nothing
    answer = hr.post(
        at("open", declaration), {"version": declaration.version}, headers={"HX-Request": "true"}
    )
    assert said(answer).strip() == ""
    for browser in (mai, hr_province):
        assert "Phạm Văn Hòa đang mở từ" in said(browser.get(QUEUE))
        assert "Phạm Văn Hòa đang mở từ" in said(browser.get(at("case", declaration)))
    fragment = mai.post(
        at("open", declaration), {"version": declaration.version}, headers={"HX-Request": "true"}
    )
    assert "Phạm Văn Hòa" in said(fragment)
    assert stranger.post(at("open", declaration)).status_code == 404
    assert stranger.post(at("leave", declaration)).status_code == 404
    hr.post(at("leave", declaration))
    assert "Phạm Văn Hòa" not in said(mai.get(QUEUE))


def test_opening_without_script_goes_back_to_the_case(hr: Client, declaration: Declaration):
    assert hr.post(at("open", declaration))["Location"] == at("case", declaration)
    assert Lease.objects.get().declaration == declaration


def test_open_page_is_told_that_the_case_was_decided_meanwhile(
    hr: Client, mai: Client, declaration: Declaration
):
    seen = {"version": declaration.version}
    assert mai.post(at("approve", declaration), seen).status_code == 302
    answer = hr.post(at("open", declaration), seen, headers=HTMX)
    assert "Hồ sơ vừa thay đổi" in said(answer)
    assert not Lease.objects.exists()


def test_next_passes_over_what_a_colleague_has_open(country: Country, hr: Client):
    first, second, third = (
        DeclarationFactory.create(
            official=country.lan, url=f"https://www.facebook.com/tran.lan.{n}", submitted=True
        )
        for n in range(3)
    )
    services.open_case(declaration=second, by=country.hr2)
    assert hr.get(at("case", first)).context["next"] == third
    answer = hr.post(at("approve", first), {"version": first.version})
    assert answer["Location"] == at("case", third)


def test_case_that_came_back_says_what_was_asked_and_what_changed(country: Country, hr: Client):
    link = "https://www.facebook.com/tran.lan"
    put = DeclarationFactory.create(
        official=country.lan, by=country.lan_login, url=link, name_shown="Mẹ Bắp", submitted=True
    )
    reasons = {"name_shown": "Ghi tên thật", "photo": "Gửi ảnh rõ hơn", "": "Xem lại cả"}
    put = services.return_(declaration=put, reasons=reasons, by=country.hr2)
    saved = services.save_draft(
        official=country.lan, link=recognise(link), link_text=link, declaration=put, by=country.lan_login,
        statement={"name_shown": "Trần Thị Lan", "agency_shown": "Sở Y tế", "commitments": list(CURRENT)},
    )  # fmt: skip
    again = services.submit(declaration=saved, by=country.lan_login)
    page = hr.get(at("case", again))
    whole, rows = page.context["amended"]
    assert whole == "Xem lại cả"
    assert [(row.reason, row.then, row.now, row.changed) for row in rows] == [
        ("Ghi tên thật", "Mẹ Bắp", "Trần Thị Lan", True),
        ("Gửi ảnh rõ hơn", "", "", False),
        ("", "", "Sở Y tế", True),
    ]
    for words in ("Gửi lại sau khi bị trả", "Lê Thị Mai trả lại lúc", "Chưa sửa dù được yêu cầu", "Đã sửa"):
        assert words in said(page)
    assert "Gửi lại sau khi bị trả" in said(hr.get(QUEUE))


def test_case_that_was_never_returned_says_nothing_of_it(hr: Client, declaration: Declaration):
    page = hr.get(at("case", declaration))
    assert page.context["amended"] is None
    assert "Từ khi bị trả lại" not in said(page)


def test_return_has_an_address_where_the_reasons_are_open(hr: Client, declaration: Declaration):
    assert hr.get(at("return", declaration)).context["returning"]
    assert not hr.get(at("case", declaration)).context["returning"]


def test_return_joins_the_ready_texts_and_ones_own_words(hr: Client, declaration: Declaration):
    ticked = {"version": declaration.version, "photo_ready": ["0", "1"], "photo": "Gửi trước thứ Sáu."}
    assert hr.post(at("return", declaration), ticked).status_code == 302
    declaration.refresh_from_db()
    assert set(declaration.reasons) == {"photo"}
    lines = declaration.reasons["photo"].split("\n")
    assert len(lines) == 3
    assert lines[0].startswith("Ảnh chưa thấy rõ")
    assert lines[2] == "Gửi trước thứ Sáu."


@pytest.mark.parametrize("ticked", ["99", "abc", "-1"])
def test_return_with_a_text_that_is_not_there_is_refused(hr: Client, declaration: Declaration, ticked: str):
    answer = hr.post(at("return", declaration), {"version": declaration.version, "photo_ready": [ticked]})
    assert answer.status_code == 422
    declaration.refresh_from_db()
    assert declaration.state == "submitted"


def test_case_that_went_up_says_so_on_both_sides(
    country: Country, signed_in: Callable[[User], Client], hr_province: Client
):
    alone = OfficialFactory.create(agency=country.culture, full_name="Cô Mai")
    only = officer(country.culture, "Cô Mai", official=alone)
    country.hr_culture.grants.all().delete()
    own = DeclarationFactory.create(official=alone, by=only, submitted=True)
    browser = signed_in(only)
    assert "chờ cán bộ tổ chức của UBND tỉnh Một" in said(browser.get(QUEUE))
    assert "UBND tỉnh Một" in browser.get(at("case", own)).context["why_not"]
    assert "Hồ sơ chuyển từ cấp dưới lên" in said(hr_province.get(at("case", own)))
    country.hr_province.grants.all().delete()
    assert "Chờ đến khi cơ quan cấp trên có cán bộ tổ chức" in said(browser.get(QUEUE))
    assert "quản trị hệ thống" in browser.get(at("case", own)).context["why_not"]


def test_together_lists_the_clean_and_approves_the_ticked(country: Country, hr: Client):
    one, other = clean_case(country.lan, 1), clean_case(country.lan, 2)
    wrong = clean_case(country.lan, 3, name_shown="Mẹ Bắp Bán Hàng")
    run_changed()
    page = hr.get(TOGETHER)
    assert [row.declaration for row, _who in page.context["rows"]] == [one, other]
    assert "Số hồ sơ duyệt được ngay: 2" in said(page)
    answer = hr.post(TOGETHER, {"case": [f"{one.public_id}:{one.version}"]}, follow=True)
    assert "Đã duyệt 1 hồ sơ." in said(answer)
    states = dict(Declaration.objects.values_list("pk", "state"))
    assert states == {one.pk: "approved", other.pk: "submitted", wrong.pk: "submitted"}


def test_together_tells_what_changed_since_the_list_was_shown(country: Country, hr: Client, mai: Client):
    one, other = clean_case(country.lan, 1), clean_case(country.lan, 2)
    run_changed()
    assert len(hr.get(TOGETHER).context["rows"]) == 2
    mai.post(at("open", other))
    book.amend_official(official=country.lan, by=None, full_name="Nguyễn Thị Hoa")
    ticked = {"case": [f"{row.public_id}:{row.version}" for row in (one, other)]}
    body = said(hr.post(TOGETHER, ticked, follow=True))
    assert "Chưa duyệt: Nguyễn Thị Hoa" in body
    assert "Hồ sơ không còn phù hợp" in body
    assert "Lê Thị Mai đang mở hồ sơ này" in body
    assert set(Declaration.objects.values_list("state", flat=True)) == {"submitted"}


@pytest.mark.parametrize("case", [[], ["abc"], ["abc:1"], ["00000000-0000-0000-0000-000000000007:x"]])
def test_together_with_nothing_that_can_be_read_approves_nothing(
    country: Country, hr: Client, case: list[str]
):
    put = clean_case(country.lan)
    run_changed()
    assert hr.post(TOGETHER, {"case": case})["Location"] == TOGETHER
    put.refresh_from_db()
    assert put.state == "submitted"


def test_together_never_touches_another_branch(country: Country, stranger: Client):
    put = clean_case(country.lan)
    run_changed()
    body = said(stranger.post(TOGETHER, {"case": [f"{put.public_id}:{put.version}"]}, follow=True))
    assert "Trần Thị Lan" not in body
    put.refresh_from_db()
    assert put.state == "submitted"


@pytest.mark.parametrize("address", [QUEUE, TOGETHER])
def test_pages_ask_as_many_queries_for_many_cases_as_for_two(country: Country, hr: Client, address: str):
    def add(numbers: range) -> None:
        for number in numbers:
            someone = OfficialFactory.create(agency=country.health, full_name="Trần Thị Lan")
            clean_case(someone, number, photo=PhotoFactory.create(shade=number * 20))
        run_changed()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(hr.get(address).context["rows"]) == Declaration.objects.count()
        return len(queries)

    add(range(1, 3))
    hr.get(address)  # what is kept for the process
    few = asked()
    add(range(3, 9))
    assert asked() == few


def test_case_asks_a_bounded_number_of_queries_however_long_the_queue(country: Country, hr: Client):
    put = clean_case(country.lan)
    run_changed()
    hr.get(at("case", put))
    with CaptureQueriesContext(connection) as alone:
        hr.get(at("case", put))
    for number in range(2, 8):
        clean_case(OfficialFactory.create(agency=country.health), number)
    run_changed()
    with CaptureQueriesContext(connection) as among:
        hr.get(at("case", put))
    # the next case is found by one query, and its account is never asked about
    assert len(among) <= len(alone)
