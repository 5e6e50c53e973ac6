"""What happened to a person's findings, and how they stood, as of a day."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from registry.findings.models import Contest, Finding, Waiver, WaiverBatch
from registry.web.auditor.officials import findings_at
from registry.web.finding import timeline
from tests.registry.exports.conftest import Audited, judge

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def of_lan(audited: Audited, rule: str = "ACC-02") -> Finding:
    return Finding.objects.get(official_id=audited.lan.pk, rule=rule, state="open")


def waive(audited: Audited, finding: Finding) -> None:
    now = timezone.now()
    batch = WaiverBatch.objects.create(
        reason="Chờ quyết định", expires_on=(now + DAY).date(), waived_by=audited.auditor, waived_at=now
    )
    Waiver.objects.create(batch=batch, finding=finding)


def state(audited: Audited, finding: Finding, at: datetime) -> str:
    """How this finding stood; the same rule also has something to say of Lan's other account."""
    found = findings_at(audited.lan, at)[finding.subject_kind, finding.subject_id]
    (status,) = (each.status.text for each in found if each.public_id == finding.public_id)
    return status


def test_official_page_tells_what_happened_by_then_and_by_which_article(audited: Audited, auditor: Client):
    auditor.cookies["django_language"] = "en"
    page = auditor.get(reverse("auditor:official", args=[audited.lan.public_id]))
    history = page.context["history"]
    (event,) = (event for about, _title, event in history if about == of_lan(audited))
    assert "2018" in event.basis
    assert "Mẹ Bắp" in event.detail
    assert "What happened by then" in page.content.decode()
    assert event.basis in page.content.decode()


def test_official_page_as_of_a_day_tells_nothing_that_came_later(audited: Audited, auditor: Client):
    today = timezone.localdate().isoformat()
    with time_machine.travel(timezone.now() + DAY):
        book.amend_official(official=audited.lan, by=None, full_name="Mẹ Bắp")
        judge()
        auditor.force_login(audited.auditor, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse("auditor:official", args=[audited.lan.public_id])
        now = auditor.get(address).context["history"]
        then = auditor.get(address, {"as_of": today}).context["history"]
    assert len(now) > len(then) > 0
    assert [each[2].at for each in now] == sorted((each[2].at for each in now), reverse=True)
    assert then == now[len(now) - len(then) :]


def test_findings_at_tells_what_was_waived_or_contested_at_that_instant(audited: Audited):
    before = timezone.now()
    finding = of_lan(audited)
    with time_machine.travel(before + DAY):
        waive(audited, finding)
        assert state(audited, finding, timezone.now()).startswith(("Waived", "Được miễn", "Miễn"))
        assert state(audited, finding, before) in {"Not in line", "Chưa phù hợp"}
        Waiver.objects.all().delete()
        Contest.objects.create(
            finding=finding, text="x", contested_by=audited.auditor, contested_at=timezone.now()
        )
        assert state(audited, finding, timezone.now()) in {"Contested", "Đang có ý kiến"}
        assert state(audited, finding, before) in {"Not in line", "Chưa phù hợp"}


def test_timeline_of_many_findings_asks_three_queries(audited: Audited, django_assert_num_queries: object):
    findings = list(Finding.objects.filter(official_id=audited.lan.pk))
    waive(audited, findings[0])
    assert len(findings) > 2
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = timeline(findings)
    assert {about.pk for about, _event in found} == {each.pk for each in findings}
