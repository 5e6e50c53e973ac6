"""The auditor's home: who has declared, what is not in line, what ran."""

import pytest
from django.test import Client
from django.urls import reverse

from registry.findings.models import Run
from tests.factories import AgencyFactory, OfficialFactory
from tests.registry.exports.conftest import Audited, judge
from tests.registry.web.auditor.conftest import get

pytestmark = pytest.mark.django_db


def test_home_tells_coverage_findings_and_runs(auditor: Client):
    page = get(auditor, "home")
    assert "Sở Y tế" in page
    assert "OFF-01" in page
    assert reverse("auditor:list") + "?rule=OFF-01&amp;state=open" in page
    assert reverse("auditor:run", args=[Run.objects.latest("pk").pk]) in page


def test_home_counts_people_by_what_they_said(audited: Audited, auditor: Client):
    OfficialFactory.create(agency=audited.health, full_name="Mới Vào")
    judge()
    context = auditor.get(reverse("auditor:home")).context
    coverage = context["coverage"]
    assert (coverage.officials, coverage.declared, coverage.nil, coverage.missing) == (4, 1, 1, 2)
    assert coverage.percent == 50


def test_home_when_a_unit_has_no_staff_list_does_not_call_it_complete(audited: Audited, auditor: Client):
    AgencyFactory.create(parent=audited.health, name="Bệnh viện Một", code="BV-1")
    context = auditor.get(reverse("auditor:home")).context
    assert [(part.name, part.officials) for part in context["parts"]] == [("Bệnh viện Một", 0)]
    assert (context["coverage"].unlisted, context["coverage"].agencies) == (1, 2)
    page = get(auditor, "home", agency="BV-1")
    assert "100" not in page.split("<main")[1].split('aria-labelledby="rules"')[0]


def test_home_knows_the_people_of_an_office_inside_a_body_that_keeps_one_list(
    audited: Audited, auditor: Client
):
    AgencyFactory.create(parent=audited.health, name="Văn phòng Sở", kind="unit", code="VP-1")
    coverage = auditor.get(reverse("auditor:home")).context["coverage"]
    assert (coverage.unlisted, coverage.agencies) == (0, 2)
    above = get(auditor, "home")
    assert "Trong danh sách của cơ quan chủ quản" in above
    assert "Chưa có danh sách<" not in above
    office = get(auditor, "home", agency="VP-1")
    assert "Người của đơn vị này có trong danh sách cán bộ của cơ quan chủ quản." in office
    assert "Chưa nạp danh sách cán bộ" not in office
