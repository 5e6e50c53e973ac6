from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Status
from registry.findings import services as findings
from registry.rules.catalogue import catalogue
from registry.users.models import LastLook, User
from registry.web.reviewer.looking import Change, numbers_of
from registry.web.reviewer.standing import OVERDUE
from tests.factories import AgencyFactory, EntryFactory, OfficialFactory, RegulationFactory, SuccessionFactory
from tests.factories.people import PASSWORD
from tests.registry.people import Country

HOME = reverse("reviewer:home")
SEEN = reverse("reviewer:seen")


def sign_in(user: User) -> Client:
    """Sign in as a person does."""
    browser = Client()
    answer = browser.post(reverse("login"), {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def test_home_asks_the_database_as_often_for_many_as_for_few(country: Country, hr_province: Client):
    def asked() -> int:
        findings.run_changed()
        hr_province.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            assert hr_province.get(HOME).status_code == 200
        return len(queries)

    def more() -> None:
        agency = AgencyFactory.create(parent=country.province)
        OfficialFactory.create(agency=agency)
        EntryFactory.create(facts__official__agency=AgencyFactory.create(parent=agency))
        SuccessionFactory.create(  # a branch more, wherever it lies
            predecessor=AgencyFactory.create(parent=country.elsewhere), successor=agency
        )

    EntryFactory.create(facts__official=country.lan)
    more()
    few = asked()
    for _each in range(3):
        more()
    assert asked() == few


def test_home_of_units_below_without_a_list_is_not_complete(country: Country, hr_province: Client):
    EntryFactory.create(facts__official=country.lan)
    AgencyFactory.create(parent=country.health, name="Phòng Tổ chức", kind="unit")
    findings.run_changed()
    units = {unit.name: unit for unit in hr_province.get(HOME).context["units"]}
    assert (units["Sở Y tế"].unknown, units["Sở Y tế"].known) == (0, 100)  # an office of it: on its list
    AgencyFactory.create(parent=country.health, name="Bệnh viện Một", kind="department")
    page = hr_province.get(HOME)
    health = {unit.name: unit for unit in page.context["units"]}["Sở Y tế"]
    assert health.unknown == 1
    assert health.known < 100
    assert page.context["without"] == 2  # and that of culture
    assert "1/1" in page.content.decode()
    inside = hr_province.get(HOME, {"unit": country.health.code})
    assert inside.context["without"] == 1  # the hospital, not the office
    assert "Trong danh sách của cơ quan chủ quản" in inside.content.decode()


def test_home_before_the_first_count_says_so(country: Country, hr: Client):
    page = hr.get(HOME)
    assert page.context["being_counted"]
    findings.run_changed()
    assert not hr.get(HOME).context["being_counted"]
    assert country.lan.records.exists()


def test_home_shows_overdue_rules_first(country: Country, hr: Client):
    RegulationFactory.create(agency=country.health, issued_on="2021-01-01")
    EntryFactory.create(facts__official__agency=country.health)
    findings.run_changed()
    context = hr.get(HOME).context
    assert context["counts"][0][2]
    assert context["overdue"] >= 1
    assert {rule.code for rule in catalogue()} >= OVERDUE


def test_home_tells_what_changed_since_the_sign_in_before(country: Country):
    findings.run_changed()
    first = sign_in(country.hr)
    assert first.get(HOME).context["since"].changes == []
    OfficialFactory.create(agency=country.health)
    OfficialFactory.create(agency=country.health, status=Status.LEFT)
    EntryFactory.create(facts__official=country.lan)
    findings.run_changed()
    since = sign_in(country.hr).get(HOME).context["since"]
    told = {one.label: (one.before, one.now, one.by) for one in since.changes}
    assert list(told.values())[:2] == [(1, 2, "+1"), (0, 1, "+1")]
    assert since.rules


def test_seen_counts_from_now_on(country: Country):
    findings.run_changed()
    browser = sign_in(country.hr)
    OfficialFactory.create(agency=country.health)
    findings.run_changed()
    assert browser.get(HOME).context["since"].changes
    assert browser.post(SEEN).status_code == 302
    assert browser.get(HOME).context["since"].changes == []
    assert browser.get(SEEN).status_code == 405


def test_home_of_other_branches_than_then_compares_nothing(country: Country):
    sign_in(country.hr)
    SuccessionFactory.create(predecessor=country.culture, successor=country.health)
    page = sign_in(country.hr).get(HOME)
    assert page.context["since"].other_branches


def test_home_is_read_without_writing(country: Country, hr: Client):
    hr.get(HOME)
    assert not LastLook.objects.exists()
    assert hr.get(HOME).context["since"] is None
    assert country.lan.pk


def test_sign_in_of_an_employee_remembers_no_look(country: Country):
    sign_in(country.lan_login)
    assert not LastLook.objects.exists()


@pytest.mark.parametrize(("before", "now", "by"), [(3, 1, "\N{MINUS SIGN}2"), (1, 3, "+2")])
def test_change_says_by_how_much(before: int, now: int, by: str):
    assert Change("", before, now).by == by


def test_numbers_of_hold_counts_only(country: Country, signed_in: Callable[[User], Client]):
    del signed_in
    findings.run_changed()
    told = numbers_of(country.hr)
    assert told["staff"] == 1
    assert set(told) == {"branches", "staff", "answered", "waiting", "missing", "contested", "rules"}
