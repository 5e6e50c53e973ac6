"""The home at a glance, one list of what is to be done, the yearly confirmation, what is asked of me."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts import services as book
from accounts.models import AgencyRecord, Entry, Official
from registry.declarations import services
from registry.users.models import User
from tests.factories import DeclarationFactory, RegulationFactory
from tests.registry.web.official.conftest import register

pytestmark = pytest.mark.django_db


def text(browser: Client, address: str = "/me/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def confirmed(official: Official, officer: User, employee: User) -> list[Entry]:
    """Two accounts the employee has just confirmed."""
    entries = [
        register(official, officer, f"anh.nguyen.{number}", agency_shown="Sở số 1") for number in (1, 2)
    ]
    return [services.confirm_entry(entry=entry, by=employee) for entry in entries]


@pytest.fixture
def later(confirmed: list[Entry], employee: User, signed_in: Callable[[User], Client]) -> Iterator[Client]:
    """The employee's browser, some days before a year has passed."""
    del confirmed
    with time_machine.travel(timezone.now() + dt.timedelta(days=350), tick=True):
        yield signed_in(employee)


def test_home_puts_everything_to_do_into_one_list_soonest_first(
    official: Official, officer: User, employee: User, later: Client
):
    RegulationFactory.create(
        agency=official.records.get().agency, issued_on=timezone.localdate() - dt.timedelta(days=400)
    )
    draft = DeclarationFactory.create(official=official, by=employee)
    sent = DeclarationFactory.create(official=official, by=employee, submitted=True)
    services.return_(declaration=sent, reasons={"photo": "Ảnh mờ"}, by=officer)
    register(official, officer, "moi.dang.ky")
    page = later.get("/me/")
    tasks = page.context["tasks"]
    assert len(tasks) == 4
    assert tasks[0].confirm
    assert page.context["soonest"] == tasks[0].due
    assert "Ảnh mờ" in page.content.decode()
    assert str(draft.public_id) in page.content.decode()


def test_confirming_is_one_click_for_all(later: Client, confirmed: list[Entry]):
    page = text(later)
    assert page.count('name="entry"') == 2
    assert "Từ đó đến nay không có gì thay đổi" in page
    answer = later.post("/me/confirm/", {"entry": [each.pk for each in confirmed]}, follow=True)
    assert "Đã xác nhận tất cả" in answer.content.decode()
    days = {timezone.localdate(each.confirmed_at) for each in Entry.objects.current()}
    assert days == {timezone.localdate()}
    assert "Hiện chưa có gì cần xác nhận" in text(later, "/me/confirm/")


def test_confirming_what_has_changed_meanwhile_confirms_nothing(later: Client, confirmed: list[Entry]):
    one, other = (each.pk for each in confirmed)
    for shown in ([], [one, 1], ["x"], [one, other, other + 999]):
        answer = later.post("/me/confirm/", {"entry": shown}, follow=True)
        assert "Chưa xác nhận mục nào" in answer.content.decode()
    assert set(Entry.objects.current().values_list("pk", flat=True)) == {one, other}


def test_changes_since_the_last_confirmation_are_told(later: Client, official: Official, officer: User):
    agency = official.records.get(recorded_until=None).agency
    old = AgencyRecord.objects.current().get(agency=agency).name
    book.amend_agency(agency=agency, name="Sở Nội vụ mới", by=officer)
    book.amend_official(official=official, position="Phó trưởng phòng", by=officer)
    page = text(later, "/me/confirm/")
    assert page.count("Thay đổi từ lần đó") == 2
    assert f"trước là “{old}”, nay là “Sở Nội vụ mới”" in page
    assert "nay là “Phó trưởng phòng”" in page


def test_what_hr_registered_anew_is_looked_at_not_confirmed_blindly(
    later: Client, official: Official, officer: User, confirmed: list[Entry]
):
    assert len(later.get("/me/confirm/").context["due"]) == 2
    services.close_account(account=confirmed[0].account, by=officer)
    register(official, officer, "anh.nguyen.1", agency_shown="Sở khác")
    assert [each.entry.pk for each in later.get("/me/confirm/").context["due"]] == [confirmed[1].pk]


def test_confirming_asks_a_fixed_number_of_queries(
    later: Client, official: Official, officer: User, employee: User, django_assert_max_num_queries: object
):
    for number in range(3, 9):
        entry = register(official, officer, f"anh.nguyen.{number}")
        services.confirm_entry(entry=entry, by=employee)
    with django_assert_max_num_queries(22):  # type: ignore[operator]  # pytest-django's
        text(later, "/me/confirm/")


def test_an_account_confirmed_lately_is_not_asked_of(browser: Client, entry: Entry, employee: User):
    services.confirm_entry(entry=entry, by=employee)
    assert not browser.get("/me/").context["tasks"]


def test_duties_say_must_or_should_with_the_source(browser: Client, official: Official):
    page = text(browser, "/me/duties/")
    assert "Nên, theo dự thảo chưa từng có hiệu lực" in page
    assert "/law/articles/DRAFT-2018.o1/" in page
    assert "/law/rules/ACC-16/" not in page
    book.amend_agency(agency=official.records.get().agency, profile=5, by=None)
    page = text(browser, "/me/duties/")
    assert "/law/rules/ACC-16/" in page
    assert "/law/rules/ACC-06/" not in page
    assert "Phải" in page


def test_duties_name_the_agency_s_own_regulation(browser: Client, official: Official):
    agency = official.records.get().agency
    regulation = RegulationFactory.create(agency=agency, issued_on=timezone.localdate())
    page = text(browser, "/me/duties/")
    assert f"quy định số {regulation.number}" in page
    assert "/law/rules/OFF-01/" in page
