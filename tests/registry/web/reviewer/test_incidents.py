"""HR reports a lost or impersonated account for somebody, follows it to its end; the person sees it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Entry, Incident, IncidentKind
from accounts.services import report_incident
from common.audit.models import AuditEvent
from registry.users.models import Role, User
from tests.factories import EntryFactory, OfficialFactory, RoleGrantFactory
from tests.registry.people import Country

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def entry(country: Country) -> Entry:
    return EntryFactory.create(facts__official=country.lan)


def address(country: Country) -> str:
    return reverse("reviewer:report_incident", args=[country.lan.public_id])


def said(**facts: str) -> dict[str, str]:
    return {"kind": "hijacked", "noticed_on": f"{TODAY() - timedelta(days=1):%d/%m/%Y}"} | facts


def page(browser: Client, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_report_for_somebody_is_followed_to_its_end_and_the_person_sees_it(
    country: Country, entry: Entry, hr: Client, signed_in: Callable[[User], Client]
):
    answer = hr.post(address(country), said(account=str(entry.account.public_id)))
    found = Incident.objects.current().get()
    here = reverse("reviewer:incident", args=[found.public_id])
    assert answer["Location"] == here
    assert (found.official, found.account, found.reported_by) == (country.lan, entry.account, country.hr)
    told = said(act="told", told="provider", on=f"{TODAY():%d/%m/%Y}")
    assert hr.post(here, told).status_code == 302
    assert hr.post(here, told | {"told": "superior"}).status_code == 302

    lan = signed_in(country.lan_login)
    assert "Cán bộ tổ chức đã báo thay anh/chị" in page(lan, "/me/")
    assert "cán bộ tổ chức báo thay" in page(lan, "/me/incidents/")
    theirs = page(lan, f"/me/incidents/{found.public_id}/")
    assert "Phạm Văn Hòa (cán bộ tổ chức báo thay)" in theirs
    assert theirs.count("(Phạm Văn Hòa)") == 2  # who told the platform, and the head of the unit

    assert hr.post(here, {"act": "close", "outcome": "recovered"}).status_code == 302
    assert "Đã lấy lại được tài khoản" in page(lan, f"/me/incidents/{found.public_id}/")
    acts = AuditEvent.objects.filter(act__startswith="incident.", subject_id=country.lan.pk)
    assert {event.actor_id for event in acts} == {country.hr.pk}
    assert acts.count() == 4


def test_report_is_worded_for_who_reads_it(country: Country, hr: Client, signed_in: Callable[[User], Client]):
    form = page(hr, address(country))
    assert "Tài khoản bị người khác chiếm dùng" in form
    hr.post(address(country), said())
    public_id = Incident.objects.current().get().public_id
    person = page(hr, reverse("reviewer:official", args=[country.lan.public_id]))
    for told in (
        form, person, page(hr, "/hr/incidents/"), page(hr, reverse("reviewer:incident", args=[public_id]))
    ):  # fmt: skip
        assert "của tôi<" not in told
        assert "mạo danh tôi" not in told
    assert "Tài khoản bị người khác chiếm dùng" in person
    lan = signed_in(country.lan_login)
    for where in ("/me/", "/me/incidents/", f"/me/incidents/{public_id}/", "/me/incidents/report/"):
        assert "Người khác đang sử dụng tài khoản của tôi" in page(lan, where)


def test_report_shows_and_logs_the_person_once_looked_at(country: Country, entry: Entry, hr: Client):
    assert str(entry.account.public_id) in page(hr, address(country))
    seen = AuditEvent.objects.get(act="official.viewed")
    assert (seen.subject_id, seen.actor_id) == (country.lan.pk, country.hr.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ""},
        {"noticed_on": ""},
        {"noticed_on": f"{TODAY() + timedelta(days=1):%d/%m/%Y}"},
        {"kind": "impersonated", "impostor_link": "https://zalo.me/0912345678"},
        {"account": "5f0c6a0e-0000-4000-8000-000000000000"},
    ],
)
def test_report_that_cannot_be_is_refused_with_what_was_written(
    country: Country, hr: Client, wrong: dict[str, str]
):
    answer = hr.post(address(country), said(**wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Incident.objects.exists()


def test_report_of_an_account_of_somebody_else_is_no_choice(country: Country, hr: Client):
    foreign = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.health))
    assert hr.post(address(country), said(account=str(foreign.account.public_id))).status_code == 422
    assert not Incident.objects.exists()


def test_report_twice_is_refused_and_one(country: Country, hr: Client):
    assert hr.post(address(country), said()).status_code == 302
    answer = hr.post(address(country), said())
    assert answer.status_code == 422
    assert "Việc này đã được báo và đang được xử lý." in answer.content.decode()
    assert Incident.objects.count() == 1


def test_report_outside_the_branch_is_not_there(
    country: Country, stranger: Client, signed_in: Callable[[User], Client]
):
    auditor = RoleGrantFactory.create(agency=country.health, role=Role.AUDITOR).user
    others = (country.hr_culture, country.lan_login, auditor)
    for browser in (stranger, *map(signed_in, others)):
        assert browser.get(address(country)).status_code == 404
        assert browser.post(address(country), said()).status_code == 404
    assert not Incident.objects.exists()


def test_report_of_what_happened_to_oneself_goes_the_way_of_everybody(
    country: Country, signed_in: Callable[[User], Client]
):
    own = OfficialFactory.create(agency=country.health)
    User.objects.filter(pk=country.hr.pk).update(official=own)
    browser = signed_in(User.objects.get(pk=country.hr.pk))
    here = reverse("reviewer:report_incident", args=[own.public_id])
    for answer in (browser.get(here), browser.post(here, said())):
        assert answer["Location"] == reverse("official:report_incident")
    assert not Incident.objects.exists()
    browser.post("/me/incidents/report/", said())
    assert "tài khoản của tôi" in page(browser, "/hr/incidents/")  # their own, in their own words


def test_incidents_of_nobody_say_where_to_report(hr: Client):
    told = page(hr, "/hr/incidents/")
    assert "Không có vụ việc" in told
    assert "báo thay tại trang của người đó" in told


def test_incidents_ask_as_many_queries_for_many_reports_as_for_one(country: Country, hr: Client):
    def asked(count: int) -> int:
        for _each in range(count):
            held = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.health))
            lost = held.facts.official
            assert lost is not None
            report_incident(
                official=lost, kind=IncidentKind.LOST, account=held.account, noticed_on=TODAY(), by=country.hr
            )
        with CaptureQueriesContext(connection) as queries:
            assert len(hr.get("/hr/incidents/").context["told"]) == Incident.objects.count()
        return len(queries)

    asked(1)  # what is kept for the process
    assert asked(1) == asked(5)
