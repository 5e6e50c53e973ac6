import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import services as book
from accounts.models import AgencyRecord, Regulation
from registry.findings import services as findings
from registry.lookup.answers import Verdict, answer
from registry.lookup.questions import read_question
from registry.rules.profiles import PROFILES
from registry.users.models import User
from tests.factories import EntryFactory
from tests.registry.people import Country


def at(name: str, country: Country) -> str:
    """A page of the health department."""
    return reverse(f"reviewer:{name}", args=[country.health.code])


def record_of(country: Country) -> AgencyRecord:
    """What is recorded of the health department now."""
    return AgencyRecord.objects.current().get(agency=country.health)


def test_contact_is_changed(country: Country, hr: Client):
    said = {"contact_email": "tccb@yte.gov.vn", "contact_phone": "0239 385", "record": record_of(country).pk}
    assert hr.post(at("contact", country), said).status_code == 302
    assert record_of(country).contact_email == "tccb@yte.gov.vn"
    assert "tccb@yte.gov.vn" in hr.get(at("agency", country)).content.decode()


def test_contact_changed_meanwhile_says_by_whom(
    country: Country, hr: Client, signed_in: Callable[[User], Client]
):
    said = {"contact_email": "a@yte.gov.vn", "contact_phone": "", "record": record_of(country).pk}
    assert signed_in(country.hr2).post(at("contact", country), said).status_code == 302
    answer = hr.post(at("contact", country), said | {"contact_email": "b@yte.gov.vn"})
    assert answer.status_code == 409
    assert "Lê Thị Mai" in answer.content.decode()
    assert record_of(country).contact_email == "a@yte.gov.vn"


def record_portal(country: Country, hr: Client, portal: str) -> Any:
    said = {"contact_email": "", "contact_phone": "", "portal_url": portal}
    return hr.post(at("contact", country), said | {"record": record_of(country).pk})


def test_portal_is_recorded_and_citizens_are_told(country: Country, hr: Client):
    assert record_portal(country, hr, "soyte.tinhmot.gov.vn").status_code == 302
    assert record_of(country).portal_url == "https://soyte.tinhmot.gov.vn"
    assert "soyte.tinhmot.gov.vn" in hr.get(at("agency", country)).content.decode()
    assert answer(read_question("http://www.soyte.tinhmot.gov.vn/")).verdict is Verdict.OFFICIAL
    assert record_portal(country, hr, "").status_code == 302
    assert answer(read_question("soyte.tinhmot.gov.vn")).verdict is not Verdict.OFFICIAL


@pytest.mark.parametrize(
    ("portal", "words"),
    [
        ("không có", "Đây không phải địa chỉ web"),
        ("javascript:alert(1)", "Đây không phải địa chỉ web"),
        ("https://soyte-tinhmot.com/", "Chỉ ghi được cổng thông tin thuộc gov.vn"),
        ("https://www.facebook.com/soyte", "Chỉ ghi được cổng thông tin thuộc gov.vn"),
        ("https://gov.vn.example.com/", "Chỉ ghi được cổng thông tin thuộc gov.vn"),
        ("www.sovanhoa.gov.vn/a", "là cổng của cơ quan khác"),
    ],
)
def test_portal_that_cannot_be_the_agency_s_is_refused(country: Country, hr: Client, portal: str, words: str):
    book.amend_agency(agency=country.culture, by=None, portal_url="https://sovanhoa.gov.vn/")
    refused = record_portal(country, hr, portal)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert record_of(country).portal_url == ""


def test_portal_may_be_below_or_with_that_of_an_agency_above(country: Country, hr: Client):
    book.amend_agency(agency=country.province, by=None, portal_url="https://tinhmot.vn/")
    for portal in ("https://soyte.tinhmot.vn/", "https://tinhmot.vn/soyte"):
        assert record_portal(country, hr, portal).status_code == 302
        assert record_of(country).portal_url == portal


REGULATION = {
    "number": "12/QĐ-SYT",
    "issued_on": "01/03/2026",
    "in_force_from": "15/03/2026",
    "obliges_declaration": "on",
    "days_to_declare": "30",
}


def test_regulation_is_recorded_and_corrected(country: Country, hr: Client):
    assert hr.post(at("regulation", country), REGULATION).status_code == 302
    kept = Regulation.objects.current().get(agency=country.health)
    assert (kept.in_force_from, kept.days_to_declare) == (dt.date(2026, 3, 15), 30)
    form = hr.get(at("regulation", country), {"number": kept.number}).context["form"]
    assert form["days_to_declare"].value() == 30
    assert hr.post(at("regulation", country), REGULATION | {"days_to_declare": "60"}).status_code == 302
    assert Regulation.objects.current().get(agency=country.health).days_to_declare == 60


def test_regulation_gives_parameters_and_says_where_they_come_from(country: Country, hr: Client):
    said = REGULATION | {"photo_max_age_days": "400", "minimum_administrators": "3"}
    assert hr.post(at("regulation", country), said).status_code == 302
    kept = Regulation.objects.current().get(agency=country.health)
    assert (kept.photo_max_age_days, kept.minimum_administrators) == (400, 3)
    told = {
        label: (value, number, of)
        for label, value, number, of in hr.get(at("agency", country)).context["numbers"]
    }
    assert list(told.values()) == [
        (30, "12/QĐ-SYT", ""),
        (None, "", ""),
        (400, "12/QĐ-SYT", ""),
        (3, "12/QĐ-SYT", ""),
    ]


