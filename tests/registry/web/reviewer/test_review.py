from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Entry, Ownership
from common.audit.models import AuditEvent
from registry.declarations import services
from registry.declarations.models import Declaration
from registry.findings import services as findings
from registry.users.models import User
from registry.web.reviewer import disputes
from tests.factories import DeclarationFactory, EntryFactory, OfficialFactory
from tests.registry.people import Country, officer


@pytest.fixture
def declaration(country: Country) -> Declaration:
    """Lan's, before HR."""
    return DeclarationFactory.create(official=country.lan, by=country.lan_login, submitted=True)


def at(name: str, declaration: Declaration) -> str:
    """An address of a declaration."""
    return reverse(f"reviewer:{name}", args=[declaration.public_id])


def test_queue_is_oldest_first(country: Country, hr: Client, declaration: Declaration):
    other = OfficialFactory.create(agency=country.health)
    later = DeclarationFactory.create(official=other, submitted=True)
    Declaration.objects.filter(pk=declaration.pk).update(submitted_at=timezone.now() + timedelta(hours=1))
    rows = hr.get(reverse("reviewer:queue")).context["rows"]
    assert [row["declaration"].pk for row in rows] == [later.pk, declaration.pk]


def test_queue_is_empty_for_another_branch(stranger: Client, declaration: Declaration):
    assert declaration.pk
    answer = stranger.get(reverse("reviewer:queue"))
    assert answer.context["rows"] == []


def test_case_sets_side_by_side_and_marks_what_changed(country: Country, hr: Client):
    before = EntryFactory.create(facts__official=country.lan, facts__name_shown="Trần Thị Lan")
    change = DeclarationFactory.create(
        official=country.lan,
        by=country.lan_login,
        url=before.account.identifiers.get().url,
        name_shown="Lan Trần",
        submitted=True,
    )
    findings.run_changed()
    answer = hr.get(at("case", change))
    name = next(line for line in answer.context["lines"] if line.part == "name_shown")
    assert (name.on_record, name.declared, name.before) == ("Trần Thị Lan", "Lan Trần", "Trần Thị Lan")
    assert name.changed
    assert [line.part for line in answer.context["lines"] if line.changed] == ["name_shown", "commitments"]
    assert "ACC-02" in {rule.code for rule, _kind, _words in answer.context["to_look_at"]}
    assert answer.context["in_line"]


def test_case_before_the_rules_looked_says_so(hr: Client, declaration: Declaration):
    answer = hr.get(at("case", declaration))
    assert not answer.context["looked_at"]
    assert "chưa đối chiếu" in answer.content.decode()


def test_approve_goes_on_to_the_next(country: Country, hr: Client, declaration: Declaration):
    other = DeclarationFactory.create(official=OfficialFactory.create(agency=country.health), submitted=True)
    answer = hr.post(at("approve", declaration), {"version": declaration.version})
    assert answer["Location"] == at("case", other)
    declaration.refresh_from_db()
    assert (declaration.state, declaration.decided_by) == ("approved", country.hr)
    last = hr.post(at("approve", other), {"version": other.version})
    assert last["Location"] == reverse("reviewer:queue")


@pytest.mark.parametrize("version", ["", "abc", "999"])
def test_approve_of_another_version_is_a_conflict(hr: Client, declaration: Declaration, version: str):
    assert hr.post(at("approve", declaration), {"version": version}).status_code == 409
    declaration.refresh_from_db()
    assert declaration.state == "submitted"


@pytest.mark.parametrize("act", ["approve", "return"])
def test_second_of_two_officers_is_told_who_was_first(
    country: Country, hr: Client, signed_in: Callable[[User], Client], declaration: Declaration, act: str
):
    seen = {"version": declaration.version, "whole": "Xem lại"}
    assert signed_in(country.hr2).post(at("approve", declaration), seen).status_code == 302
    answer = hr.post(at(act, declaration), seen)
    assert answer.status_code == 409
    assert "Lê Thị Mai" in answer.context["conflict"]
    declaration.refresh_from_db()
    assert (declaration.state, declaration.decided_by) == ("approved", country.hr2)


