"""One and the same account: faulty for hiding the employer under the draft, for showing it in the army."""

from datetime import datetime

import pytest
import time_machine

from accounts import services as book
from accounts.models import Agency, Official
from registry.findings.engine import Answer
from registry.findings.models import Finding, State
from registry.findings.selectors import verdicts_as_of
from registry.findings.services import run_changed
from registry.rules.profiles import PROFILES
from registry.rules.rule import Severity
from tests.factories import AgencyFactory, EntryFactory, OfficialFactory

pytestmark = pytest.mark.django_db
SHOWN, HIDDEN = "ACC-06", "ACC-16"


@pytest.fixture
def unit() -> Agency:
    root = AgencyFactory.create(kind="government", name="Chính phủ")
    ministry = AgencyFactory.create(
        kind="ministry", parent=root, name="Bộ Quốc phòng", short_name="Bộ Quốc phòng"
    )
    return AgencyFactory.create(kind="unit", parent=ministry, name="Cục Tuyên huấn")


def owner(unit: Agency, agency_shown: str) -> Official:
    official = OfficialFactory.create(agency=unit, full_name="Trần Văn Minh")
    EntryFactory.create(
        facts__official=official, facts__name_shown="Trần Văn Minh", facts__agency_shown=agency_shown
    )
    return official


def held_against(official: Official) -> dict[str, int]:
    """The two rules, where they found something: rule → severity."""
    found = Finding.objects.filter(official_id=official.pk, state=State.OPEN, rule__in=(SHOWN, HIDDEN))
    return dict(found.values_list("rule", "severity"))


def use(profile: str) -> None:
    ministry = Agency.objects.get(records__name="Bộ Quốc phòng", records__recorded_until=None)
    book.amend_agency(agency=ministry, by=None, profile=PROFILES[profile].number)
    run_changed()


def test_account_faulty_for_hiding_its_unit_is_faulty_for_showing_it_in_the_army(unit: Agency):
    hides, shows = owner(unit, ""), owner(unit, "Cục Tuyên huấn")
    use("draft-2018")
    assert held_against(hides) == {SHOWN: Severity.MEDIUM}
    assert held_against(shows) == {}
    use("defence")
    assert held_against(hides) == {}
    assert held_against(shows) == {HIDDEN: Severity.HIGH}
    assert Finding.objects.get(rule=HIDDEN, official_id=shows.pk).article == "TT-81-BQP.6-unit"


def test_army_forbids_nothing_before_its_circular():
    with time_machine.travel("2025-09-01T09:00:00+07:00"):
        early = AgencyFactory.create(
            kind="ministry", name="Bộ Quốc phòng cũ", profile=PROFILES["defence"].number
        )
        shows = owner(AgencyFactory.create(kind="unit", parent=early, name="Cục Hậu cần"), "Cục Hậu cần")

    def said(day: str) -> dict[str, Answer]:
        at = datetime.fromisoformat(f"{day}T12:00:00+07:00")
        return {
            each.rule.code: each.answer
            for subject in verdicts_as_of(at, officials=[shows.pk])
            for each in subject.verdicts
        }

    assert HIDDEN not in said("2025-09-14")
    assert said("2025-09-15")[HIDDEN] is Answer.NOT_IN_LINE