def test_agency_shows_from_whom_profile_and_numbers_are_inherited(
    country: Country, hr: Client, hr_province: Client
):
    record = AgencyRecord.objects.current().get(agency=country.province)
    said = {"profile": "province-with-duty-to-declare", "record": record.pk, "sure": "yes"}
    assert (
        hr_province.post(reverse("reviewer:profile", args=[country.province.code]), said).status_code == 302
    )
    answer = hr.get(at("agency", country))
    assert answer.context["profile_of"].agency_id == country.province.pk
    assert answer.context["numbers"][0][1:] == (30, "", "UBND tỉnh Một")
    assert answer.context["chosen"] == []
    of_province = hr_province.get(reverse("reviewer:agency", args=[country.province.code]))
    assert [name for name, _record in of_province.context["chosen"]] == [
        PROFILES["province-with-duty-to-declare"].name_vi
    ]
    assert "Vũ Thị Hạnh" in of_province.content.decode()


def test_regulation_corrected_meanwhile_is_a_conflict(country: Country, hr: Client):
    hr.post(at("regulation", country), REGULATION)
    seen = hr.get(at("regulation", country), {"number": "12/QĐ-SYT"}).context["form"]["record"].value()
    said = REGULATION | {"days_to_declare": "60", "record": seen}
    assert hr.post(at("regulation", country), said).status_code == 302
    answer = hr.post(at("regulation", country), said | {"days_to_declare": "90"})
    assert answer.status_code == 409
    assert "Phạm Văn Hòa" in answer.content.decode()
    assert Regulation.objects.current().get().days_to_declare == 60


def test_regulation_is_struck_out_after_it_was_asked(country: Country, hr: Client):
    hr.post(at("regulation", country), REGULATION)
    kept = Regulation.objects.current().get()
    asked = hr.get(at("strike", country), {"number": kept.number})
    assert "12/QĐ-SYT" in asked.content.decode()
    assert Regulation.objects.current().exists()
    said = {"number": kept.number, "record": kept.pk}
    for seen in (kept.pk + 1, "", "abc"):
        assert hr.post(at("strike", country), said | {"record": seen}).status_code == 409
    assert hr.post(at("strike", country), said).status_code == 302
    assert not Regulation.objects.current().exists()
    assert Regulation.objects.get().recorded_until is not None  # that it was recorded stays
    assert hr.post(at("strike", country), said).status_code == 404


def test_strike_of_another_agencys_regulation_is_not_there(
    country: Country, hr: Client, signed_in: Callable[[User], Client]
):
    hr.post(at("regulation", country), REGULATION)
    kept = Regulation.objects.current().get()
    said = {"number": kept.number, "record": kept.pk}
    assert signed_in(country.hr_culture).post(at("strike", country), said).status_code == 404
    own = reverse("reviewer:strike", args=[country.culture.code])
    assert signed_in(country.hr_culture).post(own, said).status_code == 404
    assert Regulation.objects.current().exists()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("days_to_declare", {"days_to_declare": ""}),
        ("issued_on", {"issued_on": "32/13/2026"}),
        ("in_force_until", {"in_force_until": "01/01/2020"}),
        ("number", {"number": ""}),
    ],
)
def test_regulation_refuses_at_its_field(country: Country, hr: Client, field: str, change: dict[str, str]):
    answer = hr.post(at("regulation", country), REGULATION | change)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Regulation.objects.exists()


def test_profile_is_changed_only_after_it_was_explained(country: Country, hr: Client):
    said = {"profile": "defence", "record": record_of(country).pk}
    asked = hr.post(at("profile", country), said)
    assert asked.status_code == 200
    assert PROFILES["defence"].description_vi[:40] in asked.content.decode()
    assert record_of(country).profile is None
    assert hr.post(at("profile", country), said | {"sure": "yes"}).status_code == 302
    assert record_of(country).profile == PROFILES["defence"].number
    back = {"profile": "", "record": record_of(country).pk, "sure": "yes"}
    assert hr.post(at("profile", country), back).status_code == 302
    assert record_of(country).profile is None


def test_profile_nobody_knows_is_refused(country: Country, hr: Client):
    answer = hr.post(at("profile", country), {"profile": "x", "record": record_of(country).pk, "sure": "yes"})
    assert answer.status_code == 422
    assert record_of(country).profile is None


def test_findings_are_filtered_by_rule_and_unit(country: Country, hr_province: Client):
    EntryFactory.create(facts__official=country.lan, facts__name_shown="Mẹ Bắp")
    findings.run_changed()
    address = reverse("reviewer:findings")
    every = hr_province.get(address).context["told"]
    assert {told.finding.rule for told in every} >= {"ACC-02", "ACC-03"}
    assert {told.who.full_name for told in every if told.who} == {"Trần Thị Lan"}
    assert {told.finding.rule[:3] for told in every if not told.who} <= {"AGE"}
    only = hr_province.get(address, {"rule": "ACC-02"}).context["told"]
    assert [told.finding.rule for told in only] == ["ACC-02"]
    elsewhere = hr_province.get(address, {"unit": country.culture.code}).context["told"]
    assert not [told for told in elsewhere if told.who]
    assert hr_province.get(address, {"rule": "NO-99"}).status_code == 422


def test_findings_are_paged_by_key(country: Country, hr: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("registry.web.reviewer.findings.SIZE", 2)
    EntryFactory.create(facts__official=country.lan, facts__name_shown="Mẹ Bắp")
    findings.run_changed()
    address, seen, cursor = reverse("reviewer:findings"), [], ""
    while True:
        answer = hr.get(address, {"after": cursor})
        seen += [told.finding.pk for told in answer.context["told"]]
        cursor = answer.context["page"].next_cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen)) >= 3