def test_return_keeps_the_reasons_by_field(country: Country, hr: Client, declaration: Declaration):
    said = {"version": declaration.version, "photo": "Ảnh mờ", "whole": "Xem lại"}
    assert hr.post(at("return", declaration), said).status_code == 302
    declaration.refresh_from_db()
    assert declaration.state == "returned"
    assert declaration.reasons == {"photo": "Ảnh mờ", "": "Xem lại"}
    assert "Ảnh mờ" in hr.get(at("case", declaration)).content.decode()
    services.submit(declaration=declaration, by=country.lan_login)
    assert hr.get(reverse("reviewer:queue")).context["rows"][0]["is_again"]


@pytest.mark.parametrize("said", [{}, {"photo": "   "}, {"photo": "x" * 1001}])
def test_return_without_a_usable_reason_is_refused(
    hr: Client, declaration: Declaration, said: dict[str, str]
):
    answer = hr.post(at("return", declaration), said | {"version": declaration.version})
    assert answer.status_code == 422
    assert answer.context["return_form"].errors
    declaration.refresh_from_db()
    assert declaration.state == "submitted"


def test_own_declaration_is_shown_but_not_decided(country: Country, signed_in: Callable[[User], Client]):
    mai = OfficialFactory.create(agency=country.culture, full_name="Cô Mai")
    only = officer(country.culture, "Cô Mai", official=mai)
    country.hr_culture.grants.update(ended_at=timezone.now())
    own = DeclarationFactory.create(official=mai, by=only, submitted=True)
    browser = signed_in(only)
    page = browser.get(at("case", own))
    assert not page.context["decidable"]
    assert "cấp trên" in page.context["why_not"]
    assert browser.get(reverse("reviewer:queue")).context["own"] == [(own, True, "UBND tỉnh Một")]
    assert browser.post(at("approve", own), {"version": own.version}).status_code == 403
    above = signed_in(country.hr_province)
    assert above.get(reverse("reviewer:queue")).context["rows"][0]["from_below"]
    assert above.post(at("approve", own), {"version": own.version}).status_code == 302


@pytest.fixture
def claim(country: Country) -> Declaration:
    """Lan claims what somebody in culture holds."""
    holder = OfficialFactory.create(agency=country.culture, full_name="Ngô Văn Giữ")
    held = EntryFactory.create(facts__official=holder)
    return DeclarationFactory.create(
        official=country.lan, by=country.lan_login, url=held.account.identifiers.get().url, submitted=True
    )


def test_dispute_tells_a_side_nothing_of_the_other(
    country: Country, hr: Client, signed_in: Callable[[User], Client], claim: Declaration
):
    culture = signed_in(country.hr_culture)
    assert hr.get(at("dispute", claim)).status_code == 404
    assert culture.get(at("dispute", claim)).status_code == 404
    for page in (reverse("reviewer:disputes"), at("case", claim)):
        assert "Ngô Văn Giữ" not in hr.get(page).content.decode()
    body = culture.get(reverse("reviewer:disputes")).content.decode()
    assert "Ngô Văn Giữ" in body
    assert "Trần Thị Lan" not in body


def test_disputes_others_decide_are_the_oldest_and_say_when_there_are_more(
    country: Country, hr: Client, claim: Declaration, monkeypatch: pytest.MonkeyPatch
):
    page = reverse("reviewer:disputes")
    monkeypatch.setattr(disputes, "_MOST", 1)
    assert "Chỉ hiện" not in hr.get(page).content.decode()
    held = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.culture))
    later = DeclarationFactory.create(
        official=country.lan, by=country.lan_login, url=held.account.identifiers.get().url, submitted=True
    )
    body = hr.get(page).content.decode()
    assert "Chỉ hiện 1 vụ lâu nhất." in body
    assert (str(claim.public_id) in body, str(later.public_id) in body) == (True, False)


