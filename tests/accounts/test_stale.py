"""A rebuild finds every row that is not what the book makes of it, and leaves the others alone."""

from datetime import date

import pytest
from django.db import transaction

from accounts import services
from accounts.comparison import (
    CODE_VERSION,
    refresh_accounts,
    refresh_officials,
    stale_accounts,
    stale_officials,
)
from accounts.models import Account, Agency, Comparison, Entry, NilReturn, Official, OfficialComparison
from accounts.services.seeding import load_agencies
from common.changes.models import ChangeMark
from tests.accounts.test_comparison import declare, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def official() -> Official:
    load_agencies(["T34-42"])
    agency = Agency.objects.get(code="T34-42-NV")
    return services.record_official(
        agency=agency, staff_code="42-1", full_name="Trần Thị Hoa", by=None, category="cong_chuc"
    )


@pytest.fixture
def account(official: Official) -> Account:
    declared = declare(official)
    settle()
    return declared


def _stale_account(account: Account) -> set[int]:
    with transaction.atomic():
        return stale_accounts(account.pk, account.pk + 1)


def _stale_official(official: Official) -> set[int]:
    with transaction.atomic():
        return stale_officials(official.pk, official.pk + 1)


def _forget_marks() -> None:
    """What follows must be found without anybody having been told."""
    ChangeMark.objects.all().delete()


def test_nothing_is_stale_where_nothing_was_missed(account: Account, official: Official):
    assert _stale_account(account) == set()
    assert _stale_official(official) == set()


def test_a_verdict_written_by_other_hands_is_stale(account: Account):
    Comparison.objects.filter(account=account).update(name_verdict=3)

    assert _stale_account(account) == {account.pk}
    with transaction.atomic():
        assert refresh_accounts([account.pk]) == 1
    assert _stale_account(account) == set()


def test_a_record_that_changed_unnoticed_is_stale(account: Account, official: Official):
    services.amend_official(official=official, by=None, full_name="Nguyễn Văn Nam")
    _forget_marks()

    assert _stale_account(account) == {account.pk}
    assert _stale_official(official) == {official.pk}


def test_an_agency_renamed_unnoticed_makes_its_people_stale(account: Account, official: Official):
    services.amend_agency(
        agency=Agency.objects.get(code="T34-42-NV"), by=None, name="Sở Tên Mới", short_name=""
    )
    _forget_marks()

    assert _stale_account(account) == {account.pk}
    assert _stale_official(official) == {official.pk}


def test_a_regulation_recorded_unnoticed_makes_its_people_stale(account: Account, official: Official):
    services.record_regulation(
        agency=Agency.objects.get(code="T34-42"), number="1/QĐ", by=None, issued_on=date(2026, 1, 1),
        in_force_from=date(2026, 1, 1), obliges_declaration=True, days_to_declare=30,
    )  # fmt: skip
    _forget_marks()

    assert _stale_official(official) == {official.pk}
    with transaction.atomic():
        assert refresh_officials([official.pk]) == 1
        assert _stale_account(account) == {account.pk}
        assert refresh_accounts([account.pk]) == 0  # it binds the person, and changes nothing in the account


def test_a_row_that_is_missing_or_one_too_many_is_stale(account: Account, official: Official):
    Comparison.objects.filter(account=account).delete()
    OfficialComparison.objects.filter(official=official).delete()
    assert _stale_account(account) == {account.pk}
    assert _stale_official(official) == {official.pk}

    with transaction.atomic():
        refresh_accounts([account.pk])
    services.close(account=account, by=None)
    _forget_marks()
    assert not Entry.objects.current().filter(account=account).exists()
    assert _stale_account(account) == {account.pk}


def test_a_nil_return_nobody_was_told_of_is_stale(official: Official):
    settle()
    NilReturn.objects.create(official=official, recorded_from="2026-01-01T00:00:00Z", recorded_by=None)
    _forget_marks()

    assert _stale_official(official) == {official.pk}


def test_a_row_made_by_older_code_is_stale(account: Account, official: Official):
    Comparison.objects.update(code_version=CODE_VERSION - 1)
    OfficialComparison.objects.update(code_version=CODE_VERSION - 1)

    assert _stale_account(account) == {account.pk}
    assert _stale_official(official) == {official.pk}
