"""Acts on the book: identities are found, never guessed; ownership is exclusive; nothing is half-written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts import services
from accounts.models import (
    Account,
    AccountIdentifier,
    Agency,
    AgencyRecord,
    DeclaredFacts,
    Entry,
    NilReturn,
    Official,
    Ownership,
    Standing,
)
from accounts.paths import below
from accounts.platforms import recognise
from common.audit.models import AuditEvent
from common.errors import ConflictError, RegistryError

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return services.create_agency(code="A", name="UBND tỉnh A", kind="province", parent=None, by=None)


@pytest.fixture
def new_official(agency: Agency) -> Callable[[str], Official]:
    def make(code: str) -> Official:
        return services.record_official(
            agency=agency, staff_code=code, full_name=f"Nguyễn Văn {code}", by=None, category="cong_chuc"
        )

    return make


def facts_of(
    official: Official, link: str = "https://facebook.com/nguyen.van.a", **said: Any
) -> DeclaredFacts:
    account = services.account_for(link=recognise(link), by=None)
    return services.state_facts(account=account, official=official, by=None, **said)


def test_account_for_every_way_of_writing_one_page_is_one_account():
    ways = [
        "https://facebook.com/nguyen.van.a",
        "fb.com/NguyenVanA",
        "https://m.facebook.com/nguyenvana?mibextid=1",
    ]
    assert len({services.account_for(link=recognise(way), by=None).pk for way in ways}) == 1
    assert AccountIdentifier.objects.count() == 1


def test_account_for_a_name_and_a_number_are_never_guessed_to_be_one():
    by_name = services.account_for(link=recognise("https://facebook.com/nguyenvana"), by=None)
    by_number = services.account_for(
        link=recognise("https://facebook.com/profile.php?id=100001234567890"), by=None
    )
    assert by_name != by_number


def test_account_for_a_zalo_number_keeps_a_digest_and_a_mask_only():
    services.account_for(link=recognise("https://zalo.me/0912345678"), by=None)
    row = AccountIdentifier.objects.get()
    assert "912345678" not in f"{row.key}{row.shown}{row.url}"
    assert services.find_account(recognise("zalo.me/+84912345678")) == row.account


def test_enter_gives_an_owner_and_ends_the_nil_return(new_official: Callable[[str], Official]):
    official = new_official("1")
    services.record_nil(official=official, by=None)
    entry = services.enter(facts=facts_of(official), standing=Standing.UNCONFIRMED, by=None)
    ownership = services.owner_of(entry.account)
    assert ownership is not None
    assert ownership.official == official
    assert not NilReturn.objects.current().exists()


def test_enter_what_somebody_else_owns_is_refused_and_names_nobody(new_official: Callable[[str], Official]):
    services.enter(facts=facts_of(new_official("1")), standing=Standing.CONFIRMED, by=None)
    with pytest.raises(ConflictError) as refusal:
        services.enter(facts=facts_of(new_official("2")), standing=Standing.CONFIRMED, by=None)
    assert refusal.value.code == "owned_by_other"
    assert refusal.value.extra == {}
    assert Entry.objects.count() == 1


def test_record_nil_while_an_account_is_live_is_refused(new_official: Callable[[str], Official]):
    official = new_official("1")
    services.enter(facts=facts_of(official), standing=Standing.CONFIRMED, by=None)
    with pytest.raises(RegistryError) as refusal:
        services.record_nil(official=official, by=None)
    assert refusal.value.code == "has_accounts"


def test_confirm_then_close_leaves_history(new_official: Callable[[str], Official]):
    entry = services.enter(facts=facts_of(new_official("1")), standing=Standing.UNCONFIRMED, by=None)
    before = timezone.now()
    confirmed = services.confirm(entry=entry, by=None)
    assert confirmed.confirmed_at is not None
    between = timezone.now()
    services.close(account=entry.account, by=None)
    assert not Entry.objects.current().exists()
    assert Entry.objects.as_of(before).get().standing == Standing.UNCONFIRMED
    assert Entry.objects.as_of(between).get().standing == Standing.CONFIRMED
    assert not Ownership.objects.current().exists()


def test_transfer_ends_the_entry_and_moves_the_ownership(new_official: Callable[[str], Official]):
    one, other = new_official("1"), new_official("2")
    entry = services.enter(facts=facts_of(one), standing=Standing.CONFIRMED, by=None)
    services.transfer(account=entry.account, to=other, by=None)
    assert Ownership.objects.current().get().official == other
    assert not Entry.objects.current().exists()


def test_facts_cannot_be_changed(new_official: Callable[[str], Official]):
    facts = facts_of(new_official("1"))
    with pytest.raises(DatabaseError), transaction.atomic():
        DeclaredFacts.objects.filter(pk=facts.pk).update(name_shown="X")


def test_audit_events_cannot_be_changed_or_removed(new_official: Callable[[str], Official]):
    new_official("1")
    for attempt in (lambda: AuditEvent.objects.update(act="x"), lambda: AuditEvent.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_amend_official_refuses_what_is_no_hr_fact(new_official: Callable[[str], Official]):
    with pytest.raises(TypeError):
        services.amend_official(official=new_official("1"), by=None, party_member=True)


def test_below_takes_a_branch_and_no_look_alike(agency: Agency):
    ids = [
        services.create_agency(code=f"B{number}", name="Sở", kind="department", parent=agency, by=None).pk
        for number in range(12)
    ]
    AgencyRecord.objects.count()
    root = AgencyRecord.objects.get(agency=agency).path
    assert AgencyRecord.objects.filter(below(root)).count() == 13
    assert AgencyRecord.objects.filter(below(f"{root}{ids[0]}/")).count() == 1
    # "5/" must not take in "57/": compare on paths that are prefixes of each other as text
    assert f"{root}{ids[1]}7/" > f"{root}{ids[1]}/"
    assert (
        not AgencyRecord.objects.filter(below(f"{root}{str(ids[-1])[:-1]}/")).filter(agency=ids[-1]).exists()
    )


def test_move_agency_takes_everything_below_it_along(agency: Agency):
    one = services.create_agency(code="B", name="Sở B", kind="department", parent=agency, by=None)
    leaf = services.create_agency(code="C", name="Phòng C", kind="unit", parent=one, by=None)
    other = services.create_agency(code="D", name="Sở D", kind="department", parent=agency, by=None)
    services.move_agency(agency=one, parent=other, by=None)
    assert (
        AgencyRecord.objects.current().get(agency=leaf).path == f"{agency.pk}/{other.pk}/{one.pk}/{leaf.pk}/"
    )
    with pytest.raises(RegistryError) as refusal:
        services.move_agency(agency=other, parent=leaf, by=None)
    assert refusal.value.code == "circle"


def test_record_succession_ends_the_predecessor(agency: Agency):
    successor = services.create_agency(code="B", name="UBND tỉnh B", kind="province", parent=None, by=None)
    services.record_succession(
        predecessor=agency, successor=successor, kind="merged", on=date(2025, 7, 1), by=None
    )
    assert AgencyRecord.objects.current().get(agency=agency).dissolved_on == date(2025, 7, 1)


def test_record_regulation_that_obliges_must_say_within_how_many_days(agency: Agency):
    with pytest.raises(RegistryError) as refusal:
        services.record_regulation(
            agency=agency,
            number="1/QĐ",
            by=None,
            issued_on=date(2026, 1, 1),
            in_force_from=date(2026, 1, 1),
            obliges_declaration=True,
        )
    assert refusal.value.code == "days_missing"


@pytest.mark.django_db(transaction=True)
def test_account_for_the_same_link_at_the_same_moment_is_one_account():
    link = recognise("https://facebook.com/nguyenvana")

    def record(_number: int) -> int:
        try:
            return services.account_for(link=link, by=None).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(record, range(8)))
    assert len(found) == 1
    assert Account.objects.count() == 1
