"""The auditor's pages: what they say, to whom, and that they change nothing."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.http import FileResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts import services as book
from accounts.models import Official
from common.audit.models import AuditEvent
from registry.exports import ordering
from registry.exports.manifest import verify
from registry.exports.models import Export, Order
from registry.findings.models import Finding, Run, Slice
from registry.findings.selectors import SET_ASIDE
from registry.rules.legal import ARTICLES
from registry.rules.rule import Subject
from registry.users.models import User
from registry.web.auditor import listing
from tests.factories import OfficialFactory
from tests.registry.exports.conftest import Audited, judge
from tests.registry.web.auditor.conftest import get

pytestmark = pytest.mark.django_db


def finding_of(official: Official, rule: str) -> Finding:
    return Finding.objects.filter(official_id=official.pk, rule=rule, state="open").get()


def test_list_has_a_line_for_each_person_account_and_finding(auditor: Client):
    page = get(auditor, "list")
    for text in ("Trần Thị Lan", "=Đỗ Văn Bình", "Phạm Hòa", "Mẹ Bắp", "ACC-02"):
        assert text in page
    assert "Người Văn Hóa" not in page
    assert "912345678" not in page


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ({"rule": "OFF-01"}, "YT-002", "YT-001"),
        ({"state": "in_line"}, "YT-003", "YT-002"),
        ({"platform": "tiktok"}, "YT-001", "YT-002"),
        ({"staff_code": "YT-003"}, "YT-003", "YT-001"),
        ({"agency": "TINH-1-YT"}, "YT-001", "VH-001"),
        ({"subject": "official"}, "YT-001", ""),
        ({"subject": "agency"}, "", "YT-001"),
    ],
)
def test_list_when_filtered_shows_what_matches(
    auditor: Client, query: dict[str, str], there: str, not_there: str
):
    rows = {line.row.staff_code for line in auditor.get(reverse("auditor:list"), query).context["page"].rows}
    assert there in rows
    assert not_there not in rows


def test_list_filter_stays_in_the_addresses_of_export_and_next_page(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(listing, "PAGE", 2)
    answer = auditor.get(reverse("auditor:list"), {"agency": "TINH-1-YT"})
    seen = []
    pages = 0
    while True:
        page = answer.context["page"]
        assert len(page.rows) <= 2
        seen += [(line.row.official_id, line.row.account_key, line.row.rule) for line in page.rows]
        pages += 1
        if not page.next_cursor:
            break
        assert "agency=TINH-1-YT" in answer.content.decode()
        answer = auditor.get(reverse("auditor:list"), {"agency": "TINH-1-YT", "after": page.next_cursor})
    monkeypatch.setattr(listing, "PAGE", 500)
    whole = auditor.get(reverse("auditor:list")).context["page"].rows
    assert seen == [(line.row.official_id, line.row.account_key, line.row.rule) for line in whole]
    assert pages > 2


def test_list_when_cursor_is_broken_begins_again(auditor: Client):
    assert auditor.get(reverse("auditor:list"), {"after": "x"}).context["page"].is_first


@pytest.mark.parametrize(
    "query", [{"as_of": "2999-01-01"}, {"as_of": "x"}, {"rule": "ACC-99"}, {"state": "x"}, {"subject": "x"}]
)
def test_list_when_filter_is_bad_says_so_at_the_field(auditor: Client, query: dict[str, str]):
    answer = auditor.get(reverse("auditor:list"), query)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(query)


def test_list_when_nothing_matches_says_what_to_do(auditor: Client):
    with translation.override("en"):
        auditor.cookies["django_language"] = "en"
        assert "No line matches the filter" in get(auditor, "list", staff_code="none")
        assert "Nobody is on record here" in get(auditor, "list", as_of="2001-01-01")


def test_list_as_of_a_day_shows_what_stood_then(audited: Audited, signed_in: Callable[[User], Client]):
    today = timezone.localdate().isoformat()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        book.amend_official(official=audited.lan, by=None, full_name="Trần Thị Lan Anh")
        judge()
        auditor = signed_in(audited.auditor)
        assert "Lan Anh" in get(auditor, "list")
        assert "Lan Anh" not in get(auditor, "list", as_of=today)
        assert "Lan Anh" not in get(auditor, "official", audited.lan.public_id, as_of=today)


def test_list_has_a_line_for_each_finding_of_a_unit(audited: Audited, auditor: Client):
    code = "AGE-02"
    found = Finding.objects.filter(rule=code, agency_id=audited.health.pk, state="open").get()
    assert f"?rule={code}&amp;state=open" in get(auditor, "home")
    page = get(auditor, "list", rule=code, state="open")
    assert reverse("auditor:finding", args=[found.public_id]) in page
    assert f"{reverse('auditor:home')}?agency=TINH-1-YT" in page
    assert f"{reverse('auditor:export')}?rule={code}&amp;state=open" in page
    # The counter and what it leads to say the same.
    (line,) = auditor.get(reverse("auditor:list"), {"rule": code, "state": "open"}).context["page"].rows
    assert (line.official, line.finding, line.row.agency_code) == (None, found.public_id, "TINH-1-YT")
    counts = auditor.get(reverse("auditor:home")).context["counts"]
    assert next(count.open for count in counts if count.code == code) == 1
    assert auditor.get(reverse("auditor:list"), {"rule": code, "state": "in_line"}).context["page"].rows == []


def test_list_of_a_past_day_has_the_findings_of_units_of_that_day(
    audited: Audited, signed_in: Callable[[User], Client]
):
    today = timezone.localdate().isoformat()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        book.amend_agency(agency=audited.health, by=None, contact_phone="0243 000 000")
        judge()
        auditor = signed_in(audited.auditor)
        query = {"subject": "agency"}
        (now,) = auditor.get(reverse("auditor:list"), query).context["page"].rows
        (then,) = auditor.get(reverse("auditor:list"), query | {"as_of": today}).context["page"].rows
    assert (now.row.rule, now.row.state) == ("", "in_line")
    assert (then.row.rule, then.row.state) == ("AGE-02", "open")


def test_list_shows_no_foreign_unit(audited: Audited, stranger: Client):
    found = Finding.objects.filter(rule="AGE-02", agency_id=audited.health.pk).get()
    page = get(stranger, "list", rule="AGE-02")
    assert str(found.public_id) not in page
    assert "TINH-1-YT" not in page.split("<tbody>")[1]


def test_list_asks_the_same_number_of_queries_for_one_line_and_many(
    audited: Audited, auditor: Client, django_assert_num_queries: Callable[..., Any]
):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as few:
        get(auditor, "list", staff_code="YT-002")
    for _number in range(20):
        OfficialFactory.create(agency=audited.health)
    with django_assert_num_queries(len(few)):
        get(auditor, "list")


def test_finding_tells_evidence_basis_force_and_history(audited: Audited, auditor: Client):
    found = finding_of(audited.lan, "ACC-02")
    page = get(auditor, "finding", found.public_id)
    assert "Mẹ Bắp" in page
    assert "DRAFT-2018.o1" in page
    assert reverse("law:source", args=[ARTICLES["DRAFT-2018.o1"].source.code]) in page
    assert reverse("law:rule", args=["ACC-02"]) in page
    assert reverse("auditor:official", args=[audited.lan.public_id]) in page
    assert reverse("auditor:run", args=[found.episodes.get().opened_in_id]) in page


@pytest.mark.parametrize("page", ["finding", "official"])
def test_looking_at_a_person_is_written_down(audited: Audited, auditor: Client, page: str):
    key = audited.lan.public_id if page == "official" else finding_of(audited.lan, "ACC-02").public_id
    get(auditor, page, key)
    event = AuditEvent.objects.get(act="official.viewed", subject_kind="official", subject_id=audited.lan.pk)
    assert event.actor_id == audited.auditor.pk
    assert event.payload["page"] == page


def test_official_shows_record_accounts_and_findings(audited: Audited, auditor: Client):
    page = get(auditor, "official", audited.lan.public_id)
    for text in ("YT-001", "Mẹ Bắp", "Lan Trần", "TikTok", "Zalo"):
        assert text in page
    assert "912345678" not in page
    assert reverse("auditor:finding", args=[finding_of(audited.lan, "ACC-02").public_id]) in page


def test_official_before_being_on_record_says_so(audited: Audited, auditor: Client):
    auditor.cookies["django_language"] = "en"
    page = get(auditor, "official", audited.lan.public_id, as_of="2001-01-01")
    assert "Not in the register on that day" in page
    assert "Mẹ Bắp" not in page


def test_foreign_things_are_not_there(audited: Audited, stranger: Client):
    finding = finding_of(audited.lan, "ACC-02").public_id
    addresses = [
        reverse("auditor:finding", args=[finding]),
        reverse("auditor:official", args=[audited.lan.public_id]),
        reverse("auditor:home") + "?agency=TINH-1-YT",
        reverse("auditor:list") + "?agency=TINH-1-YT",
        reverse("auditor:home") + "?agency=TINH-1",
        reverse("auditor:run", args=[999999]),
    ]
    for address in addresses:
        answer = stranger.get(address)
        assert answer.status_code == 404, address
        assert "Trần Thị Lan" not in answer.content.decode()
    answer = stranger.post(reverse("auditor:export"), {"agency": "TINH-1-YT", "format": "csv"})
    assert answer.status_code == 404
    assert Export.objects.count() == 0
    assert not AuditEvent.objects.filter(act="official.viewed").exists()


@pytest.mark.parametrize("name", ["home", "list", "exports", "export", "key", "runs"])
def test_pages_are_not_there_for_who_is_no_auditor(browser: Client, name: str):
    assert browser.get(reverse(f"auditor:{name}")).status_code == 404


@pytest.mark.parametrize("name", ["home", "list", "exports", "key", "runs"])
def test_pages_take_no_writes(auditor: Client, name: str):
    assert auditor.post(reverse(f"auditor:{name}")).status_code == 405


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_gives_a_zip_that_verifies_and_is_listed(
    audited: Audited, auditor: Client, tmp_path: Path, form: str
):
    data = {"agency": "TINH-1-YT", "format": form, "rule": "ACC-02"}
    place = auditor.post(reverse("auditor:export"), data)["Location"]
    order = Order.objects.get()
    assert auditor.get(place).context["is_waiting"]
    assert "HX-Refresh" not in auditor.get(f"{place}progress/")
    assert auditor.get(f"{place}file.zip").status_code == 422  # not there yet
    assert place in get(auditor, "exports")  # found again after the page was closed
    ordering.make(order.pk)
    assert auditor.get(f"{place}progress/")["HX-Refresh"] == "true"
    assert f"{place}file.zip" in auditor.get(place).content.decode()
    answer = auditor.get(f"{place}file.zip")
    assert answer.status_code == 200
    assert isinstance(answer, FileResponse)
    packed_bytes = answer.getvalue()  # read to its end, the test client closes it
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Cache-Control"] == "no-store"
    (tmp_path / "list.zip").write_bytes(packed_bytes)
    assert verify(tmp_path / "list.zip").is_true
    packed = zipfile.ZipFile(io.BytesIO(packed_bytes))
    manifest = json.loads(packed.read(next(name for name in packed.namelist() if name.endswith(".json"))))
    assert manifest["manifest"]["generated_by"] == "thanhtra"
    assert manifest["manifest"]["filter"]["rules"] == ["ACC-02"]
    export = Export.objects.get()
    assert export.by == audited.auditor
    assert export.sha256 in get(auditor, "exports")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"format": "csv"}, "agency"),
        ({"agency": "TINH-1-YT"}, "format"),
        ({"agency": "TINH-1-YT", "format": "pdf"}, "format"),
        ({"agency": "TINH-1-YT", "format": "csv", "as_of": "2999-01-01"}, "as_of"),
        ({"agency": "TINH-1-YT", "format": "csv", "as_of": "2001-01-01"}, "as_of"),
    ],
)
def test_export_when_form_is_wrong_says_where_and_gives_nothing(
    auditor: Client, data: dict[str, str], field: str
):
    answer = auditor.post(reverse("auditor:export"), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Export.objects.count() == 0


def test_export_page_takes_the_filter_of_the_list_over(auditor: Client):
    form = auditor.get(reverse("auditor:export"), {"rule": "ACC-02", "as_of": "2026-06-30"}).context["form"]
    assert form["rule"].value() == "ACC-02"
    assert form["agency"].value() == "TINH-1-YT"  # the only branch there is
    assert "2026-06-30" in str(form["as_of"])


def test_exports_of_other_branches_are_not_listed(auditor: Client, stranger: Client):
    place = auditor.post(reverse("auditor:export"), {"agency": "TINH-1-YT", "format": "csv"})["Location"]
    ordering.make(Order.objects.get().pk)
    for address in (place, f"{place}progress/", f"{place}file.zip"):
        assert stranger.get(address).status_code == 404
    assert "TINH-1-YT" in get(auditor, "exports")
    assert "TINH-1-YT" not in get(stranger, "exports")
    assert get(stranger, "exports").count("SHA-256") == 0


def test_key_is_a_public_key(auditor: Client):
    assert get(auditor, "key").startswith("-----BEGIN PUBLIC KEY-----")


def test_runs_tell_what_ran_and_what_could_not_be_checked(auditor: Client):
    run = Run.objects.filter(kind="sweep").latest("pk")
    Run.objects.filter(pk=run.pk).update(broken_rules={"ACC-02": "ProgrammingError"})
    assert reverse("auditor:run", args=[run.pk]) in get(auditor, "runs")
    page = get(auditor, "run", run.pk)
    assert "ACC-02" in page
    assert "ProgrammingError" in page


def test_run_tells_what_was_set_aside_and_why(auditor: Client):
    auditor.cookies["django_language"] = "en"
    run = Run.objects.filter(kind="sweep").latest("pk")
    Run.objects.filter(pk=run.pk).update(broken_rules={"ACC-05": SET_ASIDE})
    for attempts, trouble, rule in ((5, "", "ACC-05"), (0, "", "ACC-05"), (5, "OSError", "")):
        Slice.objects.create(
            run=run, subject=Subject.ACCOUNT, rule=rule, state="quarantined", attempts=attempts,
            trouble=trouble, from_id=10**9,
        )  # fmt: skip
    page = get(auditor, "run", run.pk)
    assert "because it ended its workers" in page
    assert "after 5 attempts, each of which ended its worker" in page
    assert "with another of the same rule" in page
    assert "after 5 attempts (OSError)" in page
    assert page.count(reverse("law:rule", args=["ACC-05"])) == 3


def test_run_over_a_foreign_branch_is_not_there(audited: Audited, stranger: Client, auditor: Client):
    run = Run.objects.latest("pk")
    path = Finding.objects.filter(official_id=audited.lan.pk).values_list("agency_path", flat=True)[0]
    Run.objects.filter(pk=run.pk).update(scope_path=path, scope=audited.health)
    assert stranger.get(reverse("auditor:run", args=[run.pk])).status_code == 404
    assert auditor.get(reverse("auditor:run", args=[run.pk])).status_code == 200
    assert reverse("auditor:run", args=[run.pk]) not in get(stranger, "runs")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_drawn_in_both_languages(audited: Audited, auditor: Client, language: str):
    auditor.cookies["django_language"] = language
    run = Run.objects.latest("pk").pk
    pages: list[tuple[str, tuple[object, ...]]] = [
        ("home", ()), ("list", ()), ("exports", ()), ("export", ()), ("runs", ()),
        ("run", (run,)),
        ("official", (audited.lan.public_id,)),
        ("finding", (finding_of(audited.lan, "ACC-02").public_id,)),
    ]  # fmt: skip
    for name, args in pages:
        page = get(auditor, name, *args)
        assert f'<html lang="{language}"' in page
        assert "{%" not in page
        assert "{{" not in page


def test_a_user_without_branches_sees_nothing(signed_in: Callable[[User], Client], audited: Audited):
    answer = signed_in(audited.auditor).get(reverse("auditor:list"), {"agency": "TINH-1-VH"})
    assert answer.status_code == 404
