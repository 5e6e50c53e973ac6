"""Pages whose handles pass for each other (PAG-15), through the real book: found, told, and over on both."""

from typing import Any

import pytest
from django.utils import timezone

from accounts import services as book
from accounts.models import Account, Agency, PageComparison, Standing
from accounts.platforms import recognise
from registry.findings.as_of import verdicts_as_of
from registry.findings.models import Finding, Slice, State
from registry.findings.services import run_changed, start_rebuild, start_sweep, work
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db

RULE = "PAG-15"


@pytest.fixture
def ward() -> Agency:
    return AgencyFactory.create(name="UBND phường Tân An")


@pytest.fixture
def commune() -> Agency:
    return AgencyFactory.create(name="UBND xã Tân Ân")


def page(agency: Agency, url: str, account: Account | None = None) -> Account:
    account = account or book.account_for(link=recognise(url), by=None)
    facts = book.state_page(account=account, agency=agency, name_shown="Tân An", administrators=[], by=None)
    book.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    return account


def found() -> dict[int, Any]:
    """The accounts found so, each with what was compared."""
    standing = Finding.objects.filter(rule=RULE).exclude(state=State.RESOLVED)
    return dict(standing.values_list("subject_id", "evidence"))


def test_pages_alike_are_found_when_the_second_comes_and_over_when_one_is_closed(
    ward: Agency, commune: Agency
):
    first = page(ward, "https://www.facebook.com/ubnd.tanan")
    run_changed()
    assert found() == {}
    second = page(commune, "https://www.tiktok.com/@ubndtanan.official")
    run_changed()
    assert found() == {
        first.pk: {
            "name_shown": "Tân An",
            "handles": ["ubnd.tanan"],
            "pages_alike": [{"handles": ["@ubndtanan.official"], "agency": "UBND xã Tân Ân"}],
        },
        second.pk: {
            "name_shown": "Tân An",
            "handles": ["@ubndtanan.official"],
            "pages_alike": [{"handles": ["ubnd.tanan"], "agency": "UBND phường Tân An"}],
        },
    }
    seen = found()
    for run in (start_sweep(), start_rebuild()):
        work(run=run)
        assert found() == seen
    book.close(account=second, by=None)
    run_changed()
    assert found() == {}


def test_pages_alike_are_over_when_one_changes_its_handle(ward: Agency, commune: Agency):
    first = page(ward, "https://www.facebook.com/ubnd.tanan")
    second = page(commune, "https://www.youtube.com/@ubndtanan")
    permanent = recognise("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv")
    book.record_permanent_id(account=second, link=permanent, by=None)
    run_changed()
    assert found().keys() == {first.pk, second.pk}
    renamed = recognise("https://www.youtube.com/@ubndtanan.dongthap")
    book.record_handle(account=second, link=renamed, by=None)
    run = run_changed()
    assert run is not None
    assert found() == {}
    rows = PageComparison.objects.filter(account__in=[first, second])
    assert Slice.objects.get(run=run, rule=RULE).subjects == rows.count() == 2


def test_pages_alike_are_over_when_one_becomes_the_other_agency_s(ward: Agency, commune: Agency):
    page(ward, "https://www.facebook.com/ubnd.tanan")
    url = "https://www.tiktok.com/@ubndtanan"
    second = page(commune, url)
    run_changed()
    assert len(found()) == 2
    book.transfer(account=second, to=ward, by=None)
    page(ward, url, second)
    run_changed()
    assert found() == {}


def test_pages_alike_as_of_a_past_instant_are_what_was_found_then(ward: Agency, commune: Agency):
    first = page(ward, "https://www.facebook.com/ubnd.tanan")
    run_changed()
    alone = timezone.now()
    second = page(commune, "https://www.tiktok.com/@ubndtanan")
    run_changed()
    both, seen = timezone.now(), found()
    book.close(account=second, by=None)
    run_changed()

    def told(at: Any, *agencies: Agency) -> dict[int, Any]:
        answers = verdicts_as_of(at, agencies=[each.pk for each in agencies])
        said = ((subject.subject_id, subject.not_in_line()) for subject in answers)
        return {pk: each.evidence for pk, faults in said for each in faults if each.rule.code == RULE}

    assert told(alone, ward, commune) == {}
    assert told(both, ward, commune) == seen
    assert told(both, ward) == {first.pk: seen[first.pk]}  # asked for alone, its counterpart is looked at too
    assert told(timezone.now(), ward, commune) == {}
