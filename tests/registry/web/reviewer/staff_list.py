"""The staff list as a browser reads it."""

from typing import Any

from django.test import Client

from accounts.models import Agency, Official, OfficialRecord
from tests.factories import (
    OfficialFactory,
)

STAFF = "/hr/staff/"


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [row[0].full_name for row in answer.context["rows"]]


def listed(browser: Client, **wanted: str) -> list[str]:
    return names(browser.get(STAFF, wanted))


def people(agency: Agency, *called: str) -> list[Official]:
    return [OfficialFactory.create(agency=agency, full_name=name) for name in called]


def place_of(official: Official) -> Agency:
    return OfficialRecord.objects.current().get(official=official).agency
