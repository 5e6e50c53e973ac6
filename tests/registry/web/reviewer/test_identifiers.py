"""HR's page of what an account is known by: recorded, left to the person's own statement, struck out."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccountIdentifier, Entry
from accounts.platforms import Link, recognise
from common.audit.models import AuditEvent
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.findings.models import Finding, State
from registry.findings.services import run_changed
from registry.users.models import Role, User
from tests.factories import AccountFactory, EntryFactory, OfficialFactory, RoleGrantFactory
from tests.registry.people import Country

pytestmark = pytest.mark.django_db

ID = "https://www.facebook.com/profile.php?id=100012345678901"


@pytest.fixture
def entry(country: Country) -> Entry:
    return EntryFactory.create(facts__official=country.lan)


def at(entry: Entry) -> str:
    return reverse("reviewer:identifiers", args=[entry.account.public_id])


def strike_at(entry: Entry, identifier: AccountIdentifier) -> str:
    return reverse("reviewer:strike_identifier", args=[entry.account.public_id, identifier.pk])


def page(browser: Client, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def permanent(entry: Entry) -> list[AccountIdentifier]:
    return list(AccountIdentifier.objects.current().filter(account=entry.account, kind="permanent_id"))


def test_recording_shows_back_first_and_the_person_sees_who_did_it(
    country: Country, entry: Entry, hr: Client, signed_in: Callable[[User], Client]
):
    run_changed()
    assert at(entry) in page(hr, reverse("reviewer:official", args=[country.lan.public_id]))
    finding = Finding.objects.get(rule="ACC-19", subject_id=entry.account_id)
    assert at(entry) in page(hr, reverse("reviewer:finding", args=[finding.public_id]))
    assert "Tìm mã ở đâu" in page(hr, at(entry))
    shown = hr.post(at(entry), {"link": ID})
    assert "100012345678901" in shown.content.decode()
    assert permanent(entry) == []
    done = hr.post(at(entry), {"link": ID, "confirmed": "1"}, follow=True)
    assert "Đã ghi mã định danh cố định" in done.content.decode()
    (recorded,) = permanent(entry)
    assert recorded.recorded_by == country.hr
    declaration = Declaration.objects.get(kind="identify")
    told = page(signed_in(country.lan_login), f"/me/declarations/{declaration.public_id}/")
    assert "Phạm Văn Hòa" in told
    assert "100012345678901" in told
    run_changed()
    assert at(entry) not in page(hr, reverse("reviewer:finding", args=[finding.public_id]))


def test_a_case_of_a_stated_id_shows_it_and_approving_records_it(country: Country, entry: Entry, hr: Client):
    lan = country.lan_login
    sent = services.state_permanent_id(account=entry.account, link=_link(), link_text=ID, by=lan)
    case = page(hr, reverse("reviewer:case", args=[sent.public_id]))
    assert "100012345678901" in case
    assert "Duyệt và ghi mã" in case
    assert 'name="link"' in case
    assert 'name="photo"' not in case  # only the link can be wrong
    assert "Kết quả đối chiếu quy tắc" not in case
    assert "Mã định danh cố định" in page(hr, reverse("reviewer:queue"))
    hr.post(reverse("reviewer:approve", args=[sent.public_id]), {"version": sent.version})
    assert [one.key for one in permanent(entry)] == ["100012345678901"]


def test_a_case_whose_id_became_anothers_says_so(country: Country, entry: Entry, hr: Client):
    lan = country.lan_login
    sent = services.state_permanent_id(account=entry.account, link=_link(), link_text=ID, by=lan)
    other = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.health))
    services.record_permanent_id(account=other.account, link=_link(), link_text=ID, by=country.hr2)
    answer = hr.post(reverse("reviewer:approve", args=[sent.public_id]), {"version": sent.version})
    assert answer.status_code == 409
    assert permanent(entry) == []
    back = hr.post(
        reverse("reviewer:return", args=[sent.public_id]), {"version": sent.version, "link": "Trang khác"}
    )
    assert back.status_code == 302


def test_recording_what_the_person_stated_leads_to_their_statement(
    country: Country, entry: Entry, hr: Client
):
    lan = country.lan_login
    sent = services.state_permanent_id(account=entry.account, link=_link(), link_text=ID, by=lan)
    answer = hr.post(at(entry), {"link": "100099999999999", "confirmed": "1"})
    assert answer.status_code == 422
    assert reverse("reviewer:case", args=[sent.public_id]) in answer.content.decode()
    assert permanent(entry) == []


@pytest.mark.parametrize("link", ["", "https://www.facebook.com/ten.khac", "https://x.com/i/user/44196397"])
def test_recording_what_is_no_permanent_id_is_refused(entry: Entry, hr: Client, link: str):
    answer = hr.post(at(entry), {"link": link, "confirmed": "1"})
    assert answer.status_code == 422
    assert 'id="id_link_error"' in answer.content.decode()
    assert permanent(entry) == []


def test_striking_out_asks_first(country: Country, entry: Entry, hr: Client):
    services.record_permanent_id(account=entry.account, link=_link(), link_text=ID, by=country.hr2)
    (wrong,) = permanent(entry)
    assert strike_at(entry, wrong) in page(hr, at(entry))
    assert "Gỡ bỏ mã định danh cố định này?" in page(hr, strike_at(entry, wrong))
    assert permanent(entry) == [wrong]
    assert hr.post(strike_at(entry, wrong))["Location"] == at(entry)
    assert permanent(entry) == []
    assert hr.post(strike_at(entry, wrong)).status_code == 404
    event = AuditEvent.objects.get(act="identifier.struck")
    assert event.actor_id == country.hr.pk


def test_striking_out_the_only_one_or_a_name_is_refused(country: Country, entry: Entry, hr: Client):
    name = entry.account.identifiers.get()
    assert strike_at(entry, name) not in page(hr, at(entry))
    assert hr.post(strike_at(entry, name)).status_code == 422
    only = EntryFactory.create(facts__official=country.lan, facts__account=AccountFactory.create(url=ID))
    (known,) = permanent(only)
    assert strike_at(only, known) not in page(hr, at(only))
    assert hr.post(strike_at(only, known)).status_code == 422
    assert permanent(only) == [known]


def test_striking_out_an_identifier_of_another_account_is_not_there(
    country: Country, entry: Entry, hr: Client
):
    foreign = EntryFactory.create(
        facts__official=OfficialFactory.create(agency=country.culture),
        facts__account=AccountFactory.create(url=ID),
    )
    (theirs,) = permanent(foreign)
    assert hr.post(strike_at(entry, theirs)).status_code == 404
    assert permanent(foreign) == [theirs]


def test_the_page_is_there_for_hr_of_the_branch_alone(
    country: Country, entry: Entry, stranger: Client, signed_in: Callable[[User], Client]
):
    services.record_permanent_id(account=entry.account, link=_link(), link_text=ID, by=country.hr2)
    (known,) = permanent(entry)
    auditor = RoleGrantFactory.create(agency=country.health, role=Role.AUDITOR).user
    others = (country.hr_culture, country.lan_login, auditor)
    for browser in (stranger, *map(signed_in, others)):
        for where in (at(entry), strike_at(entry, known)):
            assert browser.get(where).status_code == 404
            assert browser.post(where, {"link": "100099999999999", "confirmed": "1"}).status_code == 404
    assert permanent(entry) == [known]


def test_an_account_of_an_agency_has_no_such_page(country: Country, hr: Client):
    of_agency = EntryFactory.create(facts__official=None, facts__agency=country.health)
    assert hr.get(at(of_agency)).status_code == 404


def test_ones_own_account_goes_the_way_of_everybody(country: Country, signed_in: Callable[[User], Client]):
    own = OfficialFactory.create(agency=country.health)
    User.objects.filter(pk=country.hr.pk).update(official=own)
    browser = signed_in(User.objects.get(pk=country.hr.pk))
    entry = EntryFactory.create(facts__official=own)
    assert reverse("official:permanent_id", args=[entry.account.public_id]) in page(browser, at(entry))
    assert browser.post(at(entry), {"link": ID, "confirmed": "1"}).status_code == 403
    assert permanent(entry) == []


def test_looking_is_written_down(country: Country, entry: Entry, hr: Client):
    page(hr, at(entry))
    seen = AuditEvent.objects.get(act="official.viewed")
    assert (seen.subject_id, seen.payload["page"]) == (country.lan.pk, "identifiers")


def _link() -> Link:
    return recognise(ID)


def test_a_new_name_in_the_address_is_shown_back_recorded_and_found(entry: Entry, hr: Client):
    where = reverse("reviewer:handle", args=[entry.account.public_id])
    new = "https://www.facebook.com/lan.moi.2026"
    refused = hr.post(where, {"link": new, "confirmed": "1"})
    assert refused.status_code == 422
    assert "mã định danh cố định" in refused.content.decode()  # without it nobody knows that it is the same
    hr.post(at(entry), {"link": ID, "confirmed": "1"})
    assert where in page(hr, at(entry))
    shown = hr.post(where, {"link": new})
    assert "lan.moi.2026" in shown.content.decode()
    assert not AccountIdentifier.objects.filter(key="lan.moi.2026").exists()
    done = hr.post(where, {"link": new, "confirmed": "1"}, follow=True)
    assert "Đã ghi tên mới" in done.content.decode()
    named = AccountIdentifier.objects.filter(account=entry.account).exclude(kind="permanent_id")
    assert [one.shown for one in named.current()] == ["lan.moi.2026"]
    run_changed()
    assert Finding.objects.get(rule="ACC-19", subject_id=entry.account_id).state == State.OPEN


def test_an_address_without_a_name_is_no_new_name(entry: Entry, hr: Client):
    hr.post(at(entry), {"link": ID, "confirmed": "1"})
    answer = hr.post(reverse("reviewer:handle", args=[entry.account.public_id]), {"link": ID})
    assert answer.status_code == 422
