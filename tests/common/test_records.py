"""Records are append-only, half-open, one current at a time; the database itself holds it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import services
from accounts.models import Agency, AgencyRecord
from common.changes.models import ChangeMark, Kind
from common.changes.services import claim, claim_also, mark
from common.errors import ConflictError
from common.records import end, succeed

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 1, 1, tzinfo=HANOI)
LATER = datetime(2026, 6, 30, tzinfo=HANOI)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return services.create_agency(code="A", name="Sở A", kind="unit", parent=None, by=None, at=START)


def test_as_of_gives_the_state_the_register_had(agency: Agency):
    services.amend_agency(agency=agency, by=None, at=LATER, name="Sở B")

    def name_at(instant: datetime) -> list[str]:
        return list(AgencyRecord.objects.as_of(instant).values_list("name", flat=True))

    assert name_at(START - timedelta(microseconds=1)) == []
    assert name_at(START) == ["Sở A"]
    assert name_at(LATER - timedelta(microseconds=1)) == ["Sở A"]
    assert name_at(LATER) == ["Sở B"]


def test_amend_with_the_same_facts_makes_no_record(agency: Agency):
    services.amend_agency(agency=agency, by=None, name="Sở A")
    assert AgencyRecord.objects.filter(agency=agency).count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_agencyrecord SET name = 'X'",
        "UPDATE accounts_agencyrecord SET recorded_until = now(), name = 'X'",
        "UPDATE accounts_agencyrecord SET recorded_from = recorded_from - interval '1 day'",
        "DELETE FROM accounts_agencyrecord",
    ],
)
def test_database_refuses_to_rewrite_the_past(agency: Agency, statement: str):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AgencyRecord.objects.get(agency=agency).name == "Sở A"


def test_database_refuses_to_reopen_an_ended_record(agency: Agency):
    services.amend_agency(agency=agency, by=None, at=LATER, name="Sở B")
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyRecord.objects.filter(name="Sở A").update(recorded_until=None)


def test_succeed_when_somebody_else_was_first(agency: Agency):
    mine = AgencyRecord.objects.get(agency=agency)
    services.amend_agency(agency=agency, by=None, name="Sở B")
    with pytest.raises(ConflictError) as refusal, transaction.atomic():
        succeed(mine, by=None, name="Sở C")
    assert refusal.value.code == "stale"
    assert AgencyRecord.objects.current().get(agency=agency).name == "Sở B"


def test_end_after_the_clock_went_back_keeps_a_period(agency: Agency):
    record = AgencyRecord.objects.get(agency=agency)
    assert end(record, at=START - timedelta(days=3)) > record.recorded_from


def test_two_current_records_are_refused(agency: Agency):
    record = AgencyRecord.objects.get(agency=agency)
    record.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save(force_insert=True)


def test_a_change_marks_its_subject_and_a_claim_takes_the_marks(agency: Agency):
    services.amend_agency(agency=agency, by=None, name="Sở B")
    assert claim(Kind.AGENCY, 100) == [agency.pk]
    assert claim(Kind.AGENCY, 100) == []
    assert claim(Kind.AGENCY_NAMES, 100) == [agency.pk]
    assert not ChangeMark.objects.exists()


def test_claim_also_takes_only_the_marks_of_those_looked_at():
    mark(Kind.ACCOUNT, [1, 2, 2, 3])
    mark(Kind.OFFICIAL, [2])

    claim_also(Kind.ACCOUNT, {1, 2})

    assert claim(Kind.ACCOUNT, 100) == [3]
    assert claim(Kind.OFFICIAL, 100) == [2]
