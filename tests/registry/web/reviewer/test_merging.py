import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from accounts.models import AgencyRecord, Comparison, OfficialRecord, Reorganisation, Standing
from accounts.platforms import recognise
from registry.findings import services as findings
from registry.findings.models import Finding
from registry.users.models import Role, User
from registry.users.policies import branches_of
from tests.factories import (
    AgencyFactory,
    DeclarationFactory,
    EntryFactory,
    InvitationFactory,
    OfficialFactory,
    RegulationFactory,
)
from tests.registry.people import Country, officer


def today(ahead: int = 0) -> str:
    return f"{timezone.localdate() + dt.timedelta(days=ahead):%d/%m/%Y}"


def said(country: Country, **facts: str) -> dict[str, str]:
    """The form as filled in: health merges into culture today."""
    return {
        "into": country.culture.code, "on": today(), "number": "12/QĐ-UBND", "decided_on": "05/01/2026",
        **facts,
    }  # fmt: skip


def where(country: Country) -> str:
    return reverse("reviewer:merge", args=[country.health.code])


def merge(browser: Client, country: Country, **facts: str) -> Any:
    return browser.post(where(country), said(country, **facts))


def shown(page: Any) -> str:
    return str(page.content.decode())


def unit_of(country: Country) -> Any:
    return OfficialRecord.objects.current().get(official=country.lan).agency


def test_merge_asks_first_and_offers_the_officers_units(country: Country, hr_province: Client):
    page = hr_province.get(where(country))
    assert page.status_code == 200
    assert "Sở Văn hóa" in shown(page)
    assert "UBND tỉnh Hai" not in shown(page)
    assert page.context["outside"] == "Chính phủ"
    assert "units" not in page.context["form"].fields  # it has none


def test_merge_previews_whom_and_what_it_touches(country: Country, hr_province: Client):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Nghiệp vụ", kind="unit")
    OfficialFactory.create(agency=ward)
    EntryFactory.create(facts__official=country.lan, facts__agency_shown="Sở Y tế")
    EntryFactory.create(facts__official=None, facts__agency=country.health)
    DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)
    invited = OfficialFactory.create(agency=country.health)
    InvitationFactory.create(official=invited)
    RegulationFactory.create(agency=country.health, number="7/QĐ-SYT")
    officer(country.health, "Trịnh Thị Thu", role=Role.AUDITOR)
    findings.run_changed()
    page = hr_province.get(where(country), said(country, units="under"))
    assert page.status_code == 200
    touched = page.context["touched"]
    assert (touched.people.count, touched.old_name.count, touched.declarations.count) == (2, 1, 1)
    assert (touched.invitations.count, touched.grants.count, touched.regulations.count) == (1, 3, 1)
    assert touched.pages.count == 1
    assert [(row.name, number) for row, number in touched.moving.rows] == [("Phòng Nghiệp vụ", 1)]
    for word in ("Trần Thị Lan", "7/QĐ-SYT", "Trịnh Thị Thu"):
        assert word in shown(page)
    into = hr_province.get(where(country), said(country, units="into")).context["touched"]
    assert (into.people.count, into.ending.count, into.moving.count) == (3, 2, 0)
    assert unit_of(country) == country.health  # nothing was done


def test_merge_is_done_and_told(country: Country, hr_province: Client):
    answer = merge(hr_province, country, expected="1")
    done = Reorganisation.objects.get()
    assert answer["Location"] == reverse("reviewer:merger", args=[done.public_id])
    assert unit_of(country) == country.culture
    page = shown(hr_province.get(answer["Location"]))
    assert "12/QĐ-UBND" in page
    assert "Vũ Thị Hạnh" in page
    agency = shown(hr_province.get(reverse("reviewer:agency", args=[country.health.code])))
    assert str(done.public_id) in agency
    assert where(country) not in agency
    assert hr_province.get(where(country)).status_code == 302


def test_merge_lets_officers_of_the_successor_reach_what_went_into_it(country: Country, hr_province: Client):
    before = branches_of(country.hr_culture)
    merge(hr_province, country)
    health = AgencyRecord.objects.current().get(agency=country.health).path
    assert set(branches_of(country.hr_culture)) == {*before, health}


