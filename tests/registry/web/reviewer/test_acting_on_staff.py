"""Acts on all of the staff list who match: reminded, moved, waived; exactly those who were shown."""

import re
from collections.abc import Callable
from html import escape, unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from registry.bulk.models import BulkAct, Reason
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
from tests.registry.bulk.at_work import after_work
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
    monkeypatch.setattr(choosing, "MOST", 1)  # the one limit of all acts
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
    assert not BulkAct.objects.exists()


# --- remind


def test_remind_shows_whom_it_reaches_then_writes(country: Country, hr: Client):
    EntryFactory.create(facts__official__agency=country.health)  # nothing is left to do
    waiting = OfficialFactory.create(agency=country.health)
    DeclarationFactory.create(official=waiting, submitted=True)
    without = OfficialFactory.create(agency=country.health, work_email="")
    address = reverse("reviewer:remind")
    page = hr.get(address, {"all": "1"})
    assert (page.context["nothing"], page.context["reach"].due, page.context["reach"].without) == (2, 1, 1)
    assert not Message.objects.exists()
    choice = page.context["choice"]
    answer = hr.post(address, {"all": "1", "mark": choice.mark})
    assert not Message.objects.exists()
    address_told, _query = after_work(answer)
    made = Reminder.objects.get()
    assert Message.objects.get().key.startswith(f"reminder:{country.lan.pk}:")
    page = hr.get(address_told)
    assert page.context["thing"][0] == reverse("reviewer:reminder", args=[made.public_id])
    assert [(row["who"].official, row["reason"]) for row in page.context["rows"]] == [
        (without, Reason.WITHOUT.label)
    ]
    told = hr.get(page.context["thing"][0])
    assert (told.context["waiting"], told.context["sent"]) == (1, 0)
    piece = hr.get(reverse("reviewer:reminder_progress", args=[made.public_id]))
    assert "HX-Refresh" not in piece
    Message.objects.update(state="sent", sent_at=made.asked_at)
    piece = hr.get(reverse("reviewer:reminder_progress", args=[made.public_id]))
    assert piece["HX-Refresh"] == "true"
    again = hr.get(reverse("reviewer:remind"), {"all": "1"})
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
    act, _query = after_work(hr.post(reverse("reviewer:remind"), {"all": "1", "mark": mark}))
    for told in (act, hr.get(act).context["thing"][0]):
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
    assert place_of(country.lan) == country.health
    piece = hr_province.get(f"{answer['Location'].partition('?')[0]}progress/")
    assert "Đang chuyển cán bộ." in piece.content.decode()
    assert "HX-Refresh" not in piece
    act, _query = after_work(answer)
    assert hr_province.get(f"{act}progress/")["HX-Refresh"] == "true"
    assert place_of(country.lan) == country.culture
    page = hr_province.get(act)
    assert "Đã chuyển 1 người." in page.content.decode()
    assert [(row["who"].official, row["reason"]) for row in page.context["rows"]] == [
        (gone, Reason.GONE.label)
    ]
    move = page.context["thing"][0]
    told = hr_province.get(move)
    assert told.context["can_undo"]
    assert "Trần Thị Lan" in told.content.decode()
    assert hr_province.get(f"{move}undo/").status_code == 200
    back, _query = after_work(hr_province.post(f"{move}undo/"))
    assert "1 người đã về lại đơn vị cũ." in hr_province.get(back).content.decode()
    assert place_of(country.lan) == country.health
    assert not hr_province.get(move).context["can_undo"]
    assert hr_province.post(f"{move}undo/")["Location"] == move
    listed = hr_province.get(reverse("reviewer:acts"))
    assert [row[0].kind for row in listed.context["rows"]] == ["move_back", "move"]


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
    assert not BulkAct.objects.exists()


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
    act, _query = after_work(hr_province.post(reverse("reviewer:move_people"), {**asked, "mark": mark}))
    told = hr_province.get(act).context["thing"][0]
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
    after_work(hr.post(reverse("reviewer:waive"), sent))
    batch = WaiverBatch.objects.get()
    assert batch.waivers.count() == 2
    assert Finding.objects.get(official_id=country.lan.pk, rule="ACC-02").state == State.OPEN
    after_work(hr.post(reverse("reviewer:waiver_undo", args=[batch.public_id])))
    assert not Finding.objects.filter(state=State.WAIVED).exists()


