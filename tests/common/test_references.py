"""References checked a statement at a time hold what a foreign key holds, for rows never deleted."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Agency, Official, OfficialRecord
from tests.factories import OfficialFactory

NOBODY = 999_999_999
NOW = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def official() -> Official:
    return OfficialFactory.create()


def _record(official: int, agency: int) -> OfficialRecord:
    return OfficialRecord(
        official_id=official, agency_id=agency, full_name="A", sort_key="a", search_key="a", recorded_from=NOW
    )


def test_one_wrong_row_of_many_refuses_the_statement(official: Official):
    people = [
        Official(branch_id=official.branch_id, staff_code=f"N-{number}", public_id=uuid.uuid4())
        for number in range(50)
    ]
    people[31].branch_id = NOBODY
    with pytest.raises(IntegrityError, match=f"branch_id {NOBODY}"), transaction.atomic():
        Official.objects.bulk_create(people)
    assert Official.objects.count() == 1


@pytest.mark.parametrize("column", ["official_id", "agency_id"])
def test_a_record_of_nobody_or_of_no_agency_is_refused(official: Official, column: str):
    official.records.update(recorded_until=datetime(2099, 1, 1, tzinfo=UTC))
    wrong = _record(official.pk, official.branch_id)
    setattr(wrong, column, NOBODY)
    with pytest.raises(IntegrityError, match=f"{column} {NOBODY}"), transaction.atomic():
        wrong.save()
    assert not OfficialRecord.objects.current().exists()


def test_copied_rows_are_checked_too(official: Official):
    with (
        pytest.raises(IntegrityError, match=f"branch_id {NOBODY}"),
        transaction.atomic(),
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy("COPY accounts_official (branch_id, staff_code, public_id) FROM STDIN") as copy,
    ):
        copy.write(f"{official.branch_id}\tN-1\t{uuid.uuid4()}\n{NOBODY}\tN-2\t{uuid.uuid4()}\n")
    assert Official.objects.count() == 1


def test_an_official_is_not_given_to_a_branch_that_is_not_there(official: Official):
    with pytest.raises(IntegrityError), transaction.atomic():
        Official.objects.filter(pk=official.pk).update(branch_id=NOBODY)
    assert Official.objects.get(pk=official.pk).branch_id == official.branch_id


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM accounts_official",
        "UPDATE accounts_official SET id = id + 1000",
        "DELETE FROM accounts_agency WHERE code = 'lone'",
        "UPDATE accounts_agency SET id = id + 1000 WHERE code = 'lone'",
    ],
)
def test_what_is_referred_to_stays(official: Official, statement: str):
    lone = Agency.objects.create(code="lone")
    with (
        pytest.raises(IntegrityError, match="kept for good"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Agency.objects.filter(pk=lone.pk).exists()
    assert Official.objects.filter(pk=official.pk).exists()


def test_two_current_records_of_one_official_are_refused(official: Official):
    with pytest.raises(IntegrityError, match="official_one_current"), transaction.atomic():
        _record(official.pk, official.branch_id).save()
    assert official.records.count() == 1
