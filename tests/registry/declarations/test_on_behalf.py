"""What HR registers for a person by a form."""

import pytest

from accounts.models import Entry, Standing
from accounts.platforms import recognise
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import selectors, services
from registry.declarations.states import State
from tests.factories import RoleGrantFactory
from tests.registry.declarations.test_transitions import URL
from tests.registry.people import make_country

pytestmark = pytest.mark.django_db


class TestOnBehalf:
    def test_stands_unconfirmed_until_the_person_confirms(self):
        country = make_country()
        made = services.register_on_behalf(
            official=country.lan, link=recognise(URL), statement={}, by=country.hr
        )
        entry = Entry.objects.current().get(account=made.account)
        assert (made.state, made.entry, entry.standing) == (State.APPROVED, entry, Standing.UNCONFIRMED)
        assert list(selectors.to_confirm(country.lan_login)) == [entry]
        for user in (country.hr, country.hr_culture):
            with pytest.raises(NotFoundError):
                services.confirm_entry(entry=entry, by=user)
        services.confirm_entry(entry=entry, by=country.lan_login)
        assert not selectors.to_confirm(country.lan_login).exists()
        with pytest.raises(RegistryError) as refused:
            services.register_on_behalf(
                official=country.lan, link=recognise(URL), statement={}, by=country.hr
            )
        assert refused.value.code == "already_confirmed"

    def test_for_oneself_or_another_branch_is_refused(self):
        country = make_country()
        RoleGrantFactory.create(user=country.lan_login, agency=country.health)
        with pytest.raises(NotAllowedError) as refused:
            services.register_on_behalf(
                official=country.lan, link=recognise(URL), statement={}, by=country.lan_login
            )
        assert refused.value.code == "own_registration"
        with pytest.raises(NotFoundError):
            services.register_on_behalf(
                official=country.lan, link=recognise(URL), statement={}, by=country.hr_culture
            )
