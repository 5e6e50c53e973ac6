"""Two people at the same moment, on two real connections: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Entry, Ownership
from accounts.platforms import recognise
from common.errors import RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration, Step
from registry.declarations.states import State
from tests.accounts.test_two_at_once import beside, overlap
from tests.factories import DeclarationFactory, OfficialFactory
from tests.registry.declarations.test_transitions import URL, in_state
from tests.registry.people import make_country

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Declaration]) -> list[str | RegistryError]:
    """Run the acts in threads that start together; give each one's new state, or its refusal."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Declaration]) -> str | RegistryError:
        try:
            start.wait()
            return str(act().state)
        except RegistryError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def fresh(declaration: Declaration) -> Declaration:
    return Declaration.objects.select_related("official", "account", "facts").get(pk=declaration.pk)


@pytest.mark.parametrize("turn", range(3))
def test_approve_and_return_at_once(turn: int):
    del turn
    country = make_country()
    put = in_state(country, State.SUBMITTED)
    mine, colleagues = fresh(put), fresh(put)
    outcomes = at_once(
        lambda: services.approve(declaration=mine, by=country.hr),
        lambda: services.return_(declaration=colleagues, reasons={"photo": "Mờ"}, by=country.hr2),
    )
    won = [outcome for outcome in outcomes if isinstance(outcome, str)]
    lost = [outcome for outcome in outcomes if not isinstance(outcome, str)]
    assert len(won) == len(lost) == 1
    assert lost[0].code == "decided_already"
    winner = "Phạm Văn Hòa" if won == [State.APPROVED] else "Lê Thị Mai"
    assert winner in str(lost[0])
    put.refresh_from_db()
    assert [put.state] == won
    assert Step.objects.filter(declaration=put).count() == put.version
    assert Entry.objects.filter(account=put.account).exists() == (won == [State.APPROVED])


def test_approve_by_two_at_once_makes_one_entry():
    country = make_country()
    put = in_state(country, State.SUBMITTED)
    seen = [fresh(put), fresh(put)]
    outcomes = at_once(
        lambda: services.approve(declaration=seen[0], by=country.hr),
        lambda: services.approve(declaration=seen[1], by=country.hr2),
    )
    assert sum(outcome == State.APPROVED for outcome in outcomes) == 1
    assert Entry.objects.filter(account=put.account).count() == 1


def test_approve_while_the_person_withdraws():
    country = make_country()
    put = in_state(country, State.SUBMITTED)
    seen = [fresh(put), fresh(put)]
    outcomes = at_once(
        lambda: services.approve(declaration=seen[0], by=country.hr),
        lambda: services.withdraw(declaration=seen[1], by=country.lan_login),
    )
    won = [outcome for outcome in outcomes if isinstance(outcome, str)]
    put.refresh_from_db()
    assert won == [put.state]
    assert Entry.objects.filter(account=put.account).exists() == (won == [State.APPROVED])


def test_approve_two_peoples_claims_to_one_account_at_once_lets_one_stand():
    country = make_country()
    first = in_state(country, State.SUBMITTED)
    other = OfficialFactory.create(agency=country.culture)
    second = DeclarationFactory.create(official=other, url=URL, submitted=True)
    assert second.state == State.SUBMITTED
    seen = [fresh(first), fresh(second)]
    outcomes = at_once(
        lambda: services.approve(declaration=seen[0], by=country.hr),
        lambda: services.approve(declaration=seen[1], by=country.hr_culture),
    )
    assert sorted(map(str, outcomes)) == [State.APPROVED, State.DISPUTED]
    assert Ownership.objects.current().filter(account=first.account).count() == 1
    assert Entry.objects.filter(account=first.account).count() == 1


def test_register_the_same_account_for_two_people_at_once_lets_one_stand():
    country = make_country()
    other = OfficialFactory.create(agency=country.culture)
    link = recognise(URL)
    outcomes = at_once(
        lambda: services.register_on_behalf(official=country.lan, link=link, statement={}, by=country.hr),
        lambda: services.register_on_behalf(official=other, link=link, statement={}, by=country.hr_culture),
    )
    assert sorted(map(str, outcomes)) == [State.APPROVED, State.DISPUTED]
    assert Ownership.objects.current().count() == 1


def test_save_two_drafts_of_one_account_at_once_begins_one():
    country = make_country()
    outcomes = at_once(
        *[lambda: DeclarationFactory.create(official=country.lan, by=country.lan_login, url=URL)] * 2
    )
    assert sum(outcome == State.DRAFT for outcome in outcomes) == 1
    assert [o.code for o in outcomes if not isinstance(o, str)] == ["already_open"]


def test_begin_a_draft_of_an_account_while_it_is_being_decided():
    country = make_country()
    put = in_state(country, State.SUBMITTED)
    other = OfficialFactory.create(agency=country.culture)
    beside(
        lambda: services.approve(declaration=put, by=country.hr),
        lambda: DeclarationFactory.create(official=other, url=URL),
    )
    assert Declaration.objects.get(official=other).state == State.DRAFT


def test_save_draft_while_a_newer_saving_is_being_written_is_told_so():
    country = make_country()
    draft = DeclarationFactory.create(official=country.lan, by=country.lan_login, url=URL)
    late = fresh(draft)

    def save(declaration: Declaration, name: str) -> Declaration:
        return services.save_draft(
            official=country.lan,
            link=recognise(URL),
            statement={"name_shown": name},
            declaration=declaration,
            as_typed=True,
            by=country.lan_login,
        )

    with pytest.raises(RegistryError) as refused:
        overlap(lambda: save(draft, "Mới"), lambda: save(late, "Cũ"))
    assert refused.value.code == "decided_already"
    draft.refresh_from_db()
    assert draft.facts.name_shown == "Mới"
