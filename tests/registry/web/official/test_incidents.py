"""A lost account reported and followed by its owner and by HR; the code of conduct read and accepted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.comparison import refresh_marked
from accounts.models import CodeAcceptance, Entry, Incident, Official
from accounts.services import amend_agency
from common.audit.models import AuditEvent
from registry.rules.profiles import PROFILES
from registry.users.models import User
from tests.factories import OfficialFactory, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def bind(official: Official, profile: str) -> None:
    amend_agency(agency=official.records.get().agency, by=None, profile=PROFILES[profile].number)
    while refresh_marked():
        pass


def report(browser: Client, **said: str) -> Incident:
    wanted = {"kind": "hijacked", "noticed_on": f"{TODAY() - timedelta(days=1):%d/%m/%Y}"} | said
    answer = browser.post("/me/incidents/report/", wanted)
    assert answer.status_code == 302, answer.content.decode()
    return Incident.objects.current().latest("pk")


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_report_of_a_registered_account_shows_who_has_to_be_told(
    browser: Client, official: Official, entry: Entry
):
    bind(official, "procuracy")
    found = report(browser, account=str(entry.account.public_id))
    assert found.account == entry.account
    told = page(browser, f"/me/incidents/{found.public_id}/")
    assert told.count("chưa báo, đã 1 ngày từ khi phát hiện") == 2
    assert "457/QĐ-VKSTC" in told
    assert "Hoàn tất việc báo" in page(browser, "/me/")


def test_report_where_nothing_orders_it_is_never_late(browser: Client, entry: Entry):
    found = report(browser, account=str(entry.account.public_id))
    assert page(browser, "/me/incidents/").count("chưa báo<") == 2
    assert "chưa báo, đã" not in page(browser, f"/me/incidents/{found.public_id}/")


def test_report_tomorrow_is_refused_at_its_field(browser: Client):
    said = {"kind": "lost", "noticed_on": f"{TODAY() + timedelta(days=1):%d/%m/%Y}"}
    answer = browser.post("/me/incidents/report/", said)
    assert answer.status_code == 422
    assert not Incident.objects.exists()


def test_report_of_somebody_elses_account_is_no_choice(browser: Client):
    other = OfficialFactory.create()
    assert browser.post(
        "/me/incidents/report/",
        {"kind": "lost", "noticed_on": f"{TODAY():%d/%m/%Y}", "account": str(other.public_id)},
    ).status_code == 422  # fmt: skip


def test_notices_and_end_are_recorded_once(browser: Client, employee: User):
    found = report(browser, kind="impersonated", impostor_link="https://www.facebook.com/gia.mao.77")
    address = f"/me/incidents/{found.public_id}/"
    said = {"act": "told", "told": "provider", "on": f"{TODAY():%d/%m/%Y}"}
    assert browser.post(address, said).status_code == 302
    assert browser.post(address, said).status_code == 422
    early = said | {"told": "superior", "on": f"{TODAY() - timedelta(days=2):%d/%m/%Y}"}
    assert browser.post(address, early).status_code == 422
    assert browser.post(address, {"act": "close"}).status_code == 422
    assert browser.post(address, {"act": "close", "outcome": "removed"}).status_code == 302
    stands = Incident.objects.current().get(public_id=found.public_id)
    assert (stands.provider_told_on, stands.provider_told_by) == (TODAY(), employee)
    assert (stands.superior_told_on, stands.outcome) == (None, "removed")
    assert browser.post(address, {"act": "close", "outcome": "removed"}).status_code == 422
    acts = AuditEvent.objects.filter(act__startswith="incident.").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == [
        "incident.reported", "incident.told", "incident.closed",
    ]  # fmt: skip
    assert "gia.mao.77" in page(browser, address)
    assert 'href="https://www.facebook.com/gia.mao.77' not in page(browser, address)


def test_hr_of_the_branch_sees_and_logs_and_a_stranger_does_not(
    browser: Client, officer: User, signed_in: Callable[[User], Client]
):
    found = report(browser)
    hr = signed_in(officer)
    assert "Nguyễn Thị Ánh" in page(hr, "/hr/incidents/")
    address = f"/hr/incidents/{found.public_id}/"
    assert "Nguyễn Thị Ánh" in page(hr, address)
    assert AuditEvent.objects.filter(act="official.viewed", payload__page="incident").count() == 1
    said = {"act": "told", "told": "superior", "on": f"{TODAY():%d/%m/%Y}"}
    assert hr.post(address, said).status_code == 302
    assert hr.post(address, {"act": "close", "outcome": "recovered"}).status_code == 302
    assert "Nguyễn Thị Ánh" not in page(hr, "/hr/incidents/")
    assert "Nguyễn Thị Ánh" in page(hr, "/hr/incidents/?closed=1")

    elsewhere = UserFactory.create()
    RoleGrantFactory.create(user=elsewhere)
    stranger = signed_in(elsewhere)
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, said).status_code == 404
    assert "Nguyễn Thị Ánh" not in page(stranger, "/hr/incidents/?closed=1")
    colleague = signed_in(UserFactory.create(official=OfficialFactory.create()))
    assert colleague.get(f"/me/incidents/{found.public_id}/").status_code == 404


def test_code_is_read_and_accepted_once(browser: Client, official: Official):
    bind(official, "code-2026")
    assert "Đọc và chấp thuận quy tắc ứng xử" in page(browser, "/me/")
    assert "Tôi đã đọc và chấp thuận" in page(browser, "/me/code/")
    assert browser.post("/me/code/", {"version": "1"}).status_code == 302
    assert browser.post("/me/code/", {"version": "1"}).status_code == 302
    assert CodeAcceptance.objects.filter(official=official).count() == 1
    assert "Tôi đã đọc và chấp thuận" not in page(browser, "/me/code/")
    assert "Đọc và chấp thuận quy tắc ứng xử" not in page(browser, "/me/")


@pytest.mark.parametrize("version", ["0", "2", "x", ""])
def test_code_of_another_wording_is_not_accepted(browser: Client, version: str):
    assert browser.post("/me/code/", {"version": version}).status_code == 409
    assert not CodeAcceptance.objects.exists()


def test_code_is_not_asked_where_the_profile_does_not(browser: Client):
    assert "Đọc và chấp thuận quy tắc ứng xử" not in page(browser, "/me/")
