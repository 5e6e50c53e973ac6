"""The pages of samples: drawn, judged, reported, drawn again; and nobody else's."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import FileResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from accounts.models import Agency
from common.audit.models import AuditEvent
from registry.exports.manifest import verify
from registry.exports.models import Export
from registry.samples.models import Answer, Drawn, Sample, Strata
from registry.samples.services import give_verdict
from registry.users.models import User
from tests.factories import OfficialFactory
from tests.registry.samples.conftest import Branch, Draw

pytestmark = pytest.mark.django_db

LIST, NEW = reverse("auditor:samples"), reverse("auditor:sample_new")
ASKED = {"agency": "TINH-1-YT", "drawn": "people", "size": "5", "strata": "unit", "again": "on"}


@pytest.fixture
def auditor(branch: Branch, signed_in: Callable[[User], Client]) -> Client:
    """The browser of the department's auditor, in English."""
    browser = signed_in(branch.auditor)
    browser.cookies["django_language"] = "en"
    return browser


@pytest.fixture
def stranger(branch: Branch, signed_in: Callable[[User], Client]) -> Client:
    """The browser of another department's auditor."""
    return signed_in(branch.stranger)


def address(name: str, sample: Sample, *more: int) -> str:
    return reverse(f"auditor:{name}", args=[sample.public_id, *more])


def read(browser: Client, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_samples_without_any_says_what_to_do(auditor: Client):
    page = read(auditor, LIST)
    assert "No sample was drawn yet" in page
    assert NEW in page


def test_samples_lists_what_was_drawn_from_the_branch_by_whomever(auditor: Client, sampled: Draw):
    sample = sampled()
    page = read(auditor, LIST)
    assert address("sample", sample) in page
    assert "Vũ Thanh Tra" in page


def test_new_draws_keeps_and_leads_to_the_sample(branch: Branch, auditor: Client):
    assert 'value="TINH-1-YT" selected' in read(auditor, NEW)
    answer = auditor.post(NEW, ASKED)
    sample = Sample.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address("sample", sample))
    assert (sample.size, sample.strata, sample.drawn_by) == (5, "unit", branch.auditor)
    assert len(sample.seed) == 20
    assert "Drawn and kept" in read(auditor, address("sample", sample))


def test_new_when_two_draw_with_one_seed_gives_both_the_same(auditor: Client):
    day = timezone.localdate().isoformat()
    for _time in range(2):
        auditor.post(NEW, {**ASKED, "seed": "mầm", "as_of": day})
    first, second = Sample.objects.order_by("pk")
    assert list(first.items.values_list("official", "place")) == list(
        second.items.values_list("official", "place")
    )


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"size": ""}, "size"),
        ({"size": "0"}, "size"),
        ({"size": "1001"}, "size"),
        ({"agency": ""}, "agency"),
        ({"as_of": "2999-01-01"}, "as_of"),
        ({"drawn": "agencies"}, "drawn"),
        ({"strata": "x"}, "strata"),
        ({"seed": "x" * 61}, "seed"),
        ({"seed": "a\tb"}, "seed"),
        ({"as_of": "2001-01-01"}, "__all__"),
    ],
)
def test_new_when_refused_says_so_at_the_field(auditor: Client, facts: dict[str, str], field: str):
    answer = auditor.post(NEW, {**ASKED, **facts})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Sample.objects.count() == 0


def test_sample_tells_how_it_was_drawn_and_whom(auditor: Client, sampled: Draw):
    sample = sampled(strata=Strata.UNIT, size=6)
    page = read(auditor, address("sample", sample))
    for text in (
        "mầm 1",
        sample.population_sha256,
        "Bệnh viện A",
        "Bệnh viện B",
        "Cochran 1977",
        "Vũ Thanh Tra",
    ):
        assert text in page
    for item in sample.items.all():
        assert address("sample_item", sample, item.place) in page
        assert item.official.staff_code in page


def test_sample_of_an_undivided_population_tells_its_limits_when_all_was_looked_at(
    branch: Branch, auditor: Client, sampled: Draw
):
    sample = sampled()
    assert "is told when everything drawn" in read(auditor, address("sample", sample))
    for item in sample.items.all():
        give_verdict(item=item, answer=Answer.IN_LINE, note="", seen=None, by=branch.auditor)
    page = read(auditor, address("sample", sample))
    assert "With 95 % confidence, between 0 and 6 of 15 are not in line" in page
    assert "All looked at" in page


