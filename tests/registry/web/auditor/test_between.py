"""Two days side by side: the numbers are those of the lists they lead to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from accounts.models import Agency, AgencyRecord
from registry.exports.selectors import branches_at
from registry.findings.models import Contest, Episode, Finding, PastEpisode, Waiver, WaiverBatch
from registry.findings.selectors import (
    Between,
    Compared,
    ComplianceFilter,
    Sides,
    compare_instants,
    compliance_rows,
)
from registry.users.models import User
from tests.factories import AgencyFactory, DeclaredFactsFactory, EntryFactory, OfficialFactory
from tests.registry.exports.conftest import Audited, judge

pytestmark = pytest.mark.django_db

ADDRESS = reverse("auditor:between")
DAY = timedelta(days=1)


def current(unit: Agency) -> AgencyRecord:
    return AgencyRecord.objects.current().get(agency=unit)


def compared(audited: Audited, then: object, now: object, **kwargs: object) -> Compared:
    path = [current(audited.health).path]
    return compare_instants(Sides(branches_at(path, then), branches_at(path, now), then, now), **kwargs)  # type: ignore[arg-type]


def listed(audited: Audited, at: object, rule: str) -> int:
    wanted = ComplianceFilter(rules=(rule,), states=("open",))
    return len(list(compliance_rows(branches_at([current(audited.health).path], at), at, wanted)))  # type: ignore[arg-type]


@pytest.fixture
def changed(audited: Audited) -> object:
    """A day later Lan is renamed as one account shows her, and somebody new shows nothing fitting."""
    before = timezone.now()
    with time_machine.travel(before + DAY):
        book.amend_official(official=audited.lan, by=None, full_name="Mẹ Bắp")
        new = OfficialFactory.create(agency=audited.health, full_name="Lê Mới")
        EntryFactory.create(facts=DeclaredFactsFactory.create(official=new, name_shown="Bố Gấu"))
        judge()
    return before


def test_compare_instants_counts_what_opened_and_resolved(audited: Audited, changed: object):
    then, now = changed, timezone.now() + 2 * DAY
    found = compared(audited, then, now)
    names = found.by_rule["ACC-02"]
    assert (names.then, names.now) == (listed(audited, then, "ACC-02"), listed(audited, now, "ACC-02"))
    assert (names.then, names.resolved, names.opened, names.now) == (1, 1, 1, 2)
    assert names.otherwise == 1  # "Lan Trần" could not be checked before, and now is another name
    assert (names.unchecked_then, names.unchecked_now) == (1, 0)


def test_compare_instants_agrees_with_the_list_for_every_rule(audited: Audited, changed: object):
    then, now = changed, timezone.now() + 2 * DAY
    found = compared(audited, then, now)
    for rule, between in found.by_rule.items():
        if not rule.startswith("AGE-"):
            assert between.then == listed(audited, then, rule), rule
            assert between.now == listed(audited, now, rule), rule
    for name in ("then", "resolved", "opened", "now", "unchecked_then", "unchecked_now"):
        together = getattr(found.together, name)
        assert together == sum(getattr(each, name) for each in found.by_rule.values())
        assert together == sum(getattr(each, name) for each in found.by_unit.values())


def test_compare_instants_before_anything_was_checked_finds_nothing_then(audited: Audited):
    found = compared(audited, timezone.now() - 30 * DAY, timezone.now())
    assert found.together.then == found.together.unchecked_then == 0
    assert found.together.opened == found.together.now > 0


def test_compare_instants_when_waived_since_is_neither_open_nor_resolved(audited: Audited):
    then, now = timezone.now(), timezone.now() + DAY
    finding = Finding.objects.get(rule="OFF-01", state="open", agency_id=audited.health.pk)
    before = compared(audited, then, now).by_rule["OFF-01"]
    batch = WaiverBatch.objects.create(
        reason="x", expires_on=(now + DAY).date(), waived_by=audited.auditor, waived_at=then + DAY / 2
    )
    Waiver.objects.create(batch=batch, finding=finding)
    found = compared(audited, then, now).by_rule["OFF-01"]
    assert before.otherwise == 0
    assert (found.then, found.resolved, found.opened, found.now) == (before.then, 0, 0, before.now - 1)
    assert found.otherwise == -1
    Waiver.objects.all().delete()
    Contest.objects.create(
        finding=finding, text="x", contested_by=audited.auditor, contested_at=then + DAY / 2
    )
    assert compared(audited, then, now).by_rule["OFF-01"].otherwise == -1


def test_compare_instants_when_somebody_moved_away_is_neither_opened_nor_resolved(audited: Audited):
    then = timezone.now()
    with time_machine.travel(then + DAY):
        book.amend_official(official=audited.lan, by=None, agency=audited.culture)
    now = then + 2 * DAY
    names = compared(audited, then, now).by_rule["ACC-02"]
    assert names.then == listed(audited, then, "ACC-02") > 0
    assert names.now == listed(audited, now, "ACC-02") == 0
    assert (names.resolved, names.opened, names.otherwise) == (0, 0, -names.then)


def test_compare_instants_when_split_tells_the_units_apart(audited: Audited):
    path = [current(audited.province).path]
    then, now = timezone.now() - DAY, timezone.now()
    found = compare_instants(Sides(path, path, then, now, audited.province.pk))
    assert set(found.by_unit) == {audited.health.pk, audited.culture.pk}  # nothing is wrong with the province
    whole = compare_instants(Sides(path, path, then, now))
    assert set(whole.by_unit) == {audited.province.pk}
    assert whole.together == found.together


def test_compare_instants_when_an_episode_followed_another_is_no_opening(audited: Audited):
    then, now = timezone.now(), timezone.now() + DAY
    old = Episode.objects.filter(finding__rule="ACC-02", closed_at=None, state="open").first()
    assert old is not None
    said = {field.attname: getattr(old, field.attname) for field in Episode._meta.fields[1:]}
    ended = said | {"closed_at": then + DAY / 2, "closed_in_id": old.opened_in_id, "closed_reason": "facts"}
    PastEpisode.objects.create(**ended)
    Finding.objects.filter(pk=old.finding_id).update(episode_at=then + DAY / 2)
    assert compared(audited, then, now).by_rule["ACC-02"].opened == 0
    assert compared(audited, then, now).by_rule["ACC-02"].resolved == 0


def test_page_shows_both_days_and_leads_to_the_lists_of_each(
    audited: Audited, changed: object, signed_in: Callable[[User], Client]
):
    first = timezone.localdate(changed).isoformat()  # type: ignore[arg-type]
    with time_machine.travel(timezone.now() + 2 * DAY):
        second = timezone.localdate().isoformat()
        browser = signed_in(audited.auditor)
        answer = browser.get(ADDRESS, {"agency": "TINH-1-YT", "first": first, "second": second})
        page = answer.content.decode()
        query = "?agency=TINH-1-YT&amp;rule=ACC-02&amp;state=open&amp;as_of="
        assert reverse("auditor:list") + query + first in page
        assert reverse("auditor:list") + query + second in page
        line = next(each for each in answer.context["rules"] if each.code == "ACC-02")
        wanted = {"agency": "TINH-1-YT", "rule": "ACC-02", "state": "open"}
        for day, number in ((first, line.between.then), (second, line.between.now)):
            shown = browser.get(reverse("auditor:list"), {**wanted, "as_of": day}).context["page"].rows
            assert len(shown) == number


def test_page_without_days_compares_with_thirty_days_before(auditor: Client):
    answer = auditor.get(ADDRESS)
    today = timezone.localdate()
    assert answer.context["days"] == {
        "first": (today - 30 * DAY).isoformat(),
        "second": today.isoformat(),
    }
    assert bool(answer.context["compared"].together) is True


def test_page_names_the_units_below_and_opens_them(audited: Audited, auditor: Client):
    ward = AgencyFactory.create(parent=audited.health, name="Bệnh viện Một", code="BV-1")
    OfficialFactory.create(agency=ward, full_name="Lê Hai")
    judge()
    answer = auditor.get(ADDRESS)
    assert [line.name for line in answer.context["units"]][1:] == ["Bệnh viện Một"]
    assert ADDRESS + "?agency=BV-1&amp;first=" in answer.content.decode()


def test_page_when_a_part_went_to_another_branch_does_not_lead_there(audited: Audited, auditor: Client):
    ward = AgencyFactory.create(parent=audited.health, name="Bệnh viện Một", code="BV-1")
    OfficialFactory.create(agency=ward, full_name="Lê Hai")
    judge()
    today = timezone.localdate()
    with time_machine.travel(timezone.now() + DAY):
        book.move_agency(agency=ward, by=None, parent=audited.culture)
        auditor.force_login(audited.auditor, backend="django.contrib.auth.backends.ModelBackend")
        answer = auditor.get(ADDRESS, {"first": today.isoformat()})
        line = next(each for each in answer.context["units"] if each.name == "Bệnh viện Một")
        assert (line.list_query, line.here_query, line.between.now) == ("", "", 0)
        assert line.between.otherwise == -line.between.then < 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"first": "2999-01-01"}, "first"),
        ({"second": "x"}, "second"),
        ({"first": "2026-01-02", "second": "2026-01-02"}, "first"),
        ({"first": "2026-01-03", "second": "2026-01-02"}, "first"),
    ],
)
def test_page_when_days_are_bad_says_so_at_the_field(auditor: Client, query: dict[str, str], field: str):
    answer = auditor.get(ADDRESS, query)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_page_of_a_foreign_unit_is_not_there(stranger: Client):
    assert stranger.get(ADDRESS, {"agency": "TINH-1-YT"}).status_code == 404
    assert stranger.get(ADDRESS, {"agency": "TINH-1"}).status_code == 404


def test_page_takes_no_writes(auditor: Client):
    assert auditor.post(ADDRESS).status_code == 405


def test_between_without_anything_is_nothing():
    assert not Between()
