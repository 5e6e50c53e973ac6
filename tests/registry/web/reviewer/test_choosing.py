"""The staff list: filters, pages both ways, what is kept under a name, and acts on all who match."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from accounts.models import Agency, Official, OfficialRecord, PeopleMove
from registry.findings import services as findings
from registry.findings.models import Finding, State, WaiverBatch
from registry.notifications.models import Message, Reminder
from registry.users.models import Role, SavedList, User
from registry.web.reviewer import choosing, reminding, staff
from tests.factories import (
    AgencyFactory,
    DeclarationFactory,
    EntryFactory,
    OfficialFactory,
    RegulationFactory,
)
from tests.registry.people import Country, officer

STAFF = "/hr/staff/"


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [row[0].full_name for row in answer.context["rows"]]


def listed(browser: Client, **wanted: str) -> list[str]:
    return names(browser.get(STAFF, wanted))


def people(agency: Agency, *called: str) -> list[Official]:
    return [OfficialFactory.create(agency=agency, full_name=name) for name in called]


def place_of(official: Official) -> Agency:
    return OfficialRecord.objects.current().get(official=official).agency


# --- filters


def test_staff_filters_by_what_is_left_to_do(country: Country, hr: Client):
    RegulationFactory.create(agency=country.health, issued_on="2025-01-01", in_force_from="2025-01-01")
    book.amend_official(official=country.lan, by=None, employed_since="2020-01-01")
    EntryFactory.create(
        facts__official__agency=country.health, facts__official__full_name="Lê A", standing="unconfirmed"
    )
    EntryFactory.create(
        facts__official__agency=country.health, facts__official__full_name="Lê B", standing="confirmed"
    )
    findings.run_changed()
    assert listed(hr, declared="overdue") == ["Trần Thị Lan"]
    assert listed(hr, declared="unconfirmed") == ["Lê A"]
    assert listed(hr, rule="OFF-01") == ["Trần Thị Lan"]
    Finding.objects.filter(rule="OFF-01").update(state=State.WAIVED)
    assert listed(hr, rule="OFF-01") == []
    assert listed(hr, declared="overdue") == []


def test_staff_filters_by_category_and_by_a_unit_below(country: Country, hr_province: Client):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Một", kind="unit")
    OfficialFactory.create(agency=ward, full_name="Lê Hợp Đồng", category="nguoi_lao_dong")
    people(country.culture, "Lê Văn Hóa")
    assert listed(hr_province, category="nguoi_lao_dong") == ["Lê Hợp Đồng"]
    assert listed(hr_province, unit=country.health.code) == ["Lê Hợp Đồng", "Trần Thị Lan"]
    assert listed(hr_province, unit=country.health.code, q="lan") == ["Trần Thị Lan"]


@pytest.mark.parametrize(
    "wanted", [{"category": "king"}, {"rule": "ACC-99"}, {"declared": "x"}, {"q": "a" * 101}, {"q": "a\0"}]
)
def test_staff_refuses_a_filter_nobody_offers(country: Country, hr: Client, wanted: dict[str, str]):
    del country
    answer = hr.get(STAFF, wanted)
    assert answer.status_code == 422
    assert answer.context["rows"] == []


# --- pages


@pytest.mark.parametrize("near", [1, 7, 10_000])
@pytest.mark.parametrize("wanted", [{}, {"q": "n"}, {"q": "y"}, {"declared": "missing"}])
def test_staff_pages_lead_through_everybody_and_back(
    country: Country, hr: Client, monkeypatch: pytest.MonkeyPatch, near: int, wanted: dict[str, str]
):
    monkeypatch.setattr(choosing, "NEAR", near)
    monkeypatch.setattr(
        "registry.web.paging.page_by_key.__kwdefaults__", {"cursor": "", "before": None, "size": 4}
    )
    people(country.health, *["Nguyễn Văn An"] * 6, *["Lê Thị Yến"] * 5, "Đỗ Ân", "Đỗ Nga", "Y Niê", "Vũ Bình")
    people(country.culture, *["Nguyễn Văn An"] * 3)
    everybody = list(choosing.matching(country.hr, wanted).order_by("sort_key", "official"))
    pages = [hr.get(STAFF, wanted)]
    while pages[-1].context["page"].next_cursor:
        pages.append(hr.get(STAFF, {**wanted, "after": pages[-1].context["page"].next_cursor}))
    seen = [[row[0].pk for row in page.context["rows"]] for page in pages]
    assert [pk for page in seen for pk in page] == [row.pk for row in everybody]
    assert len(pages) == -(-len(everybody) // 4)
    page = pages[-1]
    for shown in reversed(seen[:-1]):
        page = hr.get(STAFF, {**wanted, "before": page.context["page"].previous_cursor})
        assert [row[0].pk for row in page.context["rows"]] == shown
        assert page.context["page"].next_cursor
    assert page.context["page"].is_first
    assert page.context["page"].previous_cursor == ""


def test_staff_with_a_broken_cursor_begins_at_the_start(country: Country, hr: Client):
    del country
    for name in ("after", "before"):
        assert listed(hr, **{name: "hỏng"}) == ["Trần Thị Lan"]


def test_staff_counts_honestly(country: Country, hr: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(staff, "COUNTED", 3)
    people(country.health, "Lê A", "Lê B")
    answer = hr.get(STAFF)
    assert (answer.context["count"], answer.context["more"]) == (3, False)
    people(country.health, "Lê C")
    answer = hr.get(STAFF)
    assert (answer.context["count"], answer.context["more"]) == (3, True)
    assert "Có hơn 3 người phù hợp." in answer.content.decode()


def test_staff_takes_the_same_queries_for_many(country: Country, hr: Client):
    def queries(**wanted: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert hr.get(STAFF, wanted).status_code == 200
        return len(seen)

    people(country.health, "Nguyễn Thị Nga")
    asked: list[dict[str, str]] = [{}, {"q": "ng"}, {"declared": "overdue"}, {"rule": "OFF-01"}]
    few = [queries(**wanted) for wanted in asked]
    for number in range(5):
        ward = AgencyFactory.create(parent=country.health, name=f"Phòng {number}", kind="unit")
        people(ward, *["Nguyễn Văn An"] * 12)
    SavedList.objects.bulk_create(SavedList(user=country.hr, name=str(each), query="") for each in range(9))
    assert [queries(**wanted) for wanted in asked] == few
    assert max(few) < 25


# --- saved lists


def test_a_list_is_kept_shown_and_deleted(country: Country, hr: Client, signed_in: Callable[[User], Client]):
    answer = hr.post(reverse("reviewer:list_save"), {"name": "Chưa", "query": "q=&declared=missing&after=x"})
    assert answer["Location"] == f"{STAFF}?declared=missing"
    page = hr.get(answer["Location"])
    assert [(each.name, here) for each, here in page.context["saved"]] == [("Chưa", True)]
    kept = SavedList.objects.get(user=country.hr)
    assert signed_in(country.hr2).get(STAFF).context["saved"] == []
    address = reverse("reviewer:list_forget", args=[kept.public_id])
    assert signed_in(country.hr2).post(address).status_code == 404
    assert hr.get(address).status_code == 200
    assert SavedList.objects.count() == 1
    assert hr.post(address)["Location"] == f"{STAFF}?declared=missing"
    assert not SavedList.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"name": "", "query": ""}, {"name": "a" * 81, "query": ""}, {"query": "status=king"}]
)
def test_a_list_that_cannot_be_kept_is_refused_on_the_list(
    country: Country, hr: Client, sent: dict[str, str]
):
    del country
    assert hr.post(reverse("reviewer:list_save"), sent).status_code == 422
    assert not SavedList.objects.exists()


def test_a_list_of_a_foreign_unit_is_not_kept(country: Country, hr: Client):
    answer = hr.post(reverse("reviewer:list_save"), {"name": "a", "query": f"unit={country.culture.code}"})
    assert answer.status_code == 404
    assert not SavedList.objects.exists()


# --- acts: who is meant


ACTS = ("remind", "move_people", "waive_people")


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_nobody_asks_to_tick_somebody(country: Country, hr: Client, act: str):
    del country
    answer = hr.get(reverse(f"reviewer:{act}"), follow=True)
    assert answer.redirect_chain[-1][0] == STAFF
    assert answer.context["messages"]


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_somebody_elses_people_is_not_there(country: Country, hr: Client, act: str):
    (foreign,) = people(country.culture, "Lê Văn Hóa")
    address = reverse(f"reviewer:{act}")
    for asked in (
        {"person": [str(foreign.public_id)]},
        {"person": [str(country.lan.public_id), str(foreign.public_id)]},
        {"person": ["none"]},
        {"all": "1", "unit": country.culture.code},
        {"all": "1", "status": "king"},
    ):
        assert hr.get(address, asked).status_code == 404, asked


def test_an_act_on_all_takes_everybody_on_every_page(country: Country, hr: Client):
    people(country.health, *["Nguyễn Văn An"] * 60)
    people(country.culture, "Nguyễn Văn Xa")
    choice = hr.get(reverse("reviewer:remind"), {"all": "1", "q": "nguyen"}).context["choice"]
    assert choice.count == 60


def test_an_act_on_too_many_says_so_and_does_nothing(
    country: Country, hr: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(choosing, "MOST", 1)
    people(country.health, "Lê A")
    marks = set()
    for act in ACTS:
        page = hr.get(reverse(f"reviewer:{act}"), {"all": "1", "to": country.health.code})
        assert "Số người quá lớn" in page.content.decode(), act
        marks.add(page.context["choice"].mark)
    (mark,) = marks
    for act in ("remind", "move_people"):
        answer = hr.post(reverse(f"reviewer:{act}"), {"all": "1", "to": country.health.code, "mark": mark})
        assert answer.status_code == 409, act
    assert not Message.objects.exists()
    assert not PeopleMove.objects.exists()


# --- remind


def test_remind_shows_whom_it_reaches_then_writes(country: Country, hr: Client):
    EntryFactory.create(facts__official__agency=country.health)  # nothing is left to do
    waiting = OfficialFactory.create(agency=country.health)
    DeclarationFactory.create(official=waiting, submitted=True)
    OfficialFactory.create(agency=country.health, work_email="")
    address = reverse("reviewer:remind")
    page = hr.get(address, {"all": "1"})
    assert (page.context["nothing"], page.context["reach"].due, page.context["reach"].without) == (2, 1, 1)
    assert not Message.objects.exists()
    choice = page.context["choice"]
    answer = hr.post(address, {"all": "1", "mark": choice.mark})
    made = Reminder.objects.get()
    assert answer["Location"] == reverse("reviewer:reminder", args=[made.public_id])
    assert Message.objects.get().key.startswith(f"reminder:{country.lan.pk}:")
    told = hr.get(answer["Location"])
    assert (told.context["waiting"], told.context["sent"]) == (1, 0)
    piece = hr.get(reverse("reviewer:reminder_progress", args=[made.public_id]))
    assert "HX-Refresh" not in piece
    Message.objects.update(state="sent", sent_at=made.asked_at)
    piece = hr.get(reverse("reviewer:reminder_progress", args=[made.public_id]))
    assert piece["HX-Refresh"] == "true"
    again = hr.get(address, {"all": "1"})
    assert (again.context["reach"].due, again.context["reach"].already) == (0, 1)


def test_remind_others_than_were_shown_is_refused(country: Country, hr: Client):
    address = reverse("reviewer:remind")
    mark = hr.get(address, {"all": "1"}).context["choice"].mark
    book.amend_official(official=country.lan, by=None, status="left")
    people(country.health, "Lê A")  # as many as before, but not the same
    answer = hr.post(address, {"all": "1", "mark": mark})
    assert answer.status_code == 409
    assert [each.full_name for each in answer.context["rows"]] == ["Lê A"]
    assert not Message.objects.exists()


def test_reminder_of_a_colleague_is_not_there(
    country: Country, hr: Client, signed_in: Callable[[User], Client]
):
    mark = hr.get(reverse("reviewer:remind"), {"all": "1"}).context["choice"].mark
    told = hr.post(reverse("reviewer:remind"), {"all": "1", "mark": mark})["Location"]
    assert signed_in(country.hr2).get(told).status_code == 404
    assert signed_in(country.hr2).get(f"{told}progress/").status_code == 404


def test_remind_takes_the_same_queries_for_many(country: Country, hr: Client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert hr.get(reverse("reviewer:remind"), {"all": "1"}).status_code == 200
        return len(seen)

    few = queries()
    people(country.health, *["Nguyễn Văn An"] * (reminding.SHOWN + 10))
    assert queries() == few


# --- move


def test_move_shows_whom_then_moves_then_undoes(country: Country, hr_province: Client):
    gone = OfficialFactory.create(agency=country.health, status="left")
    address = reverse("reviewer:move_people")
    asked = {"person": [str(country.lan.public_id), str(gone.public_id)]}
    page = hr_province.get(address, asked)
    assert page.status_code == 200
    assert page.context["to"] is None
    page = hr_province.get(address, {**asked, "to": country.culture.code})
    assert (page.context["number"], page.context["gone"], page.context["foreign"]) == (1, 1, 0)
    assert page.context["from_units"] == [("Sở Y tế", 1)]
    assert place_of(country.lan) == country.health
    mark = page.context["choice"].mark
    answer = hr_province.post(address, {**asked, "to": country.culture.code, "mark": mark})
    assert place_of(country.lan) == country.culture
    told = hr_province.get(answer["Location"])
    assert told.context["can_undo"]
    assert "Trần Thị Lan" in told.content.decode()
    assert hr_province.get(f"{answer['Location']}undo/").status_code == 200
    assert hr_province.post(f"{answer['Location']}undo/").status_code == 302
    assert place_of(country.lan) == country.health
    assert not hr_province.get(answer["Location"]).context["can_undo"]


def test_move_only_into_the_officers_own_units(country: Country, hr: Client):
    asked = {"person": [str(country.lan.public_id)], "to": country.culture.code, "mark": "x"}
    for answer in (
        hr.get(reverse("reviewer:move_people"), asked),
        hr.post(reverse("reviewer:move_people"), asked),
    ):
        assert answer.status_code in {404, 422}
    assert place_of(country.lan) == country.health


def test_move_of_somebody_who_went_out_of_scope_meanwhile_is_refused(country: Country, hr: Client):
    ward = AgencyFactory.create(parent=country.health, name="Phòng Một", kind="unit")
    people(country.health, "Lê A")
    asked = {"all": "1", "to": ward.code}
    mark = hr.get(reverse("reviewer:move_people"), asked).context["choice"].mark
    book.amend_official(official=country.lan, by=None, agency=country.culture)
    answer = hr.post(reverse("reviewer:move_people"), {**asked, "mark": mark})
    assert answer.status_code == 409
    assert place_of(country.lan) == country.culture
    assert not PeopleMove.objects.exists()


def test_move_across_branches_is_not_offered_for_other_staff_codes(
    country: Country, signed_in: Callable[[User], Client]
):
    browser = signed_in(officer(country.government, "Cán bộ Trung ương"))
    page = browser.get(
        reverse("reviewer:move_people"),
        {"person": [str(country.lan.public_id)], "to": country.elsewhere.code},
    )
    assert (page.context["number"], page.context["foreign"]) == (0, 1)


def test_move_of_units_outside_is_not_there(
    country: Country, hr_province: Client, signed_in: Callable[[User], Client]
):
    asked = {"person": [str(country.lan.public_id)], "to": country.culture.code}
    mark = hr_province.get(reverse("reviewer:move_people"), asked).context["choice"].mark
    told = hr_province.post(reverse("reviewer:move_people"), {**asked, "mark": mark})["Location"]
    browser = signed_in(country.hr_culture)  # sees where they came to, not where they came from
    assert browser.get(told).status_code == 404
    assert browser.post(f"{told}undo/").status_code == 404
    assert place_of(country.lan) == country.culture


# --- waive


def test_waive_one_rule_of_all_who_match_and_undo(country: Country, hr: Client):
    for name in ("Lê A", "Lê B"):
        EntryFactory.create(
            facts__official__agency=country.health,
            facts__official__full_name=name,
            facts__name_shown="Mẹ Bắp",
        )
    EntryFactory.create(facts__official=country.lan, facts__name_shown="Mẹ Bắp")
    findings.run_changed()
    page = hr.get(reverse("reviewer:waive_people"), {"all": "1", "q": "le"})
    rules = {code: number for code, _title, number in page.context["rules"]}
    assert rules["ACC-02"] == 2
    asked = {"staff": page.context["named"], "rule": "ACC-02"}
    preview = hr.get(reverse("reviewer:waive"), asked)
    assert preview.context["count"] == 2
    today = f"{timezone.localdate():%d/%m/%Y}"
    sent = {**asked, "count": 2, "reason": "Bút danh đã đăng ký", "until": today}
    answer = hr.post(reverse("reviewer:waive"), sent)
    assert answer.status_code == 302
    batch = WaiverBatch.objects.get()
    assert batch.waivers.count() == 2
    assert Finding.objects.get(official_id=country.lan.pk, rule="ACC-02").state == State.OPEN
    assert hr.post(reverse("reviewer:waiver_undo", args=[batch.public_id])).status_code == 302
    assert not Finding.objects.filter(state=State.WAIVED).exists()


def test_waive_of_somebody_elses_people_is_not_there(country: Country, hr: Client):
    (foreign,) = people(country.culture, "Lê Văn Hóa")
    answer = hr.get(reverse("reviewer:waive"), {"staff": f"person={foreign.public_id}", "rule": "ACC-02"})
    assert answer.status_code == 404
    assert hr.get(reverse("reviewer:waive"), {"staff": "all=", "rule": "ACC-02"}).status_code == 404


def test_acts_are_nothing_to_an_auditor(country: Country, signed_in: Callable[[User], Client]):
    browser = signed_in(officer(country.health, "Thanh tra", role=Role.AUDITOR))
    for act in (*ACTS, "list_save"):
        address = reverse(f"reviewer:{act}")
        assert {browser.get(address).status_code, browser.post(address).status_code} == {404}, act