@pytest.mark.usefixtures("claim")
def test_home_tells_each_officer_of_a_dispute_once(country: Country, signed_in: Callable[[User], Client]):
    told = {}
    for login in (country.hr_province, country.hr_culture, country.hr):
        home = signed_in(login).get(reverse("reviewer:home")).context
        told[login.username] = (home["disputes"], home["contested"])
    above, holder, claimant = told.values()
    assert (above, holder, claimant) == ((1, 0), (0, 1), (0, 0))


@pytest.mark.parametrize(("outcome", "state"), [("give", "approved"), ("keep", "rejected")])
def test_dispute_is_decided_with_a_reason(
    country: Country, hr_province: Client, claim: Declaration, outcome: str, state: str
):
    page = hr_province.get(at("dispute", claim))
    assert "Ngô Văn Giữ" in page.content.decode()
    said = {"version": claim.version, "outcome": outcome, "reason": "Đã gọi điện cho cả hai"}
    for unusable in ("", "x" * 1001, "a\x01b"):
        assert hr_province.post(at("dispute", claim), said | {"reason": unusable}).status_code == 422
    assert hr_province.post(at("dispute", claim), said).status_code == 302
    claim.refresh_from_db()
    assert claim.state == state
    owner = Ownership.objects.current().get(account=claim.account).official
    assert (owner == country.lan) == (outcome == "give")
    event = AuditEvent.objects.get(act="dispute.reasoned")
    assert event.payload["reason"] == "Đã gọi điện cho cả hai"


def test_dispute_decided_a_moment_ago_is_told(country: Country, hr_province: Client, claim: Declaration):
    rival = officer(country.province, "Người Nhanh Hơn")
    seen = claim.version
    services.decide_dispute(declaration=claim, outcome="keep", reason="Đã gọi điện hỏi", by=rival)
    answer = hr_province.post(
        at("dispute", claim), {"version": seen, "outcome": "give", "reason": "x"}, follow=True
    )
    assert "Người Nhanh Hơn" in answer.content.decode()
    assert Ownership.objects.current().get(account=claim.account).official != country.lan


def test_register_on_behalf_stands_unconfirmed(country: Country, hr: Client):
    address = reverse("reviewer:register", args=[country.lan.public_id])
    refused = hr.post(address, {"link": "https://www.facebook.com/groups/123"})
    assert refused.status_code == 422
    assert "link" in refused.context["form"].errors
    assert not Entry.objects.exists()
    assert hr.post(address, {"link": "https://www.tiktok.com/@lan"}).status_code == 302
    entry = Entry.objects.current().get()
    assert (entry.standing, entry.facts.official) == ("unconfirmed", country.lan)


def test_register_for_oneself_is_refused(country: Country, signed_in: Callable[[User], Client]):
    me = OfficialFactory.create(agency=country.health)
    browser = signed_in(officer(country.health, "Tôi", official=me))
    answer = browser.post(
        reverse("reviewer:register", args=[me.public_id]), {"link": "https://www.tiktok.com/@toi"}
    )
    assert answer.status_code == 403
    assert not Entry.objects.exists()


def test_close_asks_first_then_takes_the_account_out(country: Country, hr: Client):
    entry = EntryFactory.create(facts__official=country.lan)
    address = reverse("reviewer:close", args=[entry.account.public_id])
    assert hr.get(address).status_code == 200
    assert Entry.objects.current().exists()
    assert hr.post(address).status_code == 302
    assert not Entry.objects.current().exists()


def test_forms_without_the_token_are_refused(
    country: Country, signed_in: Callable[..., Client], declaration: Declaration
):
    browser = signed_in(country.hr, enforce_csrf_checks=True)
    assert browser.post(at("approve", declaration), {"version": declaration.version}).status_code == 403
    declaration.refresh_from_db()
    assert declaration.state == "submitted"
