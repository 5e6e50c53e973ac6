"""A page of the compliance list where few lines match: it looks where they are, and never for long."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts import services as book
from accounts.models import Agency
from registry.findings import compliance
from registry.findings.compliance import ComplianceFilter, compliance_page, compliance_rows
from registry.findings.models import Contest, Finding, Waiver, WaiverBatch
from registry.findings.services import run_changed
from tests.factories import UserFactory
from tests.factories.comparisons import make_agency, make_official, path_of
from tests.registry.findings.test_reading import agency, enter, paged

__all__ = ["agency"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wanted", [ComplianceFilter(), ComplianceFilter(states=("open",))])
def test_compliance_page_that_has_looked_for_long_ends_and_goes_on_from_there(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, wanted: ComplianceFilter
) -> None:
    monkeypatch.setattr(compliance, "_FIRST", 1)
    monkeypatch.setattr(compliance, "_MOST", 2)
    monkeypatch.setattr(compliance, "_PATIENCE", -1.0)  # every look is the last of its page
    for _n in range(4):
        make_official(make_agency(parent=agency))
    run_changed()
    now = timezone.now()
    whole = list(compliance_rows([path_of(agency)], now, wanted))
    rows, after = compliance_page([path_of(agency)], now, wanted)
    assert after is not None
    assert after[:2] > (path_of(agency), 0)
    assert len(rows) < len(whole)
    assert paged(agency, now, wanted) == whole


@pytest.mark.parametrize(
    "wanted",
    [
        ComplianceFilter(rules=("ACC-02",)),
        ComplianceFilter(rules=("ACC-02",), states=("open",)),
        ComplianceFilter(rules=("AGE-01", "ACC-03")),
        ComplianceFilter(states=("waived",)),
        ComplianceFilter(states=("waived", "contested")),
        ComplianceFilter(states=("contested",), rules=("ACC-02",)),
    ],
)
def test_compliance_page_of_few_lines_looks_at_no_unit_without_them(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, wanted: ComplianceFilter
) -> None:
    looked: list[int] = []
    some = compliance._some_agencies

    def noted(*args: Any) -> Iterator[tuple[list[int], str]]:
        for agencies, last in some(*args):
            looked.extend(agencies)
            yield agencies, last

    monkeypatch.setattr(compliance, "_some_agencies", noted)
    ward, empty = make_agency(parent=agency), make_agency(parent=agency)
    make_official(empty)
    enter(ward, name_shown="Mẹ Bắp")
    moved = enter(ward, name_shown="Bố Gấu").ownerships.get().official
    assert moved is not None
    enter(ward, name_shown="Bé Na")
    run_changed()
    by = UserFactory.create()
    batch = WaiverBatch.objects.create(
        reason="x",
        expires_on=timezone.localdate() + timedelta(days=9),
        waived_by=by,
        waived_at=timezone.now(),
    )
    for rule in ("ACC-02", "AGE-01"):
        others = Finding.objects.filter(rule=rule, agency_id=ward.pk).exclude(official_id=moved.pk)
        waived, *_more = others.order_by("pk")  # not what is contested below, whichever was found first
        Waiver.objects.create(batch=batch, finding=waived)
    contested = Finding.objects.get(rule="ACC-02", official_id=moved.pk)
    Contest.objects.create(finding=contested, text="x", contested_by=by, contested_at=timezone.now())
    then = timezone.now()
    with time_machine.travel(then + timedelta(hours=1)):
        book.amend_official(official=moved, by=None, agency=empty)
        run_changed()
        now = timezone.now()
    for at in (then, now):
        whole = list(compliance_rows([path_of(agency)], at, wanted))
        assert whole or at == now
        assert paged(agency, at, wanted) == whole
    looked.clear()
    paged(agency, then, ComplianceFilter(rules=("ACC-02",), states=("contested", "waived")))
    assert empty.pk not in looked
