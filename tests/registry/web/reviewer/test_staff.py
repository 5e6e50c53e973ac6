from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts import services as book
from accounts.models import OfficialRecord
from common.audit.models import AuditEvent
from registry.findings import services as findings
from registry.findings.models import Finding
from registry.users.models import Invitation, User
from tests.factories import EntryFactory, NilReturnFactory, OfficialFactory
from tests.registry.people import Country


def names(browser: Client, **wanted: str) -> list[str]:
    """The people the list shows."""
    answer = browser.get(reverse("reviewer:staff"), wanted)
    assert answer.status_code == 200
    return [row[0].full_name for row in answer.context["rows"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lan", ["Trần Thị Lan"]),
        ("TRAN", ["Trần Thị Lan"]),
        ("thi l", ["Trần Thị Lan"]),
        ("đặng", ["Đặng Hoàng Y"]),
        ("dang", ["Đặng Hoàng Y"]),
        ("an", []),  # the middle of a word is not its beginning
        ("%", []),
        ("zzz", []),
    ],
)
def test_staff_is_found_without_diacritics(country: Country, hr: Client, typed: str, found: list[str]):
    OfficialFactory.create(agency=country.health, full_name="Đặng Hoàng Y")
    assert names(hr, q=typed) == found


def test_staff_is_found_by_code(country: Country, hr: Client):
    assert names(hr, q=country.lan.staff_code.lower()) == ["Trần Thị Lan"]


def test_staff_by_standing(country: Country, hr: Client):
    declared = EntryFactory.create(facts__official__agency=country.health, facts__official__full_name="Lê A")
    NilReturnFactory.create(official__agency=country.health, official__full_name="Lê B")
    assert declared.pk
    assert names(hr, declared="declared") == ["Lê A"]
    assert names(hr, declared="nil") == ["Lê B"]
    assert names(hr, declared="missing") == ["Trần Thị Lan"]
    assert names(hr, declared="waiting") == []


def test_staff_who_left_are_listed_only_when_asked_for(country: Country, hr: Client):
    book.amend_official(official=country.lan, by=None, status="left")
    assert names(hr) == []
    assert names(hr, status="left") == ["Trần Thị Lan"]
    assert names(hr, status="all") == ["Trần Thị Lan"]


def test_staff_with_a_filter_nobody_offers_is_refused(country: Country, hr: Client):
    del country
    answer = hr.get(reverse("reviewer:staff"), {"status": "king"})
    assert answer.status_code == 422
    assert answer.context["rows"] == []


def test_staff_pages_hold_each_person_once(country: Country, hr: Client):
    OfficialFactory.create_batch(60, agency=country.health, full_name="Nguyễn Văn An")  # all of one name
    first = hr.get(reverse("reviewer:staff"))
    second = hr.get(reverse("reviewer:staff"), {"after": first.context["page"].next_cursor})
    shown = [row[0].pk for answer in (first, second) for row in answer.context["rows"]]
    assert len(shown) == len(set(shown)) == 61
    assert second.context["page"].next_cursor == ""


def test_staff_without_a_list_says_what_to_do(country: Country, signed_in: Callable[[User], Client]):
    answer = signed_in(country.hr_culture).get(reverse("reviewer:staff"))
    assert reverse("reviewer:upload", args=["staff"]) in answer.content.decode()


def test_official_shows_findings_in_words(country: Country, hr: Client):
    EntryFactory.create(facts__official=country.lan, facts__name_shown="Mẹ Bắp")
    findings.run_changed()
    assert Finding.objects.filter(official_id=country.lan.pk, rule="ACC-02").exists()
    body = hr.get(reverse("reviewer:official", args=[country.lan.public_id])).content.decode()
    assert "«Mẹ Bắp»" in body or "“Mẹ Bắp”" in body
    assert "Tên hiển thị đúng với tên trong hồ sơ" in body


def test_official_looked_at_is_logged_for_the_person(country: Country, hr: Client):
    hr.get(reverse("reviewer:official", args=[country.lan.public_id]))
    event = AuditEvent.objects.get(act="official.viewed")
    assert (event.actor_id, event.subject_kind, event.subject_id) == (
        country.hr.pk,
        "official",
        country.lan.pk,
    )


def form_of(browser: Client, country: Country) -> dict[str, object]:
    """The form as the browser has it."""
    form = browser.get(reverse("reviewer:edit", args=[country.lan.public_id])).context["form"]
    return {name: "" if (value := form[name].value()) is None else value for name in form.fields} | {
        "employed_since": "02/01/2020"
    }


def test_edit_changes_the_record_and_keeps_the_old_one(country: Country, hr: Client):
    address = reverse("reviewer:edit", args=[country.lan.public_id])
    answer = hr.post(address, form_of(hr, country) | {"position": "Trưởng phòng"})
    assert answer.status_code == 302
    assert OfficialRecord.objects.current().get(official=country.lan).position == "Trưởng phòng"
    assert OfficialRecord.objects.filter(official=country.lan).count() == 2


