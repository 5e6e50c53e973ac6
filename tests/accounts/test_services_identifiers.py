"""What accounts are known by: recorded by people, never guessed; a handle that passes on is seen."""

import pytest
from django.db import transaction

from accounts import services
from accounts.comparison import refresh_accounts, refresh_marked
from accounts.models import Account, Comparison, HandleVerdict
from accounts.platforms import Link, recognise
from common.audit.models import AuditEvent
from common.errors import ConflictError, RegistryError
from tests import factories

pytestmark = pytest.mark.django_db


def youtube(name: str) -> Link:
    return recognise(f"https://www.youtube.com/@{name}")


def channel(sign: str) -> Link:
    return recognise(f"https://www.youtube.com/channel/UC{sign * 22}")


def declared(handle: str) -> Account:
    account = services.account_for(link=youtube(handle), by=None)
    facts = factories.DeclaredFactsFactory.create(
        account=account, official=factories.OfficialFactory.create()
    )
    factories.EntryFactory.create(facts=facts)
    return account


def verdict(account: Account) -> HandleVerdict:
    with transaction.atomic():
        while refresh_marked():
            pass
    row = Comparison.objects.get(account=account)
    with transaction.atomic():
        assert refresh_accounts([account.pk]) == 0  # the marks alone kept it true
    return HandleVerdict(row.handle_verdict)


def declare_again(account: Account) -> None:
    old = account.entries.current().get().facts
    facts = services.state_facts(account=account, official=old.official, by=None, name_shown="Trần Thị Hoa")
    factories.EntryFactory.create(facts=facts)


def test_record_permanent_id_lets_the_handle_be_checked():
    account = declared("hoa.ht")
    assert verdict(account) == HandleVerdict.NO_PERMANENT_ID
    services.record_permanent_id(account=account, link=channel("a"), by=None)
    assert verdict(account) == HandleVerdict.SAME
    assert services.find_account(channel("a")) == account


def test_record_handle_shows_the_change_until_it_is_declared():
    account = declared("hoa.ht")
    services.record_permanent_id(account=account, link=channel("a"), by=None)
    services.record_handle(account=account, link=youtube("hoa.moi"), by=None)
    assert verdict(account) == HandleVerdict.CHANGED
    assert services.find_account(youtube("hoa.ht")) is None
    declare_again(account)
    assert verdict(account) == HandleVerdict.SAME


def test_record_handle_that_somebody_else_takes_is_seen_on_the_first_account():
    first, second = declared("hoa.ht"), declared("lan.ht")
    for account, sign in ((first, "a"), (second, "b")):
        services.record_permanent_id(account=account, link=channel(sign), by=None)
    services.record_handle(account=second, link=youtube("hoa.ht"), by=None)
    assert verdict(first) == HandleVerdict.REUSED
    assert verdict(second) == HandleVerdict.CHANGED
    assert services.find_account(youtube("hoa.ht")) == second


def test_account_for_a_handle_given_up_is_another_account_and_the_first_one_shows_it():
    first = declared("hoa.ht")
    services.record_permanent_id(account=first, link=channel("a"), by=None)
    services.record_handle(account=first, link=youtube("hoa.moi"), by=None)
    assert verdict(first) == HandleVerdict.CHANGED
    stranger = declared("hoa.ht")
    assert stranger != first
    assert verdict(first) == HandleVerdict.REUSED


def test_record_handle_twice_is_one_record():
    account = declared("hoa.ht")
    services.record_permanent_id(account=account, link=channel("a"), by=None)
    assert services.record_handle(account=account, link=youtube("hoa.ht"), by=None).recorded_until is None
    assert account.identifiers.count() == 2
    assert verdict(account) == HandleVerdict.SAME


def test_record_handle_without_a_permanent_id_is_refused():
    account = declared("hoa.ht")
    with pytest.raises(RegistryError) as refused:
        services.record_handle(account=account, link=youtube("hoa.moi"), by=None)
    assert refused.value.code == "needs_permanent_id"


def test_record_handle_of_an_account_known_by_nothing_else_is_refused():
    account = declared("hoa.ht")
    declared("lan.ht")
    services.record_permanent_id(account=account, link=channel("a"), by=None)
    with pytest.raises(ConflictError) as refused:
        services.record_handle(account=account, link=youtube("lan.ht"), by=None)
    assert refused.value.code == "known_as_another"


def test_record_permanent_id_of_another_account_is_refused():
    first, second = declared("hoa.ht"), declared("lan.ht")
    services.record_permanent_id(account=first, link=channel("a"), by=None)
    with pytest.raises(ConflictError) as refused:
        services.record_permanent_id(account=second, link=channel("a"), by=None)
    assert refused.value.code == "known_as_another"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.youtube.com/@hoa.ht", "no_permanent_id"),
        ("https://www.facebook.com/profile.php?id=100012345678901", "other_platform"),
    ],
)
def test_record_permanent_id_from_a_link_that_states_none_is_refused(url: str, code: str):
    account = declared("hoa.ht")
    with pytest.raises(RegistryError) as refused:
        services.record_permanent_id(account=account, link=recognise(url), by=None)
    assert refused.value.code == code


def test_record_handle_from_a_link_that_states_none_is_refused():
    account = declared("hoa.ht")
    services.record_permanent_id(account=account, link=channel("a"), by=None)
    with pytest.raises(RegistryError) as refused:
        services.record_handle(account=account, link=channel("b"), by=None)
    assert refused.value.code == "no_handle"


def test_strike_permanent_id_leaves_the_handle_and_lets_the_id_be_anothers():
    first, second = declared("hoa.ht"), declared("lan.ht")
    wrong = services.record_permanent_id(account=first, link=channel("a"), by=None)
    services.strike_permanent_id(identifier=wrong, by=None)
    assert verdict(first) == HandleVerdict.NO_PERMANENT_ID
    assert services.find_account(channel("a")) is None
    services.record_permanent_id(account=second, link=channel("a"), by=None)
    assert services.find_account(channel("a")) == second
    assert verdict(second) == HandleVerdict.SAME
    assert verdict(first) == HandleVerdict.NO_PERMANENT_ID  # no handle was given up, so none was taken over
    event = AuditEvent.objects.get(act="identifier.struck")
    assert (event.subject_id, event.payload["shown"]) == (first.pk, "UC" + "a" * 22)


def test_strike_permanent_id_twice_is_a_conflict():
    account = declared("hoa.ht")
    wrong = services.record_permanent_id(account=account, link=channel("a"), by=None)
    services.strike_permanent_id(identifier=wrong, by=None)
    with pytest.raises(ConflictError) as refused:
        services.strike_permanent_id(identifier=wrong, by=None)
    assert refused.value.code == "stale"


def test_strike_permanent_id_of_what_is_known_by_nothing_else_or_of_a_handle_is_refused():
    only = services.account_for(link=channel("a"), by=None).identifiers.get()
    with pytest.raises(RegistryError) as refused:
        services.strike_permanent_id(identifier=only, by=None)
    assert refused.value.code == "only_identifier"
    with pytest.raises(RegistryError) as refused:
        services.strike_permanent_id(identifier=declared("hoa.ht").identifiers.get(), by=None)
    assert refused.value.code == "not_permanent"