def test_sample_shows_what_the_register_held_then(auditor: Client, sampled: Draw):
    sample = sampled(drawn=Drawn.ACCOUNTS)
    first = sample.items.order_by("place").first()
    assert first is not None
    before = first.official.records.get().full_name
    book.amend_official(official=first.official, by=None, full_name="Tên Khác Hẳn")
    page = read(auditor, address("sample", sample))
    assert before in page
    assert "Tên Khác Hẳn" not in page


def test_sample_asks_the_same_number_of_queries_for_few_and_many(
    branch: Branch, auditor: Client, sampled: Draw, django_assert_num_queries: Callable[..., Any]
):
    OfficialFactory.create_batch(30, agency=branch.ward_a)
    few, many = sampled(size=2), sampled(size=40, again=False)
    read(auditor, LIST)
    with CaptureQueriesContext(connection) as asked:
        read(auditor, address("sample", few))
    with django_assert_num_queries(len(asked)):
        read(auditor, address("sample", many))


def test_item_shows_findings_and_writes_down_who_looked(branch: Branch, auditor: Client, sampled: Draw):
    sample = sampled(drawn=Drawn.ACCOUNTS, rule="ACC-02", state="open")
    page = read(auditor, address("sample_item", sample, 1))
    official = sample.items.get(place=1).official
    assert "Mẹ Bắp" in page
    assert reverse("auditor:official", args=[official.public_id]) in page
    event = AuditEvent.objects.get(act="official.viewed")
    assert (event.actor_id, event.subject_id) == (branch.auditor.pk, official.pk)
    assert event.payload["page"] == "sample"


def test_item_verdict_is_kept_and_leads_to_the_next_nobody_looked_at(auditor: Client, sampled: Draw):
    sample = sampled(size=2)
    where = address("sample_item", sample, 2)
    assert auditor.get(address("sample", sample)).context["next"].place == 1
    answer = auditor.post(where, {"answer": "not_in_line", "note": "Ảnh không phải của người này"})
    assert answer["Location"] == address("sample_item", sample, 1)
    assert "Ảnh không phải của người này" in read(auditor, where)
    answer = auditor.post(address("sample_item", sample, 1), {"answer": "in_line", "note": ""})
    assert answer["Location"] == address("sample", sample)
    assert auditor.get(address("sample", sample)).context["next"] is None
    assert "Ảnh không phải của người này" in read(auditor, address("sample", sample))
    seen = sample.items.get(place=2).verdicts.get().pk
    auditor.post(where, {"answer": "in_line", "seen": str(seen)})
    page = read(auditor, where)
    assert "Ảnh không phải của người này" in page  # what was said before stays
    assert sample.items.get(place=2).verdicts.count() == 2


def test_item_of_a_person_shows_what_stood_against_their_accounts_too(auditor: Client, sampled: Draw):
    sample = sampled(rule="ACC-02", state="open")
    assert "Mẹ Bắp" in read(auditor, address("sample_item", sample, 1))


@pytest.mark.parametrize(
    ("facts", "field"), [({}, "answer"), ({"answer": "unchecked"}, "note"), ({"answer": "x"}, "answer")]
)
def test_item_verdict_when_refused_says_so_at_the_field(
    auditor: Client, sampled: Draw, facts: dict[str, str], field: str
):
    sample = sampled()
    answer = auditor.post(address("sample_item", sample, 1), facts)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_item_verdict_when_somebody_was_faster_is_told_and_not_kept(
    branch: Branch, auditor: Client, sampled: Draw
):
    sample = sampled()
    item = sample.items.get(place=1)
    give_verdict(item=item, answer=Answer.NOT_IN_LINE, note="sai", seen=None, by=branch.auditor)
    answer = auditor.post(address("sample_item", sample, 1), {"answer": "in_line"})
    assert answer.status_code == 409
    assert "Somebody else judged this meanwhile" in answer.content.decode()
    assert item.verdicts.count() == 1


def test_item_of_somebody_who_went_to_another_branch_does_not_lead_to_their_page(
    auditor: Client, sampled: Draw
):
    sample = sampled()
    official = sample.items.get(place=1).official
    book.amend_official(official=official, by=None, agency=Agency.objects.get(code="TINH-1-VH"))
    page = read(auditor, address("sample_item", sample, 1))
    assert reverse("auditor:official", args=[official.public_id]) not in page
    assert "belongs to another branch by now" in page


def test_again_says_that_it_comes_out_the_same_and_keeps_nothing(auditor: Client, sampled: Draw):
    sample = sampled(strata=Strata.RULE)
    events = AuditEvent.objects.count()
    assert "It comes out the same" in read(auditor, address("sample_again", sample))
    assert (Sample.objects.count(), AuditEvent.objects.count()) == (1, events)