def test_waive_of_somebody_elses_people_is_not_there(country: Country, hr: Client):
    (foreign,) = people(country.culture, "Lê Văn Hóa")
    answer = hr.get(reverse("reviewer:waive"), {"staff": f"person={foreign.public_id}", "rule": "ACC-02"})
    assert answer.status_code == 404
    assert hr.get(reverse("reviewer:waive"), {"staff": "all=", "rule": "ACC-02"}).status_code == 404


# --- back again


SEARCH = f"{STAFF}?q=lan&after=x"


@pytest.mark.parametrize("act", [*ACTS, "invitations"])
def test_cancel_leads_back_to_the_list_it_was_opened_from(country: Country, hr: Client, act: str):
    asked = {"person": [str(country.lan.public_id)], "to": country.health.code, "back": SEARCH}
    assert f'href="{escape(SEARCH)}"' in hr.get(reverse(f"reviewer:{act}"), asked).content.decode()


@pytest.mark.parametrize(
    "back", ["https://xau.vn/hr/", "//xau.vn/hr/", "javascript:alert(1)", "/me/", "/hr\\", ""]
)
def test_cancel_leads_nowhere_else(country: Country, hr: Client, back: str):
    asked = {"person": [str(country.lan.public_id)], "back": back}
    for act in ACTS:
        assert hr.get(reverse(f"reviewer:{act}"), asked).context["back"] == STAFF
    asked = {"all": "1", "q": "lan", "back": back}
    assert hr.get(reverse("reviewer:remind"), asked).context["back"] == f"{STAFF}?q=lan"


def test_the_end_of_an_act_leads_back_to_the_list_too(country: Country, hr: Client):
    asked = {"person": [str(country.lan.public_id)], "back": SEARCH}
    mark = hr.get(reverse("reviewer:remind"), asked).context["choice"].mark
    act, query = after_work(hr.post(reverse("reviewer:remind"), {**asked, "mark": mark}))
    assert hr.get(f"{act}?{query}").context["back"] == SEARCH
    assert hr.get(act).context["back"] == STAFF


def test_waive_leads_back_to_where_it_was_opened(country: Country, hr: Client):
    EntryFactory.create(facts__official=country.lan, facts__name_shown="Mẹ Bắp")
    findings.run_changed()
    page = hr.get(reverse("reviewer:waive_people"), {"all": "1", "q": "lan", "back": SEARCH})
    link = re.search(r'href="(/hr/findings/waive/[^"]+ACC-02[^"]*)"', page.content.decode())
    assert link
    preview = hr.get(unescape(link[1]))
    assert preview.context["back"] == SEARCH
    assert f'href="{escape(SEARCH)}"' in preview.content.decode()
    for asked, back in (
        ({"staff": "all=1&q=lan", "rule": "ACC-02"}, f"{STAFF}?q=lan"),
        ({"all": "1", "rule": "ACC-02"}, "/hr/findings/?rule=ACC-02"),
    ):
        assert hr.get(reverse("reviewer:waive"), asked).context["back"] == back
    listed = hr.get("/hr/findings/?rule=ACC-02").content.decode()
    assert 'name="back" value="/hr/findings/?rule=ACC-02"' in listed


def test_acts_are_nothing_to_an_auditor(country: Country, signed_in: Callable[[User], Client]):
    browser = signed_in(officer(country.health, "Thanh tra", role=Role.AUDITOR))
    for act in (*ACTS, "list_save"):
        address = reverse(f"reviewer:{act}")
        assert {browser.get(address).status_code, browser.post(address).status_code} == {404}, act
