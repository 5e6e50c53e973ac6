"""Two acts on the book at the same moment, on two real connections: neither is lost, neither trips."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts import services
from accounts.agency_names import agency_names
from accounts.models import (
    Agency,
    AgencyRecord,
    Entry,
    NilReturn,
    Official,
    OfficialRecord,
    Regulation,
    Standing,
)
from common.errors import RegistryError
from tests.factories import AgencyFactory, DeclaredFactsFactory, OfficialFactory, RegulationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def overlap(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Begin `second` while the transaction of `first` is open; end that when `second` waits or is done."""
    acted, go_on = Event(), Event()

    def run(act: Callable[[], Any], *, stay: bool) -> None:
        try:
            with transaction.atomic():
                act()
                acted.set()
                if stay:
                    go_on.wait()
        finally:
            acted.set()
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(run, first, stay=True)
        acted.wait()
        following = pool.submit(run, second, stay=False)
        while not (following.done() or somebody_waits(following)):
            pass
        go_on.set()
        wait([running, following])
        running.result()
        following.result()


def beside(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Do all of `second` while the transaction of `first` is open; fails where `second` waits for its end."""

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                # Not how long it may take: only how long a test that fails hangs.
                cursor.execute("SET lock_timeout = '10s'")
            second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        first()
        pool.submit(run).result()


def somebody_waits(following: Future[None]) -> bool:
    if wait([following], timeout=0.02).done:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_hold_account_lets_acts_follow_one_another_and_others_speak_of_the_account():
    facts = DeclaredFactsFactory.create()
    heir: Official = OfficialFactory.create()
    held = partial(services.hold_account, account_id=facts.account_id)
    beside(held, lambda: services.state_facts(account=facts.account, official=heir, by=None))
    with pytest.raises(OperationalError, match="lock timeout"):
        beside(held, lambda: in_haste(lambda: services.close(account=facts.account, by=None)))


def in_haste(act: Callable[[], Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
        act()


def path_of(agency: Agency) -> str:
    return AgencyRecord.objects.current().get(agency=agency).path


def test_amend_official_keeps_both_changes():
    official = OfficialFactory.create()
    overlap(
        lambda: services.amend_official(official=official, by=None, position="Chuyên viên"),
        lambda: services.amend_official(official=official, by=None, work_email="b@hatinh.gov.vn"),
    )
    record = OfficialRecord.objects.current().get(official=official)
    assert (record.position, record.work_email) == ("Chuyên viên", "b@hatinh.gov.vn")


def test_amend_agency_keeps_both_changes():
    agency = AgencyFactory.create()
    overlap(
        lambda: services.amend_agency(agency=agency, by=None, name="Sở Nội vụ"),
        lambda: services.amend_agency(agency=agency, by=None, short_name="SNV"),
    )
    record = AgencyRecord.objects.current().get(agency=agency)
    assert (record.name, record.short_name) == ("Sở Nội vụ", "SNV")


def test_create_agency_below_one_that_is_being_moved():
    root = AgencyFactory.create()
    moved, target = AgencyFactory.create(parent=root), AgencyFactory.create(parent=root)
    overlap(
        lambda: services.move_agency(agency=moved, parent=target, by=None),
        lambda: AgencyFactory.create(code="NEW", parent=moved),
    )
    assert path_of(Agency.objects.get(code="NEW")).startswith(path_of(moved))


def test_record_regulation_of_one_number_leaves_one_standing():
    agency = AgencyFactory.create()
    overlap(
        lambda: RegulationFactory.create(agency=agency, number="12/QĐ"),
        lambda: RegulationFactory.create(agency=agency, number="12/QĐ"),
    )
    assert Regulation.objects.current().filter(agency=agency).count() == 1


def test_agency_names_sees_what_was_recorded_first_and_committed_last():
    early, late = AgencyFactory.create(), AgencyFactory.create()

    def rename_and_read() -> None:
        services.amend_agency(agency=late, by=None, name="Sở Y tế")
        agency_names()

    overlap(lambda: services.amend_agency(agency=early, by=None, name="Sở Tài chính"), rename_and_read)
    assert agency_names().by_id[early.pk].name == "Sở Tài chính"


def test_record_nil_while_an_account_is_entered():
    official: Official = OfficialFactory.create()
    facts = DeclaredFactsFactory.create(official=official)

    def say_none() -> None:
        with pytest.raises(RegistryError) as refusal:
            services.record_nil(official=official, by=None)
        assert refusal.value.code == "has_accounts"

    overlap(lambda: services.enter(facts=facts, standing=Standing.CONFIRMED, by=None), say_none)
    assert not NilReturn.objects.current().exists()


def test_enter_while_the_person_says_they_have_none():
    official: Official = OfficialFactory.create()
    facts = DeclaredFactsFactory.create(official=official)
    overlap(
        lambda: services.record_nil(official=official, by=None),
        lambda: services.enter(facts=facts, standing=Standing.CONFIRMED, by=None),
    )
    assert Entry.objects.current().exists()
    assert not NilReturn.objects.current().exists()


def test_merge_agency_decided_by_two_at_once_is_done_once():
    ends, one, other = (AgencyFactory.create(parent=root) for root in [AgencyFactory.create()] * 3)
    official = OfficialFactory.create(agency=ends)
    facts: dict[str, Any] = {
        "number": "1/QĐ",
        "decided_on": dt.date(2026, 1, 1),
        "on": timezone.localdate(),
        "by": None,
    }
    refused: list[str] = []

    def into_other() -> None:
        try:
            services.merge_agency(agency=ends, successor=other, **facts)
        except RegistryError as error:
            refused.append(error.code)

    overlap(partial(services.merge_agency, agency=ends, successor=one, **facts), into_other)
    assert refused == ["dissolved_already"]
    assert OfficialRecord.objects.current().get(official=official).agency == one


def test_merge_agency_while_somebody_is_amended_moves_them_as_amended():
    ends, into = (AgencyFactory.create(parent=root) for root in [AgencyFactory.create()] * 2)
    official = OfficialFactory.create(agency=ends)
    overlap(
        partial(services.amend_official, official=official, by=None, position="Trưởng phòng"),
        partial(
            services.merge_agency,
            agency=ends, successor=into, number="1/QĐ", decided_on=dt.date(2026, 1, 1),
            on=timezone.localdate(), by=None,
        ),
    )  # fmt: skip
    record = OfficialRecord.objects.current().get(official=official)
    assert (record.agency, record.position) == (into, "Trưởng phòng")
