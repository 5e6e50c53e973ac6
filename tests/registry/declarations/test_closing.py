"""A person's own word: there is none, it is closed."""

import pytest

from accounts import services as book
from accounts.models import Entry, NilReturn
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import selectors, services
from registry.declarations.states import Kind, State
from tests.factories import EntryFactory, OfficialFactory
from tests.registry.declarations.test_transitions import in_state
from tests.registry.people import make_country

pytestmark = pytest.mark.django_db


class TestNilAndClosing:
    def test_nil_is_ones_own_word_and_contradicts_nothing(self):
        country = make_country()
        with pytest.raises(NotAllowedError):
            services.declare_nil(official=country.lan, by=country.hr)
        draft = in_state(country, State.DRAFT)
        with pytest.raises(RegistryError) as refused:
            services.declare_nil(official=country.lan, by=country.lan_login)
        assert refused.value.code == "has_open"
        services.withdraw(declaration=draft, by=country.lan_login)
        nil = services.declare_nil(official=country.lan, by=country.lan_login)
        assert selectors.nil_of(country.lan) == nil
        in_state(country, State.APPROVED)
        assert not NilReturn.objects.current().filter(official=country.lan).exists()
        with pytest.raises(RegistryError) as refused:
            services.declare_nil(official=country.lan, by=country.lan_login)
        assert refused.value.code == "has_accounts"

    def test_close_by_the_person_waits_for_review(self):
        country = make_country()
        account = in_state(country, State.APPROVED).account
        closing = services.close_account(account=account, by=country.lan_login)
        assert (closing.kind, closing.state) == (Kind.CLOSE, State.SUBMITTED)
        assert Entry.objects.current().filter(account=account).exists()
        services.approve(declaration=closing, by=country.hr)
        assert not Entry.objects.current().filter(account=account).exists()
        assert book.owner_of(account) is None

    def test_close_by_an_officer_holds_at_once(self):
        country = make_country()
        account = in_state(country, State.APPROVED).account
        with pytest.raises(NotFoundError):
            services.close_account(account=account, by=country.hr_culture)
        assert services.close_account(account=account, by=country.hr).state == State.APPROVED
        assert book.owner_of(account) is None
        with pytest.raises(NotFoundError):
            services.close_account(account=account, by=country.hr)

    def test_close_approved_after_the_account_was_given_away_touches_nobody_elses(self):
        country = make_country()
        account = in_state(country, State.APPROVED).account
        closing = services.close_account(account=account, by=country.lan_login)
        heir = OfficialFactory.create(agency=country.culture)
        book.transfer(account=account, to=heir, by=None)
        theirs = EntryFactory.create(facts__account=account, facts__official=heir)
        services.approve(declaration=closing, by=country.hr)
        assert Entry.objects.current().get(account=account) == theirs