def test_again_when_the_register_gives_another_population_says_so(
    branch: Branch, auditor: Client, sampled: Draw
):
    sample = sampled()
    OfficialFactory.create_batch(30, agency=branch.ward_a, at=sample.as_of)
    page = read(auditor, address("sample_again", sample))
    assert "It does not come out the same" in page
    assert "45, and 15 when it was drawn" in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_report_gives_a_zip_that_verifies_and_is_listed(
    branch: Branch, auditor: Client, sampled: Draw, tmp_path: Path, form: str
):
    sample = sampled()
    item = sample.items.get(place=1)
    give_verdict(item=item, answer=Answer.NOT_IN_LINE, note="=1+1", seen=None, by=branch.auditor)
    answer = auditor.post(address("sample_report", sample), {"format": form})
    assert isinstance(answer, FileResponse)
    kept = tmp_path / "report.zip"
    kept.write_bytes(answer.getvalue())
    assert verify(kept).is_true
    with zipfile.ZipFile(kept) as packed:
        name = next(each for each in packed.namelist() if each.endswith(form))
        manifest = json.loads(packed.read(f"{name}.manifest.json"))["manifest"]
        content = packed.read(name)
    about = manifest["about"]
    assert (about["seed"], about["population"], about["size"]) == ("mầm 1", 15, 5)
    assert about["counts"][0]["not_in_line"] == 1
    assert about["not_in_line_in_population"] == {}
    assert manifest["rows"] == 5
    if form == "csv":
        text = io.StringIO(content.decode("utf-8-sig")).read()
        assert "'=1+1" in text
        for each in sample.items.all():
            assert f"people:{each.official.public_id}" in text
            assert each.digest in text
    export = Export.objects.get()
    assert export.filter == {"sample": str(sample.public_id)}
    assert address("sample", sample) in read(auditor, reverse("auditor:exports"))
    assert AuditEvent.objects.filter(act="list.exported", actor_id=branch.auditor.pk).count() == 1


def test_report_tells_the_limits_once_all_was_looked_at(
    branch: Branch, auditor: Client, sampled: Draw, tmp_path: Path
):
    sample = sampled()
    for item in sample.items.all():
        give_verdict(item=item, answer=Answer.IN_LINE, note="", seen=None, by=branch.auditor)
    answer = auditor.post(address("sample_report", sample), {"format": "csv"})
    assert isinstance(answer, FileResponse)
    kept = tmp_path / "report.zip"
    kept.write_bytes(answer.getvalue())
    with zipfile.ZipFile(kept) as packed:
        name = next(each for each in packed.namelist() if each.endswith(".json"))
        says = json.loads(packed.read(name))["manifest"]["about"]["not_in_line_in_population"]
    assert (says["at_least"], says["at_most"], says["level"]) == (0, 6, "0.95")


def test_report_of_an_unknown_format_is_refused(auditor: Client, sampled: Draw):
    assert auditor.post(address("sample_report", sampled()), {"format": "doc"}).status_code == 409
    assert Export.objects.count() == 0


def test_foreign_samples_are_not_there(stranger: Client, sampled: Draw):
    sample = sampled()
    for where in (
        address("sample", sample),
        address("sample_again", sample),
        address("sample_item", sample, 1),
    ):
        answer = stranger.get(where)
        assert answer.status_code == 404
        assert "Trần Thị" not in answer.content.decode()
    assert stranger.post(address("sample_item", sample, 1), {"answer": "in_line"}).status_code == 404
    assert stranger.post(address("sample_report", sample), {"format": "csv"}).status_code == 404
    assert stranger.post(NEW, ASKED).status_code == 404
    assert address("sample", sample) not in read(stranger, LIST)
    assert sample.items.get(place=1).verdicts.count() == 0
    assert (Sample.objects.count(), Export.objects.count()) == (1, 0)


def test_an_item_that_is_none_is_not_there(auditor: Client, sampled: Draw):
    assert auditor.get(address("sample_item", sampled(), 99)).status_code == 404


@pytest.mark.parametrize("name", ["sample", "sample_again"])
def test_pages_take_no_writes(auditor: Client, sampled: Draw, name: str):
    assert auditor.post(address(name, sampled())).status_code == 405
    assert auditor.post(LIST).status_code == 405


def test_report_is_not_given_out_on_a_look(auditor: Client, sampled: Draw):
    assert auditor.get(address("sample_report", sampled())).status_code == 405