def test_edit_after_somebody_else_says_who_and_what(
    country: Country, hr: Client, signed_in: Callable[[User], Client]
):
    mine, theirs = form_of(hr, country), signed_in(country.hr2)
    address = reverse("reviewer:edit", args=[country.lan.public_id])
    assert theirs.post(address, form_of(theirs, country) | {"position": "Phó phòng"}).status_code == 302
    answer = hr.post(address, mine | {"position": "Trưởng phòng"})
    assert answer.status_code == 409
    body = answer.content.decode()
    for told in ("Lê Thị Mai", "Phó phòng", "Trưởng phòng"):
        assert told in body
    assert OfficialRecord.objects.current().get(official=country.lan).position == "Phó phòng"
    again = answer.context["form"]["record"].value()
    assert hr.post(address, mine | {"position": "Trưởng phòng", "record": again}).status_code == 302
    assert OfficialRecord.objects.current().get(official=country.lan).position == "Trưởng phòng"


@pytest.mark.parametrize(
    ("field", "value"), [("full_name", ""), ("work_email", "no address"), ("employed_since", "31/02/2020")]
)
def test_edit_refuses_at_its_field(country: Country, hr: Client, field: str, value: str):
    answer = hr.post(
        reverse("reviewer:edit", args=[country.lan.public_id]), form_of(hr, country) | {field: value}
    )
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert OfficialRecord.objects.filter(official=country.lan).count() == 1


def test_edit_moves_nobody_into_a_foreign_unit(country: Country, hr: Client):
    answer = hr.post(
        reverse("reviewer:edit", args=[country.lan.public_id]),
        form_of(hr, country) | {"unit": country.culture.code},
    )
    assert answer.status_code == 422
    assert OfficialRecord.objects.current().get(official=country.lan).agency == country.health


def test_invitation_is_sent_and_withdrawn(country: Country, hr: Client):
    person = OfficialFactory.create(agency=country.health)
    page = reverse("reviewer:official", args=[person.public_id])
    assert hr.post(reverse("reviewer:invite", args=[person.public_id]), follow=True).status_code == 200
    invitation = Invitation.objects.get(official=person)
    assert invitation.invited_by == country.hr
    assert invitation.email in hr.get(page).content.decode()
    hr.post(reverse("reviewer:withdraw_invitation", args=[person.public_id]))
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
    again = hr.post(reverse("reviewer:withdraw_invitation", args=[person.public_id]))
    assert again.status_code == 409


def test_invitation_of_somebody_with_a_login_says_why_not(country: Country, hr: Client):
    answer = hr.post(reverse("reviewer:invite", args=[country.lan.public_id]), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not Invitation.objects.exists()


def test_inviting_many_counts_first_and_asks(country: Country, hr: Client):
    OfficialFactory.create_batch(3, agency=country.health)
    OfficialFactory.create(agency=country.health, work_email="")
    OfficialFactory.create(agency=country.culture)
    address = reverse("reviewer:invitations")
    preview = hr.get(address).context["preview"]
    assert preview == {"due": 3, "already": 0, "has_login": 1, "no_email": 1}
    assert hr.post(address, {"unit": country.health.code}).status_code == 422
    assert not Invitation.objects.exists()
    assert hr.post(address, {"unit": country.health.code, "sure": "on"}).status_code == 302
    assert Invitation.objects.count() == preview["due"]
    assert hr.get(address).context["preview"]["due"] == 0


def test_home_without_staff_never_looks_complete(country: Country, signed_in: Callable[[User], Client]):
    answer = signed_in(country.hr_culture).get(reverse("reviewer:home"))
    assert "100" not in answer.content.decode()
    assert answer.context["total"].answered == 0
    assert reverse("reviewer:upload", args=["staff"]) in answer.content.decode()


def test_home_with_one_list_missing_shows_no_hundred_per_cent(country: Country, hr_province: Client):
    EntryFactory.create(facts__official=country.lan)
    findings.run_changed()
    answer = hr_province.get(reverse("reviewer:home"))
    units = {unit.name: unit.tally for unit in answer.context["units"]}
    assert units["Sở Y tế"].answered == 100
    assert units["Sở Văn hóa"].staff == 0
    assert answer.context["without"] == 1
    assert "1<wbr>/1" in answer.content.decode()  # a phone may break it there


def test_home_counts_each_standing_once(country: Country, hr_province: Client):
    EntryFactory.create(facts__official__agency=country.health)
    NilReturnFactory.create(official__agency=country.health)
    findings.run_changed()
    total = hr_province.get(reverse("reviewer:home")).context["total"]
    assert (total.staff, total.declared, total.nil, total.waiting, total.missing) == (3, 1, 1, 0, 1)
    assert total.answered == 66


def test_staff_where_nobody_matches_offers_to_look_further(country: Country, hr: Client):
    OfficialFactory.create(agency=country.health, full_name="Đinh Văn Khuyết", status="left")
    nobody = hr.get("/hr/staff/", {"q": "khuyet", "declared": "missing"})
    assert nobody.context["wider"] == "q=khuyet&status=all"
    assert "Tìm “khuyet” trong tất cả hồ sơ" in nobody.content.decode()
    assert names(hr, q="khuyet", status="all") == ["Đinh Văn Khuyết"]
    for asked in ({"q": "zzz", "status": "all"}, {"declared": "nil"}):
        assert hr.get("/hr/staff/", asked).context["wider"] == ""