def test_merge_is_followed_by_the_check_of_everybody_concerned(country: Country, hr_province: Client):
    EntryFactory.create(facts__official=country.lan, facts__agency_shown="Sở Y tế")
    findings.run_changed()
    assert not Finding.objects.filter(rule="ACC-05", state="open").exists()
    merge(hr_province, country)
    findings.run_changed()
    row = Comparison.objects.get(official_id=country.lan.pk)
    culture = AgencyRecord.objects.current().get(agency=country.culture)
    assert (row.agency_id, row.agency_path) == (country.culture.pk, culture.path)
    assert row.agency_shown_until == timezone.localdate()


def test_merge_of_other_people_than_were_shown_is_refused(country: Country, hr_province: Client):
    assert merge(hr_province, country, expected="7").status_code == 409
    assert unit_of(country) == country.health


def test_merge_twice_is_refused_in_words(country: Country, hr_province: Client):
    assert merge(hr_province, country, on=today(3)).status_code == 302
    assert merge(hr_province, country, on=today(3)).status_code == 409
    assert Reorganisation.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"into": ""}, "into"),
        ({"on": "32/13/2026"}, "on"),
        ({"on": "01/01/2999"}, "on"),
        ({"number": ""}, "number"),
        ({"decided_on": "01/01/2999"}, "decided_on"),
        ({"units": "elsewhere"}, "units"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_merge_filled_in_wrongly_says_where(
    country: Country, hr_province: Client, facts: dict[str, str], field: str, method: str
):
    AgencyFactory.create(parent=country.health, kind="unit")
    answer = getattr(hr_province, method)(where(country), said(country, units="under") | facts)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Reorganisation.objects.exists()


def test_merge_into_itself_or_its_own_part_is_refused(country: Country, hr_province: Client):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Nghiệp vụ", kind="unit")
    for code in (country.health.code, ward.code):
        answer = merge(hr_province, country, into=code, units="under")
        assert answer.status_code == 422
        assert "into" in answer.context["form"].errors


def test_merge_of_or_into_anothers_unit_is_not_there(country: Country, hr: Client, stranger: Client):
    assert merge(stranger, country).status_code == 404
    assert hr.get(where(country)).status_code == 200
    for code in (country.culture.code, country.elsewhere.code):  # outside the branch of health's officer
        assert merge(hr, country, into=code).status_code == 404
    assert not Reorganisation.objects.exists()


def test_merge_by_an_officer_of_the_unit_alone_offers_nothing_above(
    country: Country, hr: Client, hr_province: Client
):
    AgencyFactory.create(parent=country.health, kind="unit")
    offered = [code for code, _label in hr.get(where(country)).context["form"].fields["units"].choices]
    assert offered == ["under", "into"]
    wider = hr_province.get(where(country)).context["form"].fields["units"].choices
    assert [code for code, _label in wider] == ["under", "above", "into"]


def test_merger_decided_ahead_waits_and_is_cancelled(country: Country, hr_province: Client):
    day = today(9)
    merge(hr_province, country, on=day)
    done = Reorganisation.objects.get()
    page = hr_province.get(reverse("reviewer:merger", args=[done.public_id]))
    assert day in shown(page)
    assert page.context["touched"].people.count == 1
    back = reverse("reviewer:merger_take_back", args=[done.public_id])
    assert hr_province.get(back).status_code == 200
    assert hr_province.post(back, {"state": "planned"}).status_code == 302
    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        assert book.carry_out_due() == 0
    assert hr_province.post(back, {"state": "planned"}).status_code == 409


def test_merger_carried_out_meanwhile_is_not_cancelled_by_an_old_page(country: Country, hr_province: Client):
    merge(hr_province, country)
    back = reverse("reviewer:merger_take_back", args=[Reorganisation.objects.get().public_id])
    assert hr_province.post(back, {"state": "planned"}).status_code == 409
    assert unit_of(country) == country.culture


def test_merger_that_became_impossible_says_why(country: Country, hr_province: Client):
    merge(hr_province, country, on=today(1))
    book.amend_agency(agency=country.culture, by=None, dissolved_on=timezone.localdate())
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        book.carry_out_due()
    done = Reorganisation.objects.get()
    page = hr_province.get(reverse("reviewer:merger", args=[done.public_id]))
    assert page.context["trouble"]
    assert 'role="alert"' in shown(page) or "cd-bad" in shown(page)


def test_merger_is_undone_while_nobody_went_on(country: Country, hr_province: Client):
    merge(hr_province, country)
    one = reverse("reviewer:merger", args=[Reorganisation.objects.get().public_id])
    back = f"{one}take-back/"
    assert back in shown(hr_province.get(one))
    assert hr_province.post(back, {"state": "done"}).status_code == 302
    assert unit_of(country) == country.health
    assert back not in shown(hr_province.get(one))
    assert hr_province.post(back, {"state": "done"}).status_code == 409
    assert hr_province.get(back).status_code == 200


def test_merger_gone_on_from_says_so(country: Country, hr_province: Client):
    merge(hr_province, country)
    book.amend_official(official=country.lan, by=None, position="Trưởng phòng")
    one = reverse("reviewer:merger", args=[Reorganisation.objects.get().public_id])
    assert f"{one}take-back/" not in shown(hr_province.get(one))
    assert hr_province.post(f"{one}take-back/", {"state": "done"}).status_code == 409


def test_merger_is_there_for_whoever_has_both_units(
    country: Country, hr_province: Client, hr: Client, signed_in: Callable[[User], Client], stranger: Client
):
    merge(hr_province, country)
    one = reverse("reviewer:merger", args=[Reorganisation.objects.get().public_id])
    assert signed_in(country.hr_culture).get(one).status_code == 200  # health is theirs now
    for browser in (hr, stranger):
        assert browser.get(one).status_code == 404
        assert browser.post(f"{one}take-back/", {"state": "done"}).status_code == 404


def test_merge_preview_asks_as_often_for_many_as_for_few(country: Country, hr_province: Client):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert hr_province.get(where(country), said(country, units="under")).status_code == 200
        return len(queries)

    AgencyFactory.create(parent=country.health, kind="unit")
    EntryFactory.create(facts__official=country.lan, facts__agency_shown="Sở Y tế")
    findings.run_changed()
    asked()
    few = asked()
    for _each in range(4):
        person = OfficialFactory.create(agency=AgencyFactory.create(parent=country.health, kind="unit"))
        EntryFactory.create(facts__official=person)
        someone = OfficialFactory.create(agency=country.health)
        EntryFactory.create(facts__official=someone, facts__agency_shown="Sở Y tế")
    findings.run_changed()
    asked()
    assert asked() == few


def test_merger_says_which_pages_go_back_and_which_stay_and_why(country: Country, hr_province: Client):
    def said_of(link: str, agency: Any, name: str) -> Any:
        account = book.account_for(link=recognise(link), by=None)
        facts = book.state_page(account=account, agency=agency, name_shown=name, administrators=[], by=None)
        if book.owner_of(account) is not None:
            book.transfer(account=account, to=agency, by=None)
        book.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
        return account

    first, second = "https://www.facebook.com/soyte.mot", "https://www.tiktok.com/@soyte.hai"
    for link in (first, second):
        said_of(link, country.health, "Sở Y tế")
    merge(hr_province, country)
    done = Reorganisation.objects.get()
    moved = [said_of(link, country.culture, "Sở Văn hóa") for link in (first, second)]
    changed = book.state_page(
        account=moved[1], agency=country.culture, name_shown="Sở Văn hóa mới", administrators=[], by=None
    )
    book.enter(facts=changed, standing=Standing.CONFIRMED, by=None)
    back = reverse("reviewer:merger_take_back", args=[done.public_id])
    for address in (reverse("reviewer:merger", args=[done.public_id]), back):
        page = shown(hr_province.get(address))
        assert "trở về Sở Y tế như trước khi chuyển" in page
        assert "vẫn thuộc Sở Văn hóa vì thông tin khai về trang đã được sửa sau đó" in page
    assert hr_province.post(back, {"state": "done"}).status_code == 302
    owners = [book.owner_of(account) for account in moved]
    assert [owner.agency for owner in owners if owner] == [country.health, country.culture]
