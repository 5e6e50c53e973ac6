"""Acts on all of the staff list who match: reminded, moved, waived; exactly those who were shown."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from accounts.models import PeopleMove
from registry.findings import services as findings
from registry.findings.models import Finding, State, WaiverBatch
from registry.notifications.models import Message, Reminder
from registry.users.models import Role, User
from registry.web.reviewer import choosing, reminding
from tests.factories import (
    AgencyFactory,
    DeclarationFactory,
    EntryFactory,
    OfficialFactory,
)
from tests.registry.people import Country, officer
from tests.registry.web.reviewer.staff_list import STAFF, people, place_of

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
