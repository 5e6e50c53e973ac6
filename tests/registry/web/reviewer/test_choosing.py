"""The staff list: filters, pages both ways, what is kept under a name."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import services as book
from registry.findings import services as findings
from registry.findings.models import Finding, State
from registry.users import policies
from registry.users.models import SavedList, User
from registry.web.reviewer import choosing
from tests.factories import (
    AgencyFactory,
    EntryFactory,
    OfficialFactory,
    RegulationFactory,
)
from tests.registry.people import Country
from tests.registry.web.reviewer.staff_list import STAFF, listed, people

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


@pytest.mark.parametrize("part", [0, 2_000])  # 0: more agencies than are named one by one
@pytest.mark.parametrize(("near", "counted"), [(1, 0), (7, 0), (10_000, 0), (1, 1_000)])
@pytest.mark.parametrize("wanted", [{}, {"q": "n"}, {"q": "y"}, {"declared": "missing"}])
def test_staff_pages_lead_through_everybody_and_back(
    country: Country,
    hr: Client,
    monkeypatch: pytest.MonkeyPatch,
    near: int,
    counted: int,
    part: int,
    wanted: dict[str, str],
):
    monkeypatch.setattr(choosing, "PART", part)
    monkeypatch.setattr(policies, "PART", part)
    monkeypatch.setattr(choosing, "COUNTED_ONE_BY_ONE", counted)
    monkeypatch.setattr(choosing, "NEAR", near)
    monkeypatch.setattr(choosing, "COUNTED", counted)  # 0: more than are put in order at once
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
    monkeypatch.setattr(choosing, "COUNTED", 3)
    people(country.health, "Lê A", "Lê B")
    answer = hr.get(STAFF)
    assert (answer.context["count"], answer.context["more"]) == (3, False)
    people(country.health, "Lê C")
    answer = hr.get(STAFF)
    assert (answer.context["count"], answer.context["more"]) == (3, True)
    assert "Có hơn 3 người phù hợp; hãy thu hẹp" in answer.content.decode()


def test_staff_counts_less_far_where_each_person_is_asked(
    country: Country, hr: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(choosing, "COUNTED_ONE_BY_ONE", 2)
    people(country.health, "Lê A", "Lê B")
    answer = hr.get(STAFF, {"declared": "missing"})
    assert (answer.context["count"], answer.context["more"]) == (2, True)
    assert (hr.get(STAFF).context["count"], hr.get(STAFF).context["more"]) == (3, False)


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
